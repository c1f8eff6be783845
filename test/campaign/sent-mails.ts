import { pino } from 'pino';
import { startCampaign } from '../../src/campaign/start-campaign';
import { readConfig } from '../../src/config';
import { importContacts } from '../../src/contact/contact-import';
import type { ContactInput } from '../../src/contact/contact-input';
import type { Rendered } from '../../src/content/renderer';
import { guardSlice } from '../../src/delivery/guard';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { openSliceRenderer } from '../../src/delivery/slice-rendering';
import { expandStep } from '../../src/dispatch/expand';
import type { Scope } from '../../src/scope';
import type { World } from './campaign-world';

/** What somebody would be handed over, or why there is nothing. */
export interface Made {
  readonly user: string;
  readonly seq: number;
  readonly execNo: number;
  readonly rendered: Rendered;
}

const config = readConfig({ DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', RENDER_THREADS: '1' });

/** Brings people into the directory of an organization. */
export async function bring(world: World, scope: Scope, contacts: readonly ContactInput[]): Promise<void> {
  const { database, now } = world.parts;
  await importContacts({ database, orgNo: scope.viewer.organizationNo, now }, contacts);
}

/**
 * Starts a campaign, has everybody judged and guarded, and renders as a sender does; nothing is handed over. `between`
 * happens when everybody is judged.
 */
export async function startAndRender(
  world: World,
  scope: Scope,
  id: string,
  between: () => Promise<unknown> = async () => undefined,
): Promise<readonly Made[]> {
  const { executionId } = await startCampaign(scope, { id });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 1_000, chunkSize: 500 })).closed);
  await between();
  return renderChunks(world, execNo);
}

async function renderChunks(world: World, execNo: number): Promise<readonly Made[]> {
  const execution = await new RunningExecutions(world.ledger).get(execNo);
  if (!execution) throw new Error('no execution');
  const chunks = await world.ledger.query<{ chunk_no: number; fence: number; due_at: Date }>(
    'select chunk_no, fence, due_at from campaign.chunk where exec_no = $1 order by 1',
    [execNo],
  );
  const renderer = openSliceRenderer(world.ledger, config, pino({ level: 'silent' }));
  const made: Made[] = [];
  for (const { chunk_no: chunkNo, fence, due_at: now } of chunks) {
    const slice = await guardSlice(world.ledger, { execNo, chunkNo, fence }, { ...guarding, now });
    const messages = slice?.messages ?? [];
    const rendered = await renderer.render(execution, messages);
    messages.forEach(({ external_id: user, seq }, index) => {
      const one = rendered[index];
      if (one) made.push({ user, seq, execNo, rendered: one });
    });
  }
  await renderer.close();
  return made;
}

const guarding = {
  take: true,
  leaseMs: 60_000,
  rows: 500,
  takesKeys: true,
  keyWindowMs: 86_400_000,
  throttles: [],
  expiresAfterHours: 72,
} as const;
