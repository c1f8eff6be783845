import { workChunk } from '../../src/delivery/chunk-work';
import { Pace } from '../../src/delivery/pace';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { layAside } from '../../src/dispatch/lay-aside';
import { complete, findFinished } from '../../src/dispatch/sweep';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { findDifferences } from '../../src/operations/check-invariants';
import { endWaits, findWaiting } from '../../src/session/login-wait-ends';
import { takeSessions } from '../../src/session/take-sessions';
import { CHANNEL, channelName, dispositionName, reasonName } from '../../src/shared/ledger-codes';
import type { Answer, OutgoingMessage } from '../../src/transports/transport';
import { type DeliveryWorld, openDeliveryWorld, type Started, startExecution } from '../delivery/delivery-world';
import { testSender } from '../delivery/test-sender';

const MINUTE = 60_000;

export const inApp: Partial<FrozenPlan> = {
  channels: ['in_app'],
  variants: [{ no: 1, id: 'var_a', name: 'A', isControl: false, allocation: 10_000, content: { in_app: 'h' } }],
};

type Judge = (message: OutgoingMessage) => Answer;

/** People, their logins, a sender and a dispatcher on a clock that tests move. */
export interface InAppWorld extends DeliveryWorld {
  start(people: number, plan?: Partial<FrozenPlan>, over?: object): Promise<Started>;
  /** They come, or go, so many minutes ago. */
  session(
    started: Started,
    people: readonly number[],
    over?: { kind?: 'started' | 'ended'; minutesAgo?: number },
  ): Promise<number>;
  /** What senders find due is worked on; who got something. */
  send(started: Started, judge?: Judge): Promise<string[]>;
  /** A round of the dispatcher's sweep. */
  sweep(): Promise<void>;
  waiting(started: Started): Promise<number>;
  /** How many messages are what, and why. */
  account(started: Started): Promise<Record<string, number>>;
  status(started: Started): Promise<{ execution: string; aside: boolean; campaign: string }>;
  sql<Row extends object>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
}

const accept: Judge = ({ key }) => ({ key, outcome: 'accepted' });

export async function openInAppWorld(): Promise<InAppWorld> {
  const world = await openDeliveryWorld(new Date());
  const { dispatcher } = world.database;
  const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
    dispatcher.query<Row>(statement, [...values]);
  const exact = async ({ execNo }: Started) => expect(await findDifferences(dispatcher, execNo)).toEqual([]);
  return {
    ...world,
    get now() {
      return world.now;
    },
    sql,
    start: async (people, plan = {}, settings = { limits: { enabled: false } }) => {
      await sql("insert into campaign.organization (id) values ('org-in-app') on conflict do nothing");
      await sql("update campaign.organization set settings = $1 where id = 'org-in-app'", [settings]);
      const started = await startExecution(world, people, {
        organization: 'org-in-app',
        chunkSize: 10,
        plan: { ...inApp, ...plan },
      });
      await exact(started);
      return started;
    },
    session: async ({ orgNo }, people, { kind = 'started', minutesAgo = 0 } = {}) => {
      const at = world.now.getTime() - minutesAgo * MINUTE;
      const events = people.map((n) => ({ organizationId: 'org-in-app', orgNo, externalId: `p-${n}`, kind, at }));
      return dispatcher.transaction((tx) => takeSessions(tx, events, { now: world.now, minutes: 30 }));
    },
    send: async (started, judge = accept) => {
      const { execNo } = started;
      const handed: string[] = [];
      const sender = testSender(world.sender, async (messages) => {
        handed.push(...messages.map(({ to, channel }) => (channel === 'in_app' ? to : `${channel} ${to}`)));
        return messages.map(judge);
      });
      const execution = await new RunningExecutions(world.sender).get(execNo);
      if (!execution) throw new Error('not running');
      const due = await sql<{ chunk_no: number; fence: number; channel: number }>(
        `select chunk_no, fence, channel from campaign.chunk where exec_no = $1 and state = 0 and due_at <= $2
         and (lease_until is null or lease_until < $2) order by chunk_no`,
        [execNo, world.now],
      );
      for (const { chunk_no: chunkNo, fence, channel } of due) {
        const ref = { execNo, chunkNo, fence, channel: channelName.get(channel) ?? 'email' };
        await workChunk({ ...sender, clock: () => world.now }, new Pace(500), execution, ref);
      }
      await exact(started);
      return handed.sort();
    },
    sweep: async () => {
      const waiting = await findWaiting(dispatcher, world.now);
      for (const one of waiting) if (one.ended) while (await endWaits(dispatcher, one, world.now));
      await layAside(
        dispatcher,
        waiting.flatMap(({ execNo, onlyWaits }) => (onlyWaits ? [execNo] : [])),
      );
      await complete(dispatcher, await findFinished(dispatcher), world.now);
    },
    waiting: async ({ execNo }) =>
      (await sql<{ n: number }>('select count(*)::int as n from campaign.login_wait where exec_no = $1', [execNo]))[0]
        ?.n ?? -1,
    account: async ({ execNo }) => {
      const rows = await sql<{ disposition: number; gate: number; n: number }>(
        `select disposition, gate, count(*)::int as n from campaign.message where exec_no = $1 and channel = $2
         group by 1, 2 order by 1, 2`,
        [execNo, CHANNEL.in_app],
      );
      const words = rows.map(({ disposition, gate, n }) => {
        const reason = reasonName.get(gate);
        return [`${dispositionName.get(disposition)}${reason ? ` ${reason}` : ''}`, n];
      });
      return Object.fromEntries(words);
    },
    status: async ({ execNo }) => {
      const [row] = await sql<{ execution: string; aside: boolean; campaign: string }>(
        `select e.status as execution, e.aside, c.status as campaign from campaign.execution e
         join campaign.campaign c using (campaign_no) where exec_no = $1`,
        [execNo],
      );
      if (!row) throw new Error('no such execution');
      return row;
    },
  };
}
