import { readOrganizationSettings, updateOrganizationSettings } from '../../src/organization/organization-service';
import type { SettingsChange } from '../../src/organization/organization-settings';
import { createScope, type Scope } from '../../src/scope';
import { openWorld, type World } from '../campaign/campaign-world';

let world: World;
let organizations = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const newScope = () => world.scopeOf(`settings-${++organizations}`);
const refusal = async (scope: Scope, change: SettingsChange, version?: number) => {
  const before = await readOrganizationSettings(scope);
  const refused = await updateOrganizationSettings(scope, change, version).then(
    () => undefined,
    (error: { code?: string; path?: string }) => ({ code: error.code, path: error.path }),
  );
  expect(await readOrganizationSettings(scope)).toEqual(before);
  return refused;
};

test('what was never set has its default', async () => {
  expect(await readOrganizationSettings(await newScope())).toEqual({
    version: 1,
    settings: {
      limits: {
        ...{ enabled: true, messagesPerHour: 10_000, emailsPerHour: 10_000 },
        ...{ smsPerHour: 1_000, testMessagesPerHour: 500, runningCampaigns: 5 },
      },
      quietHours: { enabled: true, from: '21:00', until: '08:00', timeZone: 'UTC', commercialSms: true },
      postalAddress: null,
      approvalRequired: false,
      assetBaseUrl: null,
      timeZone: 'UTC',
      controlGroupPercentage: 0,
    },
  });
});

test('a change leaves the others as they are and raises the version', async () => {
  const scope = await newScope();
  await updateOrganizationSettings(scope, { controlGroupPercentage: 2.5, quietHours: { from: '20:30' } });
  const changed = await updateOrganizationSettings(scope, { approvalRequired: true }, 2);
  expect(changed).toEqual(await readOrganizationSettings(scope));
  expect(changed).toMatchObject({
    version: 3,
    settings: { controlGroupPercentage: 2.5, approvalRequired: true, quietHours: { from: '20:30', until: '08:00' } },
  });
});

test('quiet hours follow the time zone of the organization until they have one of their own', async () => {
  const scope = await newScope();
  const zone = async (change: SettingsChange) =>
    (await updateOrganizationSettings(scope, change)).settings.quietHours.timeZone;
  expect(await zone({ timeZone: 'Europe/Berlin' })).toBe('Europe/Berlin');
  expect(await zone({ quietHours: { until: '07:00' } })).toBe('Europe/Berlin');
  expect(await zone({ timeZone: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
  expect(await zone({ quietHours: { timeZone: 'America/Denver' } })).toBe('America/Denver');
  expect(await zone({ timeZone: 'Europe/Paris' })).toBe('America/Denver');
});

test.each([
  [{ controlGroupPercentage: 15.01 }, 'controlGroupPercentage'],
  [{ controlGroupPercentage: -1 }, 'controlGroupPercentage'],
  [{ controlGroupPercentage: 1.005 }, 'controlGroupPercentage'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  // PostgreSQL reads the sign of an offset the other way round: quiet hours would be those of another continent.
  [{ timeZone: '+02:00' }, 'timeZone'],
  [{ quietHours: { timeZone: '-05:00' } }, 'quietHours.timeZone'],
  [{ quietHours: { until: '8:00' } }, 'quietHours.until'],
  [{ quietHours: { timeZone: 'nowhere' } }, 'quietHours.timeZone'],
  [{ limits: { runningCampaigns: 0 } }, 'limits.runningCampaigns'],
  [{ limits: { messagesPerHour: 1.5 } }, 'limits.messagesPerHour'],
  [{ postalAddress: '   ' }, 'postalAddress'],
  [{ postalAddress: 'x'.repeat(501) }, 'postalAddress'],
] as [SettingsChange, string][])('%j is refused with its path, and changes nothing', async (change, path) => {
  expect(await refusal(await newScope(), change)).toEqual({ code: 'CAMPAIGN_INVALID_SETTINGS', path });
});

test('of changes made from the same version one wins, and the others change nothing', async () => {
  const scope = await newScope();
  const changes = [1, 2, 3, 4].map((runningCampaigns) =>
    updateOrganizationSettings(scope, { limits: { runningCampaigns } }, 1).then(
      () => 'changed',
      ({ code }) => code,
    ),
  );
  expect((await Promise.all(changes)).sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'changed']);
  expect((await readOrganizationSettings(scope)).version).toBe(2);
  expect(await refusal(scope, { approvalRequired: true }, 1)).toEqual({ code: 'CONFLICT', path: 'version' });
});

test('only an administrator changes settings', async () => {
  const { viewer } = await newScope();
  for (const role of ['viewer', 'editor', 'approver', 'service'] as const) {
    const scope = createScope(world.parts, { ...viewer, role });
    expect(await refusal(scope, { approvalRequired: true })).toMatchObject({ code: 'FORBIDDEN' });
  }
});
