import fc from 'fast-check';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { settle } from '../../src/delivery/settle';
import { variantChoiceOf } from '../../src/delivery/variant-choice';
import { expandStep } from '../../src/dispatch/expand';
import { cancelChunk, findCancelledChunks } from '../../src/dispatch/sweep';
import { retryFailed } from '../../src/execution/retry-failed';
import { DISPOSITION } from '../../src/shared/ledger-codes';
import { declareWinner } from '../../src/winner/declare-winner';
import { guard, openChunks } from '../delivery/delivery-world';
import { openRolloutWorld, type RolloutWorld, type Run } from './rollout-world';

const PEOPLE = 60;
let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(PEOPLE);
});
afterAll(() => world.close());

const weights = { expand: 2, work: 5, die: 1, pass: 3, decide: 2, declare: 1, pause: 1, resume: 2, retry: 1 } as const;
type Command = keyof typeof weights | 'cancel';

const command = fc.oneof(
  ...(Object.entries(weights) as [Command, number][]).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant<Command>(name),
  })),
);
/** One in four is cancelled at its end. */
const script = fc
  .tuple(fc.array(command, { minLength: 8, maxLength: 22 }), fc.nat(3))
  .map(([steps, dice]): Command[] => (dice === 0 ? [...steps, 'cancel'] : steps));

/** A slice from guard to settle, some of it refused for good; `die` ends after the guard. */
async function work({ execNo, plan }: Run, dies: boolean): Promise<void> {
  const [ref] = await openChunks(world, execNo);
  const slice = ref && (await guard(world, ref, { rows: 7, choice: variantChoiceOf(plan) }));
  if (!ref || !slice || dies) return;
  const settlements = slice.messages.map(({ seq, attempt }) => {
    const refused = seq % 5 === 0 && attempt === 1;
    const becomes = refused ? DISPOSITION.failed : DISPOSITION.sent;
    return { seq, attempt, becomes, reason: refused ? 13 : 0, rises: 0 as const };
  });
  await settle(world.sender, { ...ref, fence: slice.fence }, settlements, {
    ...{ now: world.now, leaseMs: 0, advance: slice.width, unanswered: [], putOff: slice.putOff },
    ...{ retryAfterMs: 0, askAgainAfterMs: 0, events: [] },
  });
}

const doing: Readonly<Record<Command, (run: Run) => Promise<unknown>>> = {
  expand: ({ execNo }) => expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 25, chunkSize: 10 }),
  work: async (run) => {
    for (let slice = 0; slice < 4; slice++) await work(run, false);
  },
  die: (run) => work(run, true),
  pass: async () => world.pass(20 * 60_000),
  decide: () => world.decide(),
  declare: ({ campaignId, plan }) =>
    declareWinner(world.scope, { id: campaignId, variantId: plan.variants[1]?.id ?? '' }),
  pause: ({ campaignId }) => pauseCampaign(world.scope, { id: campaignId }),
  resume: async ({ campaignId, execNo }) => {
    await resumeCampaign(world.scope, { id: campaignId });
    // A resume makes due by the database's clock, which is not the test's.
    await world.database.dispatcher.query(
      'update campaign.chunk set due_at = $2 where exec_no = $1 and state = 0 and due_at > $3',
      [execNo, world.now, new Date(world.now.getTime() + 86_400_000)],
    );
  },
  retry: ({ executionId }) => retryFailed(world.scope, executionId),
  cancel: async ({ campaignId }) => {
    await cancelCampaign(world.scope, { id: campaignId }, 'enough');
    world.pass(6_000);
    for (const chunk of await findCancelledChunks(world.database.dispatcher, world.now))
      await cancelChunk(world.database.dispatcher, chunk, world.now);
  },
};

/** What may be refused where the campaign is. */
const refusals: ReadonlySet<string> = new Set(['CAMPAIGN_STATUS_TRANSITION', 'CAMPAIGN_WINNER_DECLARED']);

async function attempt(command: Command, run: Run): Promise<void> {
  await doing[command](run).catch((error: { code?: string }) => {
    if (!refusals.has(error.code ?? '')) throw error;
  });
}

test.each(['TEST_THEN_ROLLOUT', 'BANDIT'] as const)(
  'whatever is done to a %s, in whatever order, its ledger is exact after each step, and no variant ever changes',
  async (mode) => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), script, async (expanded, steps) => {
        const experiment = { mode, metric: 'OPEN', testMinutes: 60, batches: 3, batchMinutes: 20 } as const;
        const run = await world.start(experiment, undefined, {}, { expanded });
        const known = new Map<number, number>();
        for (const step of steps) {
          await attempt(step, run);
          expect(await world.differences(run.execNo)).toEqual([]);
          for (const { seq, variant_no: no, phase, disposition } of await world.rows(run.execNo)) {
            if (no !== null) expect(known.get(seq) ?? no).toBe(no);
            if (no !== null) known.set(seq, no);
            const left = disposition === 'sent' || disposition === 'in_flight' || disposition === 'failed';
            if (phase === 1) expect([seq, no !== null]).toEqual([seq, left || no !== null]);
          }
        }
        await cancelCampaign(world.scope, { id: run.campaignId }, 'the end').catch(() => undefined);
      }),
      { numRuns: 12 },
    );
  },
  60_000,
);
