import { startOutboxRelay } from '../../src/events/outbox-relay';
import { printSubgraph } from '../../src/graphql/schema';
import { systemClock } from '../../src/shared/clock';
import { Stack } from '../../src/shared/lifecycle';
import { type BuiltExecution, buildExecution, externalId } from '../events/ledger-builder';
import { quietLog } from '../events/own-nats-server';
import { type Answer, type GraphWorld, idKeys, openGraphWorld, post, secret } from '../graphql/graph-world';
import { compose } from './composition';
import { type Notification, startNotificationSubgraph } from './notification-subgraph';
import { readSdl } from './subgraph-sdl';
import type { RunningSubgraph } from './subgraph-server';
import { type Person, startUserSubgraph } from './user-subgraph';

/** The three subgraphs, ours over real PostgreSQL and NATS, and what they compose to. */
export interface SupergraphWorld {
  readonly campaigns: GraphWorld;
  /** An execution of `org-ours` with 12 messages, the first of which has a notification. */
  readonly execution: BuiltExecution;
  readonly supergraph: string;
  readonly token: string;
  /** Of another organization. */
  readonly strangersToken: string;
  /** Writes down that something happened to messages; the relay tells it. */
  happen(kind: string, seqs: readonly number[]): Promise<void>;
  /** A person opens the message of this number: row, counter and nudge. */
  open(seq: number): Promise<void>;
  ask(url: string, query: string, variables?: object, token?: string): Promise<Answer>;
  readonly stack: Stack;
}

const organizationId = 'org-ours';
const people = 12;

/** Whoever opens it stops its stack. */
export async function openSupergraphWorld(): Promise<SupergraphWorld> {
  const stack = new Stack();
  const campaigns = await openGraphWorld();
  stack.add(() => campaigns.close());
  const execution = await buildExecution(campaigns.ledger, { name: 'joined', people, organizationId });
  await giveNotification(campaigns, execution);
  await suppressSecond(campaigns, execution);
  stack.add(await startRelay(campaigns));
  const users = await startUserSubgraph(persons, secret);
  stack.add(() => users.stop());
  const notifications = await startNotificationSubgraph([notification], secret);
  stack.add(() => notifications.stop());
  const [token, strangersToken] = await Promise.all([
    campaigns.token(organizationId, { role: 'editor', userId: externalId('joined', 0) }),
    campaigns.token('org-theirs'),
  ]);
  return {
    campaigns,
    execution,
    supergraph: composeAll(campaigns.url, [users, notifications]),
    token,
    strangersToken,
    happen: (kind, seqs) => happen(campaigns, execution, kind, seqs),
    open: (seq) => open(campaigns, execution, seq),
    ask: (url, query, variables, as = token) => post(url, as, JSON.stringify({ query, variables })),
    stack,
  };
}

const composeAll = (campaignUrl: string, others: readonly RunningSubgraph[]): string =>
  compose([
    { name: 'campaign', sdl: printSubgraph(), url: campaignUrl },
    ...others.map(({ name, url }) => ({ name, url, sdl: readSdl(name) })),
  ]);

const persons: readonly Person[] = Array.from({ length: people }, (_, n) => ({
  organizationId,
  id: externalId('joined', n),
  name: `Person ${n}`,
  email: `p${n}@example.com`,
}));

const notification: Notification = {
  organizationId,
  id: 'ntf_1',
  userId: externalId('joined', 0),
  medium: 'email',
  carrier: 'a mail service',
};

async function giveNotification({ ledger }: GraphWorld, { orgNo, execNo }: BuiltExecution): Promise<void> {
  await ledger.query('insert into campaign.message_notification values ($1, $2, $3, $4, 1, 1)', [
    orgNo,
    notification.id,
    execNo,
    1,
  ]);
}

async function suppressSecond({ ledger }: GraphWorld, { orgNo }: BuiltExecution): Promise<void> {
  await ledger.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason)
     select org_no, contact_no, 0, 'complained' from campaign.contact where org_no = $1 and external_id = $2`,
    [orgNo, externalId('joined', 1)],
  );
}

async function startRelay({ ledger, bus }: GraphWorld): Promise<() => Promise<void>> {
  await bus.ensureStreams();
  const relay = startOutboxRelay({ database: ledger, bus, log: quietLog, clock: systemClock, ids: idKeys });
  return () => relay.stop();
}

async function happen(
  { ledger }: GraphWorld,
  { orgNo, campaignNo, execNo }: BuiltExecution,
  kind: string,
  seqs: readonly number[],
): Promise<void> {
  await ledger.query(
    'insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at) values ($1, $2, $3, $4, $5, now())',
    [orgNo, campaignNo, execNo, `campaign.message.${kind}`, { seqs }],
  );
}

async function open({ ledger, bus }: GraphWorld, { execNo, campaignId }: BuiltExecution, seq: number): Promise<void> {
  await ledger.query('update campaign.message set opened_at = now() where exec_no = $1 and seq = $2', [execNo, seq]);
  await ledger.query(
    'update campaign.counter set opened = opened + 1 where exec_no = $1 and variant_no = 1 and goal = 0',
    [execNo],
  );
  bus.publishCore(`nudge.campaign.${campaignId}`);
}
