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
  queue: row('scheduled', 'stays', '-', '-', '-', '-', '-'),
  pass: row('-', 'stays', '-', 'stays', 'stays', '-', '-'),
  due: row('-', 'running', '-', '-', '-', '-', '-'),
  recur: row('-', '-', '-', 'scheduled', '-', '-', '-'),
  miss: row('-', 'draft', '-', '-', '-', '-', '-'),
  fail: row('-', '-', '-', 'draft', '-', '-', '-'),
  outlast: row('-', 'running', '-', '-', '-', '-', '-'),
  pause: row('-', 'paused', 'paused', 'paused', '-', '-', '-'),
  resume: row('-', '-', '-', '-', 'came from', '-', '-'),
  cancel: row('cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', '-', '-'),
  complete: row('-', 'completed', 'completed', 'completed', '-', '-', '-'),
  clone: row('stays', 'stays', 'stays', 'stays', 'stays', 'stays', 'stays'),
  archive: row('stays', '-', '-', '-', '-', 'stays', 'stays'),
};

function row(...targets: string[]): Record<CampaignStatus, string> {
  return Object.fromEntries(campaignStatuses.map((status, index) => [status, targets[index]])) as never;
}

const pairs = campaignStatuses.flatMap((from) => campaignActions.map((action) => [from, action] as const));
const outcome = (from: CampaignStatus, action: CampaignAction): string => {
  try {
    return stepFor({ status: from }, action).to;
  } catch (error) {
    if (error instanceof DomainError && error.code === STATUS_TRANSITION) return '-';
    throw error;
  }
};

test.each(pairs)('a %s campaign answers %s as the specification says', (from, action) => {
  expect(outcome(from, action)).toBe(table[action][from]);
});

test('a refusal names the status, the action and what is allowed', () => {
  expect(() => stepFor({ status: 'completed' }, 'pause')).toThrow(
    /completed campaign does not allow pause; it allows clone, archive/,
  );
});

test('every status allows exactly what its column says', () => {
  for (const from of campaignStatuses) {
    expect(allowedActions({ status: from })).toEqual(campaignActions.filter((action) => table[action][from] !== '-'));
  }
});

test('a start is held to the guards of schedule, without the time, with a calendar where one is needed and a free place', () => {
  const launch = stepFor({ status: 'draft' }, 'schedule').guards.filter((guard) => guard !== 'time');
  expect(stepFor({ status: 'draft' }, 'start').guards).toEqual([...launch, 'recurrence', 'places']);
});

test.each([
  ['ONE_TIME', ['edit', 'schedule', 'start', 'queue', 'cancel', 'clone', 'archive']],
  ['RECURRING', ['edit', 'schedule', 'start', 'queue', 'cancel', 'clone', 'archive']],
  ['TRIGGERED', ['edit', 'activate', 'cancel', 'clone', 'archive']],
  ['TRANSACTIONAL', ['edit', 'activate', 'cancel', 'clone', 'archive']],
] as const)('a %s draft allows what its kind does, and a refusal names the kind', (type, allowed) => {
  expect(allowedActions({ status: 'draft', type })).toEqual(allowed);
  const never = type.startsWith('TR') ? 'start' : 'activate';
  expect(() => stepFor({ status: 'draft', type }, never)).toThrow(`a draft ${type} campaign does not allow ${never}`);
});
