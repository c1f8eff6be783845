import { decideApproval, submitForApproval } from '../../src/campaign/approve-campaign';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { scheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import { createSegment, updateSegment } from '../../src/segment/segment-service';
import { weekDays } from '../../src/send-window/send-window';
import { createReady, email, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { mayWrite, wallOf } from '../send-window/week-oracle';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const zones = ['Europe/Berlin', 'Asia/Tokyo', 'America/New_York', 'Asia/Kathmandu', null];
const variants = [
  { name: 'A', allocation: 33.34, channels: [email('{{ first_name }} {{ attributes.shoe.size }}')] },
  { name: 'B', allocation: 33.33, channels: [email('{{ nobody.has }}')] },
  { name: 'None', allocation: 33.33, isControl: true },
];
const audiences = [
  { kind: 'INCLUDE' as const, rules: { field: 'country', operator: 'equals', value: 'DE' } },
  { kind: 'EXCLUDE' as const, rules: { field: 'attributes.city', operator: 'equals', value: 'Bonn' } },
];

/** An organization with six hundred people of every kind. */
async function populated(): Promise<Scope> {
  const scope = await readyScope(world, `plan-${++organizations}`);
  const contacts = Array.from({ length: 600 }, (_, index) => ({
    externalId: `c-${index}`,
    email: index % 7 === 0 ? null : `c-${index}@example.com`,
    emailOptedIn: index % 5 !== 0,
    country: index % 3 === 0 ? 'FR' : 'DE',
    timeZone: zones[index % zones.length] ?? null,
    firstName: index % 2 === 0 ? 'Ada' : null,
    attributes: { city: index % 11 === 0 ? 'Bonn' : 'Berlin', ...(index % 4 === 0 && { shoe: { size: 40 } }) },
  }));
  const { database, now } = world.parts;
  await importContacts({ database, orgNo: scope.viewer.organizationNo, now }, contacts);
  return scope;
}

async function launched(scope: Scope, id: string) {
  const { executionId } = await startCampaign(scope, { id });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 70, chunkSize: 20 })).closed);
  return execNo;
}

const query = <Row extends object>(sql: string, execNo: number) => world.ledger.query<Row>(sql, [execNo]);

test('a launch plan says to the person what the execution then does', async () => {
  const scope = await populated();
  await updateOrganizationSettings(scope, { controlGroupPercentage: 8 });
  const fields = { name: 'Foretold', holdoutHundredths: 1_250 };
  const id = await createReady(scope, { fields, variants, audiences });
  const { figures, excludedByAudience, refusals } = await planLaunch(scope, id);
  expect(refusals).toEqual([]);

  const execNo = await launched(scope, id);
  const reasons = await query(
    `select r.name as reason, count(*)::int as count from campaign.message m
     join (values (1, 'organization_control'), (2, 'held_out'), (4, 'no_consent'), (5, 'not_eligible'), (6, 'control')) r (no, name)
       on r.no = m.gate where exec_no = $1 and gate > 0 group by r.no, 1 order by r.no`,
    execNo,
  );
  expect(figures.exclusions).toEqual(reasons);
  const [sums] = await query<{ people: number; sent: number }>(
    'select count(*)::int as people, count(*) filter (where disposition = 0)::int as sent from campaign.message where exec_no = $1',
    execNo,
  );
  expect(figures).toMatchObject({ ...sums });
  const byVariant = await query<{ id: string; people: number }>(
    `select v.id, count(*)::int as people from campaign.message m join campaign.execution e using (exec_no)
     join campaign.variant v on v.campaign_no = e.campaign_no and v.variant_no = m.variant_no
     where exec_no = $1 group by 1, v.variant_no order by v.variant_no`,
    execNo,
  );
  expect(figures.variants.map(({ id, people }) => ({ id, people }))).toEqual(byVariant);
  const due = await query<{ due_at: Date; people: number }>(
    'select due_at, sum(size)::int as people from campaign.chunk where exec_no = $1 group by 1 order by 1',
    execNo,
  );
  const planned = Map.groupBy(figures.waves, ({ dueAt }) => dueAt.getTime());
  expect([...planned].map(([at, waves]) => [at, waves.reduce((sum, { people }) => sum + people, 0)])).toEqual(
    due.map(({ due_at, people }) => [due_at.getTime(), people]),
  );
  // 400 in Germany, of whom a few live in Bonn. It is eleven in Berlin, and night in Tokyo no longer: 19:00.
  expect(figures.people + excludedByAudience).toBe(400);
  expect(figures.waves.map(({ timeZone }) => timeZone)).toEqual(expect.arrayContaining(['America/New_York', 'UTC']));
});

test('it foretells the end under the limits, the cost, and what people lack', async () => {
  const scope = await populated();
  await updateOrganizationSettings(scope, { quietHours: { enabled: false } });
  const fields = {
    name: 'Paced',
    throttle: { perHour: 600 },
    budget: { amount: '1', currency: 'EUR', costPerMessage: { email: '0.0125' } },
    endAt: new Date(world.now.getTime() + 60_000),
  };
  const id = await createReady(scope, { fields, variants, audiences });
  const { figures, limits, warnings } = await planLaunch(scope, id);
  expect(limits).toMatchObject([{ scope: 'CAMPAIGN' }, { scope: 'ORGANIZATION' }]);
  // Ten a minute, dealt out over 60.5 seconds.
  const minutes = ((figures.finishesAt?.getTime() ?? 0) - world.now.getTime()) / 60_000;
  expect(minutes).toBeCloseTo((figures.sent * 60.5) / 600, 1);
  expect(figures.cost).toMatchObject({
    amount: (figures.sent * 0.0125).toFixed(4).replace(/0{1,2}$/, ''),
    exceeded: true,
    byChannel: [{ channel: 'email', messages: figures.sent, costPerMessage: '0.0125', amount: figures.cost?.amount }],
  });
  expect(warnings.map(({ code }) => code)).toEqual([
    'BUDGET_EXCEEDED',
    'ENDS_BEFORE_FINISH',
    'VARIABLE_UNKNOWN',
    'VARIABLE_MISSING',
    'VARIABLE_MISSING',
  ]);
  const [without] = figures.missing;
  const [row] = await world.ledger.query<{ n: number; of: number }>(
    `select count(*) filter (where c.attributes #>> '{shoe,size}' is null)::int as n, count(*)::int as of
     from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1 and m.disposition = 0 and m.variant_no = 1`,
    [await launched(scope, id)],
  );
  expect(without).toEqual({ variable: 'attributes.shoe.size', people: row?.n, of: row?.of });
});

test('whoever would be asleep is foretold as skipped where quiet hours skip', async () => {
  const scope = await populated();
  const delivery = { trackOpens: true, trackClicks: true, expiresAfterHours: 72, onQuietHours: 'SKIP' as const };
  const waiting = await createReady(scope, { fields: { name: 'Waits' } });
  const skipping = await createReady(scope, { fields: { name: 'Skips', delivery } });
  const [waits, skips] = [await planLaunch(scope, waiting), await planLaunch(scope, skipping)];
  const later = waits.figures.waves.filter(({ dueAt }) => dueAt > world.now);
  expect(skips.figures.quietHoursSkipped).toBe(later.reduce((sum, { people }) => sum + people, 0));
  expect(skips.figures.quietHoursSkipped).toBeGreaterThan(0);
  expect(waits.figures.quietHoursSkipped).toBe(0);
});

const windows = [
  { days: weekDays, from: '09:00', until: '12:00' },
  { days: weekDays, from: '18:00', until: '19:30' },
];

test('waves and their end are within send windows and not on weekends, as messages of the execution are', async () => {
  const scope = await populated();
  await updateOrganizationSettings(scope, { limits: { enabled: false } });
  const fields = { name: 'Windows', sendWindows: windows, excludeWeekends: true };
  const id = await createReady(scope, { fields });
  const { figures } = await planLaunch(scope, id);
  const due = await query<{ due_at: Date; people: number }>(
    'select due_at, sum(size)::int as people from campaign.chunk where exec_no = $1 group by 1 order by 1',
    await launched(scope, id),
  );
  const planned = Map.groupBy(figures.waves, ({ dueAt }) => dueAt.getTime());
  expect([...planned].map(([at, waves]) => [at, waves.reduce((sum, { people }) => sum + people, 0)])).toEqual(
    due.map(({ due_at, people }) => [due_at.getTime(), people]),
  );
  // It is Saturday: on Monday at nine in each zone, and the last of them in New York.
  expect(figures.waves.map(({ timeZone }) => timeZone)).toEqual([
    'Asia/Tokyo',
    'Asia/Kathmandu',
    'UTC',
    'America/New_York',
  ]);
  expect(figures.finishesAt).toEqual(new Date('2026-11-23T14:00:00Z'));

  const short = [{ days: weekDays, from: '09:00', until: '09:10' }];
  const slowly = { ...fields, name: 'Short windows', sendWindows: short, throttle: { perMinute: 2 } };
  const slow = await createReady(scope, { fields: slowly });
  const rules = { windows: short, excludeWeekends: true, quiet: { from: '21:00', until: '08:00' } };
  const { finishesAt = new Date(0) } = (await planLaunch(scope, slow)).figures;
  // So many that they are not through with their Monday.
  expect(finishesAt.getTime()).toBeGreaterThan(Date.parse('2026-11-24T00:00:00Z'));
  expect(mayWrite(rules, wallOf(finishesAt.getTime() - 60_000, 'America/New_York'))).toBe(true);
});

test('whoever is outside of a window, or in quiet hours, is foretold as skipped for that reason where they are', async () => {
  const scope = await populated();
  const delivery = { trackOpens: true, trackClicks: true, expiresAfterHours: 72, onQuietHours: 'SKIP' as const };
  // Five in the morning in New York, within this window; the other zones but Tokyo are in the first one.
  const sendWindows = [
    { days: weekDays, from: '09:00', until: '18:00' },
    { days: weekDays, from: '04:00', until: '06:00' },
  ];
  const id = await createReady(scope, { fields: { name: 'Skips by window', delivery, sendWindows } });
  const { figures, warnings } = await planLaunch(scope, id);
  const inZone = (zone: string) =>
    figures.waves.reduce((sum, { timeZone, people }) => sum + (timeZone === zone ? people : 0), 0);
  expect(inZone('Asia/Tokyo')).toBeGreaterThan(0);
  expect(figures).toMatchObject({
    outsideWindowSkipped: inZone('Asia/Tokyo'),
    quietHoursSkipped: inZone('America/New_York'),
  });
  expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['QUIET_HOURS_SKIP', 'OUTSIDE_WINDOW_SKIP']));
});

test('an audience of nobody, and one that is too large, are told of', async () => {
  const scope = await populated();
  const rules = { field: 'country', operator: 'equals', value: 'JP' };
  const nobody = await createReady(scope, { audiences: [{ kind: 'INCLUDE', rules }] });
  expect((await planLaunch(scope, nobody)).warnings).toMatchObject([{ code: 'AUDIENCE_EMPTY' }]);
  const id = await createReady(scope);
  const { warnings, refusals } = await planLaunch({ ...scope, maxAudience: 399 }, id);
  expect(warnings.map(({ code }) => code)).toContain('AUDIENCE_TOO_LARGE');
  expect(refusals.map(({ code }) => code)).toEqual(['AUDIENCE_TOO_LARGE']);
});

test('it names everything that stands against a start, and not the first alone', async () => {
  const scope = await world.scopeOf(`plan-${++organizations}`);
  const id = await createReady(scope, {
    audiences: [],
    variants: [{ name: 'A', allocation: 40, channels: [email()] }],
  });
  const { refusals } = await planLaunch(scope, id);
  expect(refusals.map(({ code }) => code)).toEqual([
    'AUDIENCE_MISSING',
    'CAMPAIGN_ALLOCATION',
    'CAMPAIGN_POSTAL_ADDRESS',
  ]);
});

test('of a triggered campaign it names what stands against its activation', async () => {
  const scope = await populated();
  const triggers = [{ eventType: 'order.completed' }];
  const ready = await createReady(scope, { type: 'TRIGGERED', triggers, audiences: [] });
  expect((await planLaunch(scope, ready)).refusals).toEqual([]);
  const unready = await createReady(scope, { type: 'TRIGGERED' });
  expect((await planLaunch(scope, unready)).refusals.map(({ code }) => code)).toEqual(['CAMPAIGN_TRIGGER_MISSING']);
});

test('the hash changes with what would be sent, and with nothing else', async () => {
  const scope = await populated();
  const id = await createReady(scope, { variants, audiences });
  const hashAfter = async (change: () => Promise<unknown>) => {
    const before = (await planLaunch(scope, id)).hash;
    await change();
    return (await planLaunch(scope, id)).hash === before ? 'same' : 'another';
  };
  let version = 1;
  const edit = (edits: object) => () => editCampaign(scope, { id, version: version++, ...edits });
  expect(await hashAfter(async () => undefined)).toBe('same');
  expect(await hashAfter(edit({ fields: { description: 'x', tags: ['x'], metadata: { a: 1 } } }))).toBe('same');
  expect(await hashAfter(() => updateOrganizationSettings(scope, { limits: { messagesPerHour: 500 } }))).toBe('same');
  expect(await hashAfter(edit({ fields: { throttle: { perHour: 500 } } }))).toBe('another');
  expect(await hashAfter(edit({ fields: { conversionGoals: [{ eventType: 'x', windowDays: 7 }] } }))).toBe('another');
  expect(await hashAfter(edit({ fields: { holdoutHundredths: 100 } }))).toBe('another');
  expect(await hashAfter(edit({ fields: { sendWindows: windows } }))).toBe('another');
  expect(await hashAfter(edit({ fields: { sendWindows: windows.toReversed() } }))).toBe('same');
  expect(await hashAfter(edit({ fields: { excludeWeekends: true } }))).toBe('another');
  expect(await hashAfter(edit({ audiences: audiences.slice(0, 1) }))).toBe('another');
  const otherwise = variants.map((variant, n) => (n === 0 ? { ...variant, channels: [email('Other')] } : variant));
  expect(await hashAfter(edit({ variants: otherwise }))).toBe('another');
  expect(await hashAfter(() => updateOrganizationSettings(scope, { controlGroupPercentage: 5 }))).toBe('another');
});

describe('an approval', () => {
  /** A campaign for a segment, submitted; approvals are demanded. */
  async function submitted() {
    const scope = await populated();
    await updateOrganizationSettings(scope, { approvalRequired: true });
    const approver = await world.scopeOf(scope.viewer.organizationId, 'usr_eve');
    const rules = { field: 'country', operator: 'equals', value: 'DE' } as const;
    const segmentId = await createSegment(scope, { name: 'Germany', rules });
    const id = await createReady(scope, { audiences: [{ kind: 'INCLUDE', segmentId }] });
    await submitForApproval(scope, { id });
    const narrow = () =>
      updateSegment(scope, { id: segmentId, version: 1, rules: { field: 'country', operator: 'equals', value: 'FR' } });
    return { scope, approver, id, narrow };
  }
  const yes = { approval: 'approved', comment: null } as const;
  const changed = (since: string) => ({
    code: 'CAMPAIGN_PLAN_CHANGED',
    message: `changed since it was ${since}: audience`,
  });

  test('holds for the plan that was approved: a segment changed afterwards stops start, schedule and due', async () => {
    const { scope, approver, id, narrow } = await submitted();
    await decideApproval(approver, { id }, yes);
    await scheduleCampaign(scope, { id }, { at: new Date(world.now.getTime() + 600_000) });
    await narrow();
    await expect(startCampaign(scope, { id })).rejects.toMatchObject(changed('approved'));
    expect((await planLaunch(scope, id)).warnings).toContainEqual(
      expect.objectContaining({ code: 'APPROVAL_OUTDATED', message: 'changed since it was approved: audience' }),
    );
    const { now } = world;
    world.now = new Date(now.getTime() + 660_000);
    expect(await startDueCampaigns(world.ledger, world.parts)).toEqual(['missed']);
    world.now = now;
    await expect(scheduleCampaign(scope, { id }, { at: new Date(now.getTime() + 600_000) })).rejects.toMatchObject(
      changed('approved'),
    );
  });

  test('is not given for what was not looked at: neither the submitted plan nor the named one', async () => {
    const { scope, approver, id, narrow } = await submitted();
    const { hash } = await planLaunch(scope, id);
    await narrow();
    await expect(decideApproval(approver, { id }, yes)).rejects.toMatchObject(changed('submitted'));
    await expect(decideApproval(approver, { id }, { ...yes, planHash: hash })).rejects.toMatchObject(
      changed('looked at'),
    );
    const present = await planLaunch(scope, id);
    await decideApproval(approver, { id }, { ...yes, planHash: present.hash });
    await expect(startCampaign(scope, { id })).resolves.toMatchObject({ campaignId: id });
  });

  test('that is outdated is asked for anew, one that holds is not', async () => {
    const { scope, approver, id, narrow } = await submitted();
    await decideApproval(approver, { id }, yes);
    await expect(submitForApproval(scope, { id })).rejects.toMatchObject({ code: 'CAMPAIGN_APPROVAL' });
    await narrow();
    await submitForApproval(scope, { id });
    await expect(startCampaign(scope, { id })).rejects.toMatchObject({ code: 'CAMPAIGN_APPROVAL_REQUIRED' });
    await decideApproval(approver, { id }, yes);
    await expect(startCampaign(scope, { id })).resolves.toMatchObject({ campaignId: id });
  });
});
