import fc from 'fast-check';
import { reconcile } from '../../src/execution/reconciliation';
import { explainGates } from '../../src/message/gates';
import type { DispositionWord, MessageType } from '../../src/message/message.types';
import { statusOf } from '../../src/message/message-status';
import { type FigureName, figureNames, type LedgerCell } from '../../src/metrics/ledger-cell';
import { metricsOf } from '../../src/metrics/metrics';
import { addMoney } from '../../src/metrics/money';

const zeros = Object.fromEntries(figureNames.map((name) => [name, 0])) as Record<FigureName, number>;
const cell = (over: Partial<LedgerCell>): LedgerCell => ({
  ...zeros,
  ...{ variantNo: 1, channel: 1, goal: null, outcomes: 0, outcomeEvents: 0, outcomeValue: '0.0000' },
  ...over,
});

describe('money', () => {
  it('is added without losing a ten-thousandth, in any order', () => {
    const units = fc.array(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }));
    const written = (value: bigint) => {
      const digits = (value < 0n ? -value : value).toString().padStart(5, '0');
      return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
    };
    fc.assert(
      fc.property(units, (values) => {
        const sum = values.reduce((total, value) => total + value, 0n);
        expect(Number(addMoney(values.map(written)))).toBeCloseTo(Number(written(sum)), 4);
        expect(addMoney(values.map(written).reverse())).toBe(addMoney(values.map(written)));
        expect(addMoney([...values, -sum].map(written))).toBe('0.00');
      }),
    );
  });

  it('keeps two decimals where there are no more', () => {
    expect(addMoney(['30311.6900'])).toBe('30311.69');
    expect(addMoney(['0.1000', '0.2000'])).toBe('0.30');
    expect(addMoney(['0.0001'])).toBe('0.0001');
    expect(addMoney([])).toBe('0.00');
  });
});

describe('figures', () => {
  it('have no rate where nobody is the base', () => {
    const { rates, outcomes } = metricsOf([], ['site.visit']);
    expect(Object.values(rates).every((rate) => rate === null)).toBe(true);
    expect(outcomes).toEqual([{ goal: 'site.visit', people: 0, events: 0, value: '0.00', rate: null }]);
  });

  it('add the cells of a slice, negative corrections among them', () => {
    const { sent, bounced } = metricsOf([cell({ sent: 5, bouncedSoft: 2 }), cell({ sent: -1, bouncedHard: 1 })], []);
    expect([sent, bounced]).toEqual([4, 3]);
  });
});

describe('an account', () => {
  it('balances only when everything has ended', () => {
    expect(reconcile({ ...zeros, audience: 3, sent: 2, heldOut: 1 }, []).balanced).toBe(true);
    expect(reconcile({ ...zeros, audience: 3, sent: 2, queued: 1 }, []).balanced).toBe(false);
    expect(reconcile({ ...zeros, audience: 3, sent: 2 }, []).balanced).toBe(false);
  });

  it('names as skipped only what a gate skipped', () => {
    const reasons = ['no_consent', 'control', 'refused', 'cancelled'].map((reason) => ({ reason, count: 1 }));
    expect(reconcile(zeros, reasons).skippedByReason).toEqual([{ reason: 'no_consent', count: 1 }]);
  });
});

describe('a message', () => {
  const at = new Date('2026-11-20T10:00:00Z');
  const times = { deliveredAt: null, openedAt: null, clickedAt: null, bouncedAt: null, unsubscribedAt: null };
  const status = (disposition: DispositionWord, over: object) =>
    statusOf(disposition, { ...times, complainedAt: null, ...over });

  it('keeps the highest step, whatever came first', () => {
    expect(status('SENT', {})).toBe('SENT');
    expect(status('SENT', { clickedAt: at })).toBe('CLICKED');
    expect(status('IN_FLIGHT', { deliveredAt: at })).toBe('DELIVERED');
    expect(status('SENT', { deliveredAt: at, bouncedAt: at })).toBe('BOUNCED');
    expect(status('FAILED', { deliveredAt: at })).toBe('FAILED');
  });

  const results = (over: Partial<MessageType>) =>
    explainGates({ ...over } as MessageType, {}).map(({ gate, result }) => `${gate} ${result}`);

  it('is explained up to the gate that stopped it', () => {
    const stopped = results({ disposition: 'SKIPPED', reason: 'no_consent' });
    expect(stopped.slice(3, 6)).toEqual(['suppression PASSED', 'consent STOPPED', 'eligibility NOT_REACHED']);
    expect(results({ disposition: 'QUEUED' }).slice(6, 8)).toEqual(['variant PASSED', 'frequency NOT_REACHED']);
    const waits = results({ disposition: 'QUEUED', variantId: null });
    expect(waits.slice(5, 7)).toEqual(['eligibility PASSED', 'variant NOT_REACHED']);
    expect(results({ disposition: 'SENT' }).every((gate) => gate.endsWith('PASSED'))).toBe(true);
  });
});
