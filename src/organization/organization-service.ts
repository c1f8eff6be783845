import type { EntityManager } from '@mikro-orm/postgresql';
import { differences, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { may } from '../shared/viewer';
import { Organization } from './organization';
import { type OrganizationSettings, readSettings, type SettingsChange } from './organization-settings';

/** The settings in force, and how often they were changed. */
export interface VersionedSettings {
  readonly version: number;
  readonly settings: OrganizationSettings;
}

/** The viewer's organization. */
export async function findOrganization(em: EntityManager, { viewer }: Scope): Promise<Organization> {
  const organization = await em.findOne(Organization, { organizationNo: viewer.organizationNo });
  if (!organization) throw notFound('organization', viewer.organizationId);
  return organization;
}

/** The same, locked: changes of its settings and starts of its campaigns queue here. */
export async function lockOrganization(em: EntityManager, scope: Scope): Promise<Organization> {
  // "no key": rows that refer to the organization are inserted meanwhile.
  const sql = 'select 1 from campaign.organization where org_no = ? for no key update';
  await em.execute(sql, [scope.viewer.organizationNo]);
  return findOrganization(em, scope);
}

/** The settings in force for the viewer's organization. */
export async function readOrganizationSettings({ read, viewer }: Scope): Promise<VersionedSettings> {
  const sql = 'select version, settings from campaign.organization where org_no = $1';
  const [row] = await read((transaction) =>
    transaction.query<{ version: number; settings: object }>(sql, [viewer.organizationNo]),
  );
  return { version: row?.version ?? 1, settings: readSettings(row?.settings ?? {}) };
}

/** Changes some settings of the viewer's organization, for its administrators; answers all of them. */
export async function updateOrganizationSettings(
  scope: Scope,
  change: SettingsChange,
  version?: number,
): Promise<VersionedSettings> {
  if (!may(scope.viewer, 'administer')) throw new DomainError('FORBIDDEN', 'only an administrator may change settings');
  return scope.write(async (em) => {
    const organization = await lockOrganization(em, scope);
    const before = stateOfSettings(organization);
    organization.change(change, version);
    await em.flush();
    const changes = differences(before, stateOfSettings(organization));
    const object = { objectType: 'Organization', objectId: scope.viewer.organizationId };
    await recordAudit(em, scope, { action: 'updateOrganizationSettings', ...object, changes });
    return { version: organization.version, settings: organization.effectiveSettings() };
  });
}

/** Each setting by its path, as the audit log keeps it. */
function stateOfSettings(organization: Organization) {
  const { limits, quietHours, ...others } = organization.effectiveSettings();
  const under = (path: string, group: object) =>
    [...stateOf(group)].map(([field, kept]) => [`${path}.${field}`, kept] as const);
  const { version } = organization;
  return new Map([...stateOf({ ...others, version }), ...under('limits', limits), ...under('quietHours', quietHours)]);
}
