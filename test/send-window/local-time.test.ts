import fc from 'fast-check';
import { estimateAudience } from '../../src/campaign/audience-estimation';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { openWorkOf, waitingFor } from '../../src/execution/waiting';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { findDifferences } from '../../src/operations/check-invariants';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import type { LocalTime } from '../../src/send-window/local-time';
import { weekDays } from '../../src/send-window/send-window';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { wallOf } from './week-oracle';

const MINUTE_MS = 60_000;
/** It is Saturday, 10:00 UTC: 11:00, 19:00, 05:00, 15:45, and 10:00 for who is nowhere. */
const zones = ['Europe/Berlin', 'Asia/Tokyo', 'America/New_York', 'Asia/Kathmandu', null];

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function populated(): Promise<Scope> {
  const scope = await readyScope(world, `local-${++organizations}`);
  await updateOrganizationSettings(scope, { limits: { enabled: false } });
  const contacts = Array.from({ length: 100 }, (_, index) => ({
    externalId: `c-${index}`,
    email: `c-${index}@example.com`,
    emailOptedIn: index % 10 !== 0,
    country: 'DE',
    timeZone: zones[index % zones.length] ?? null,
  }));
  const { database, now } = world.parts;
  await importContacts({ database, orgNo: scope.viewer.organizationNo, now }, contacts);
  return scope;
}

/** Starts one, judges everybody half an hour later, and tells when how many are due. */
async function outcome(scope: Scope, id: string) {
  const { executionId } = await startCampaign(scope, { id });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 30, chunkSize: 7 })).closed);
  const due = await world.ledger.query<{ due_at: Date; people: number }>(
    'select due_at, sum(size)::int as people from campaign.chunk where exec_no = $1 group by 1 order by 1',
    [execNo],
  );
  const reasons = await world.ledger.query<{ reason: number; n: number }>(
    'select gate as reason, count(*)::int as n from campaign.message where exec_no = $1 and gate > 0 group by 1 order by 1',
    [execNo],
  );
  expect(await findDifferences(world.ledger, execNo)).toEqual([]);
  return { execNo, due: due.map(({ due_at, people }) => [due_at.toISOString(), people]), reasons };
}

async function planned(scope: Scope, id: string) {
  const { figures } = await planLaunch(scope, id);
  const waves = Map.groupBy(figures.waves, ({ dueAt }) => dueAt.toISOString());
  return {
    figures,
    due: [...waves].map(([at, all]) => [at, all.reduce((sum, { people }) => sum + people, 0)]),
  };
}

const withTime = (scope: Scope, localTime: LocalTime, more = {}) =>
  createReady(scope, { fields: { name: `At ${crypto.randomUUID()}`, localTime, ...more } });

test.each([
  [
    'NEXT_DAY' as const,
    [
      '2026-11-21T14:30:00.000Z',
      '2026-11-22T00:30:00.000Z',
      '2026-11-22T03:45:00.000Z',
      '2026-11-22T08:30:00.000Z',
      '2026-11-22T09:30:00.000Z',
    ],
  ],
  ['SEND_NOW' as const, ['2026-11-21T10:00:00.000Z', '2026-11-21T14:30:00.000Z']],
  ['SKIP' as const, ['2026-11-21T14:30:00.000Z']],
])('at half past nine of everybody, who is past it: %s; estimate, plan and execution agree', async (ifPast, times) => {
  const scope = await populated();
  const id = await withTime(scope, { at: '09:30', ifPast });
  const { due, figures } = await planned(scope, id);
  const estimate = await estimateAudience(scope, { campaignId: id });
  const found = await outcome(scope, id);
  expect(found.due).toEqual(due);
  expect(due.map(([at]) => at)).toEqual(times);
  expect(figures.exclusions).toEqual(estimate.skipped);
  expect(found.reasons.map(({ n }) => n)).toEqual(estimate.skipped.map(({ count }) => count));
  expect(estimate.skipped.map(({ reason }) => reason)).toEqual(
    ifPast === 'SKIP' ? ['no_consent', 'past_local_time'] : ['no_consent'],
  );
});

test('send windows and quiet hours hold from the local time on', async () => {
  const scope = await populated();
  const sendWindows = [{ days: weekDays, from: '11:00', until: '12:00' }];
  const id = await withTime(scope, { at: '09:30', ifPast: 'SEND_NOW' }, { sendWindows, excludeWeekends: true });
  const { due } = await planned(scope, id);
  expect((await outcome(scope, id)).due).toEqual(due);
  // Monday at eleven in each zone.
  expect(due.map(([at]) => at)).toEqual([
    '2026-11-23T02:00:00.000Z',
    '2026-11-23T05:15:00.000Z',
    '2026-11-23T10:00:00.000Z',
    '2026-11-23T11:00:00.000Z',
    '2026-11-23T16:00:00.000Z',
  ]);
});

test('an execution of which everybody waits for their time of day says so, and its time is locked', async () => {
  const scope = await populated();
  const id = await withTime(scope, { at: '09:30', ifPast: 'SKIP' });
  const { execNo } = await outcome(scope, id);
  const work = (await scope.read((tx) => openWorkOf.read(tx, [execNo], scope))).get(String(execNo));
  expect(work && waitingFor(work, world.now)).toMatchObject({
    reason: 'LOCAL_TIME',
    until: new Date('2026-11-21T14:30:00Z'),
  });
  const edit = { id, version: 2, fields: { localTime: null } };
  await expect(editCampaign(scope, edit)).rejects.toMatchObject({ code: 'CAMPAIGN_STATUS_TRANSITION' });
});

test('what is no time of day is refused', async () => {
  const scope = await populated();
  const wrong = withTime(scope, { at: '24:00', ifPast: 'SKIP' });
  await expect(wrong).rejects.toMatchObject({ code: 'CAMPAIGN_INVALID', path: 'localTime.at' });
});

/** By looking at the clock of every minute from the beginning of the day on. */
function firstAt(at: Date, zone: string, minute: number): Date | null {
  const today = wallOf(at.getTime(), zone).toISOString().slice(0, 10);
  const target = Date.parse(`${today}T00:00:00Z`) + minute * MINUTE_MS;
  const begin = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let moment = begin - 27 * 60 * MINUTE_MS; ; moment += MINUTE_MS)
    if (wallOf(moment, zone).getTime() >= target)
      return moment < begin ? null : new Date(Math.max(moment, at.getTime()));
}

test('the local time is found whenever clocks change', async () => {
  const changes = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-10-03T15:30:00Z', '2026-04-04T15:00:00Z'];
  const one = fc.record({
    at: fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -1_500 * 60, max: 1_500 * 60 }))
      .map(([change, seconds]) => new Date(Date.parse(change) + seconds * 1_000)),
    zone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'UTC'),
    minute: fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 90, max: 185 })),
  });
  const property = fc.asyncProperty(fc.array(one, { minLength: 100, maxLength: 100 }), async (all) => {
    const rows = await world.ledger.query<{ due: Date | null }>(
      `select campaign.local_due(at, zone, 'UTC', make_time(m / 60, m % 60, 0), 'SKIP') as due
       from unnest($1::timestamptz[], $2::text[], $3::int[]) with ordinality c(at, zone, m, n) order by n`,
      [all.map(({ at }) => at), all.map(({ zone }) => zone), all.map(({ minute }) => minute)],
    );
    expect(rows.map(({ due }) => due)).toEqual(all.map(({ at, zone, minute }) => firstAt(at, zone, minute)));
  });
  await fc.assert(property, { numRuns: 10 });
}, 60_000);
