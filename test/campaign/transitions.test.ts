import {
  allowedActions,
  type CampaignAction,
  type CampaignStatus,
  campaignActions,
  campaignStatuses,
  STATUS_TRANSITION,
  stepFor,
} from '../../src/campaign/transitions';
import { DomainError } from '../../src/shared/errors';

// Written by hand from SPEC §3, apart from the module: `-` is refused.
const table: Record<CampaignAction, Record<CampaignStatus, string>> = {
  edit: row('stays', '-', '-', '-', 'stays', '-', '-'),
  schedule: row('scheduled', '-', '-', '-', '-', '-', '-'),
  unschedule: row('-', 'draft', '-', '-', '-', '-', '-'),
  activate: row('active', '-', '-', '-', '-', '-', '-'),
  start: row('running', 'running', '-', '-', '-', '-', '-'),
  due: row('-', 'running', '-', '-', '-', '-', '-'),
  recur: row('-', '-', '-', 'scheduled', '-', '-', '-'),
  miss: row('-', 'draft', '-', '-', '-', '-', '-'),
  fail: row('-', '-', '-', 'draft', '-', '-', '-'),
  pause: row('-', 'paused', 'paused', 'paused', '-', '-', '-'),
  resume: row('-', '-', '-', '-', 'came from', '-', '-'),
  cancel: row('cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', '-', '-'),
  complete: row('-', '-', 'completed', 'completed', '-', '-', '-'),
  clone: row('stays', 'stays', 'stays', 'stays', 'stays', 'stays', 'stays'),
  archive: row('stays', '-', '-', '-', '-', 'stays', 'stays'),
};

function row(...targets: string[]): Record<CampaignStatus, string> {
  return Object.fromEntries(campaignStatuses.map((status, index) => [status, targets[index]])) as never;
}

const pairs = campaignStatuses.flatMap((from) => campaignActions.map((action) => [from, action] as const));
const outcome = (from: CampaignStatus, action: CampaignAction): string => {
  try {
    return stepFor(from, action).to;
  } catch (error) {
    if (error instanceof DomainError && error.code === STATUS_TRANSITION) return '-';
    throw error;
  }
};

test.each(pairs)('a %s campaign answers %s as the specification says', (from, action) => {
  expect(outcome(from, action)).toBe(table[action][from]);
});

test('a refusal names the status, the action and what is allowed', () => {
  expect(() => stepFor('completed', 'pause')).toThrow(
    /completed campaign does not allow pause; it allows clone, archive/,
  );
});

test('every status allows exactly what its column says', () => {
  for (const from of campaignStatuses) {
    expect(allowedActions(from)).toEqual(campaignActions.filter((action) => table[action][from] !== '-'));
  }
});

test('a start is held to the guards of schedule, without the time and with a free place', () => {
  const launch = stepFor('draft', 'schedule').guards.filter((guard) => guard !== 'time');
  expect(stepFor('draft', 'start').guards).toEqual([...launch, 'places']);
});
