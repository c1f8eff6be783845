import type { DrillCampaign } from '../../drill/campaigns';
import { judgeStop, type StopFigures } from '../../drill/judge-stop';
import { Judgement } from '../../drill/judgement';
import { countEnded } from '../../drill/ledger-view';
import type { WorldRow } from '../../simulator/world-log';
import { build } from '../demo/built-demo';
import { until } from '../support/until';
import { type DrillStage, type DrillStageOptions, openDrillStage } from './drill-stage';

const PEOPLE = 3_000;
const [SENDERS, CHUNKS_EACH, CHUNK] = [2, 2, 100];
const inHandAtMost = SENDERS * CHUNKS_EACH * CHUNK;
const patience = 120_000;
const settings = { CHUNK_SIZE: String(CHUNK), SENDER_CHUNKS: String(CHUNKS_EACH), PROVIDER_TIMEOUT_MS: '5000' };

beforeAll(() => build(), patience);

const providers: readonly (readonly [string, Pick<DrillStageOptions, 'latencyMs' | 'hang'>])[] = [
  ['answers', { latencyMs: 150 }],
  ['hangs at every second request, longer than anyone may wait', { latencyMs: 150, hang: 0.5 }],
];

describe.each(providers)('with a provider that %s', (_name, temper) => {
  let stage: DrillStage;
  beforeAll(async () => {
    stage = await openDrillStage({ recipients: PEOPLE, ...temper, settings });
    const names = ['dispatcher', ...Array.from({ length: SENDERS }, (_, index) => `sender-${index}`)];
    const roleOf = (name: string) => (name === 'dispatcher' ? name : 'sender');
    await Promise.all(names.map((name) => stage.worker(roleOf(name), name, stage.provider).start()));
  }, patience);
  afterAll(() => stage.close(), patience);

  test.each(['pause', 'cancel'] as const)(
    'after a %s has returned only what was in hand leaves, and nothing two seconds later',
    async (verb) => {
      const campaign = await stage.campaigns.start();
      await until(
        'the middle of the run',
        async () => (await countEnded(stage.database, campaign.execNo)) > 200,
        60_000,
      );
      await stage.campaigns[verb](campaign.campaignId);
      const returnedAt = Date.now();
      await until('the time in which something might leave that must not', () => Date.now() > returnedAt + 5_000);

      const judgement = new Judgement();
      const figures = await judgeStop(await stage.requests(campaign), { returnedAt, inHandAtMost }, judgement);
      tell(verb, figures);
      expect(judgement.differences).toEqual([]);
      expect(await guardedSince(campaign, returnedAt)).toBe(0);
      expect(figures.leftBefore).toBeGreaterThan(0);
      expect(figures.leftBefore + figures.leftAfterwards).toBeLessThan(PEOPLE);
    },
    patience,
  );

  /** Nobody was taken in hand after the stop: a guard reads the time before it reads the execution's status. */
  async function guardedSince({ execNo }: DrillCampaign, since: number): Promise<number> {
    const [row] = await stage.database.query<{ n: number }>(
      'select count(*) as n from campaign.message where exec_no = $1 and guarded_at > $2',
      [execNo, new Date(since)],
    );
    return row?.n ?? -1;
  }
});

function tell(verb: string, { leftAfterwards, lastAfterMs }: StopFigures): void {
  process.stdout.write(`${verb}: ${leftAfterwards} left afterwards, the last one after ${lastAfterMs} ms\n`);
}

test('the judge notices what leaves too late, and what leaves although nobody had it in hand', async () => {
  async function* log(): AsyncGenerator<WorldRow> {
    const row = {
      bodyHash: 'b',
      attempt: 1,
      verdict: 'accepted',
      hung: false,
      requestNo: 1,
      organizationId: 'o',
    } as const;
    for (const [key, at] of [
      ['before:1', 900],
      ['soon:1', 1_100],
      ['late:1', 3_001],
    ] as const)
      yield { ...row, key, at };
  }
  const judgement = new Judgement();
  const figures = await judgeStop(log(), { returnedAt: 1_000, inHandAtMost: 1 }, judgement);
  expect(figures).toEqual({ leftBefore: 1, leftAfterwards: 2, lastAfterMs: 2_001 });
  expect(judgement.differences).toEqual([
    'left too late (1): late:1 after 2001 ms',
    'left after the stop (1): 2, at most 1',
  ]);
});
