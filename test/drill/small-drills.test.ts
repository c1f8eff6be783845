import { judgeShown } from '../../drill/judge-api';
import { Judgement } from '../../drill/judgement';
import { build } from '../demo/built-demo';
import { runDrill } from './drill-program';

/** The drills of a release in a size for every day; the judges are the same. */
const patience = 180_000;

beforeAll(() => build(), patience);

test(
  '2,000 people are written to exactly once while PostgreSQL is killed twice',
  async () => {
    // By this seed both fall into the first two thirds: a strike at the very end would meet nothing in flight.
    const strikes = ['--postgres', '2', '--seed', '25'];
    const { code, said } = await runDrill('kill', '--recipients', '2000', ...strikes, '--minutes', '2');
    expect(said).toMatchObject({ ok: true, differences: [], strikes: { postgres: 2, foundInFlight: 2 } });
    expect(said).toMatchObject({ sent: 2_000, accepted: 2_000, delivered: 2_000, acceptedTwice: 0, lost: 0 });
    expect(code).toBe(0);
  },
  patience,
);

test(
  '2,000 people are written to exactly once, and every event is heard, though NATS and Redis lose everything',
  async () => {
    const { code, said } = await runDrill('kill', '--recipients', '2000', '--wipe', '1', '--minutes', '2');
    expect(said).toMatchObject({ ok: true, differences: [], strikes: { wipe: 1 } });
    expect(said).toMatchObject({ sent: 2_000, accepted: 2_000, delivered: 2_000, acceptedTwice: 0, lost: 0 });
    expect(code).toBe(0);
  },
  patience,
);

test(
  'a mail server without keys gets no mail twice; what it left unanswered is unknown, and the API says how many and which',
  async () => {
    // Of five strikes one may find nothing under way: of fewer, none may.
    const smtp = ['--transport', 'smtp', '--kills', '5', '--recipients', '1000', '--minutes', '2'];
    const { code, said } = await runDrill('kill', ...smtp);
    expect(said).toMatchObject({ ok: true, differences: [], strikes: { kill: 5 }, deliveredTwice: 0, stillOpen: 0 });
    const { sent, unknown, answersLost, shown } = said as Record<string, number> & { shown: unknown };
    expect(answersLost).toBeGreaterThan(0);
    expect(unknown).toBeGreaterThanOrEqual(answersLost ?? 0);
    expect(shown).toEqual({ unknown, listed: unknown });
    expect((sent ?? 0) + (unknown ?? 0)).toBe(1_000);
    expect(code).toBe(0);
  },
  patience,
);

test('the judge notices a message that is unknown and not shown, and one that is shown without a reason', () => {
  const ledger = ['a', 'b'].map((messageId) => ({ messageId, disposition: 'unknown', delivered: false }));
  const judgement = new Judgement();
  const shown = { sent: 0, unknown: 2, balanced: true, listed: [{ id: 'a', reason: null }] };
  judgeShown(shown, ledger, judgement);
  expect(judgement.differences).toEqual([
    'messages that the API lists as unknown (1): 1 instead of 2',
    'unknown without a reason in the API (1): a',
  ]);
});
