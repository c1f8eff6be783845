import { printSubgraph } from '../../src/graphql/schema';
import { Stack } from '../../src/shared/lifecycle';
import { type BuiltExecution, buildExecution, externalId } from '../events/ledger-builder';
import { type Answer, type GraphWorld, openGraphWorld, post, secret } from '../graphql/graph-world';
import { compose } from './composition';
import { type Notification, startNotificationSubgraph } from './notification-subgraph';
import { type RunningSubgraph, readSdl } from './subgraph-server';
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
