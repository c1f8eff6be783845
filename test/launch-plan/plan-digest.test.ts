import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { changedSince, digestPlan, hashOf } from '../../src/launch-plan/plan-digest';

const before: FrozenPlan = {
  campaignId: 'cmp_1',
  organizationId: 'org_1',
  name: 'Spring',
  salt: 'cmp_1',
  include: [{ field: 'country', operator: 'equals', value: 'DE' }],
  exclude: [],
  controlGroupPercentage: 0,
  holdoutPercentage: 10,
  variants: [{ no: 1, id: 'var_1', name: 'A', isControl: true, allocation: 10_000, content: { email: 'hash' } }],
  assignment: { kind: 'HASH' },
  channels: ['email'],
  goals: [{ no: 1, eventType: 'order.completed', windowDays: 7 }],
  throttle: { perMinute: 100 },
  expiresAfterHours: 72,
  quietHours: { from: '21:00', until: '08:00', timeZone: 'Europe/Berlin', skips: false },
  trackClicks: true,
  trackOpens: true,
};

/** The same plan as it is frozen since campaigns have a channel strategy and say whether they sell. */
const since: FrozenPlan = { ...before, channelStrategy: 'FIRST_ELIGIBLE', commercial: true };

// Computed by the code that froze no more than that.
const THEN = 'tvq9HgEILClllBC8mkXR0OTesTTvkGFpLSUh7crmK9g';

test('what was approved before plans said more is still what was approved', () => {
  expect(hashOf(digestPlan(since))).toBe(THEN);
  expect(changedSince(digestPlan(before), digestPlan(since))).toEqual([]);
  expect(changedSince(digestPlan(before), digestPlan({ ...since, commercial: false }))).toEqual([]);
});

test('what is not usual is part of what is approved', () => {
  const changes = (over: Partial<FrozenPlan>) => changedSince(digestPlan(before), digestPlan({ ...since, ...over }));
  expect(changes({ channelStrategy: 'ALL' })).toEqual(['channelStrategy']);
  expect(changes({ audienceCap: { people: 10 } })).toEqual(['audienceCap']);
  expect(changes({ personalizationRuleId: 'rule' })).toEqual(['personalizationRuleId']);
});
