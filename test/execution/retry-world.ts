import type { ChunkRef } from '../../src/delivery/guard';
import { RunningExecutions } from '../../src/delivery/running-executions';
import type { Settlement } from '../../src/delivery/settle';
import { complete, findFinished } from '../../src/dispatch/sweep';
import { createOrm } from '../../src/orm';
import { createScope, type Scope } from '../../src/scope';
import { DISPOSITION, dispositionName, REASON } from '../../src/shared/ledger-codes';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from '../delivery/delivery-world';
import { endSlice } from '../delivery/end-slice';

/** What the provider says about a message. */
export type Said = 'sent' | 'failed';

/** An execution whose messages the test's provider answers, and a scope of its organization. */
export interface RetryWorld extends DeliveryWorld {
  start(people: number): Promise<{ readonly execNo: number; readonly id: string; readonly scope: Scope }>;
  close(): Promise<void>;
}

export async function openRetryWorld(): Promise<RetryWorld> {
  const world = await openDeliveryWorld();
  const orm = await createOrm({ url: world.database.url, applicationName: 'test' });
  const start = async (people: number) => {
    const { execNo, orgNo } = await startExecution(world, people);
    const [row] = await world.database.dispatcher.query<{ id: string; organization: string }>(
      `select e.id, o.id as organization from campaign.execution e join campaign.organization o using (org_no)
       where exec_no = $1`,
      [execNo],
    );
    const viewer = { organizationId: row?.organization ?? '', organizationNo: orgNo, userId: 'usr_ada' };
    const messageIds = { encode: () => 'msg_x', decode: () => undefined };
    const parts = { database: world.database.app, entityManager: orm.em, now: () => world.now, messageIds };
    return { execNo, id: row?.id ?? '', scope: createScope(parts, { ...viewer, role: 'editor' }) };
  };
  const close = async () => {
    await orm.close();
    await world.close();
  };
  return Object.defineProperty({ ...world, start, close }, 'now', { get: () => world.now });
}

/** Hands over everything that is due, as a sender does; answers the attempts by the message's number. */
export async function deliver(world: DeliveryWorld, execNo: number, said: (seq: number) => Said) {
  const attempts = new Map<number, number>();
  for (let chunks = await openChunks(world, execNo); chunks.length > 0; chunks = await openChunks(world, execNo)) {
    for (const ref of chunks) for (const [seq, attempt] of await handOver(world, ref, said)) attempts.set(seq, attempt);
  }
  return attempts;
}

async function handOver(world: DeliveryWorld, ref: ChunkRef, said: (seq: number) => Said) {
  const execution = await new RunningExecutions(world.sender).get(ref.execNo);
  const slice = await guard(world, ref, { budget: execution?.budget ?? false });
  if (!slice) throw new Error('the chunk was not taken');
  const settlements = slice.messages.map(({ seq, attempt }) => settlementOf({ seq, attempt }, said(seq)));
  await endSlice(world, ref, slice, settlements);
  return slice.messages.map(({ seq, attempt }): [number, number] => [seq, attempt]);
}

const settlementOf = (message: { seq: number; attempt: number }, said: Said): Settlement =>
  said === 'sent'
    ? { ...message, becomes: DISPOSITION.sent, reason: 0, rises: 0 }
    : { ...message, becomes: DISPOSITION.failed, reason: REASON.refused, rises: 0 };

/** Ends what has ended, as the dispatcher's sweep does. */
export const sweep = async ({ database, now }: DeliveryWorld) =>
  complete(database.dispatcher, await findFinished(database.dispatcher), now);

/** How many messages are what, and where the execution stands. */
export async function stateOf({ database }: DeliveryWorld, execNo: number) {
  const rows = await database.dispatcher.query<{ disposition: number; n: number }>(
    'select disposition, count(*)::int as n from campaign.message where exec_no = $1 group by 1',
    [execNo],
  );
  const [execution] = await database.dispatcher.query<{ status: string; round: number; completed: boolean }>(
    'select status, round, completed_at is not null as completed from campaign.execution where exec_no = $1',
    [execNo],
  );
  return { ...execution, ...Object.fromEntries(rows.map((row) => [dispositionName.get(row.disposition), row.n])) };
}
