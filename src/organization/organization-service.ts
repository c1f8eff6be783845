import type { EntityManager } from '@mikro-orm/postgresql';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { may } from '../shared/viewer';
import { Organization } from './organization';
import { type OrganizationSettings, readSettings, type SettingsChange } from './organization-settings';

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
export async function readOrganizationSettings({ read, viewer }: Scope): Promise<OrganizationSettings> {
  const sql = 'select settings from campaign.organization where org_no = $1';
  const [row] = await read((transaction) => transaction.query<{ settings: object }>(sql, [viewer.organizationNo]));
  return readSettings(row?.settings ?? {});
}

/** Changes some settings of the viewer's organization, for its administrators; answers all of them. */
export async function updateOrganizationSettings(scope: Scope, change: SettingsChange): Promise<OrganizationSettings> {
  if (!may(scope.viewer, 'administer')) throw new DomainError('FORBIDDEN', 'only an administrator may change settings');
  return scope.write(async (em) => {
    const organization = await lockOrganization(em, scope);
    organization.change(change);
    await em.flush();
    return organization.effectiveSettings();
  });
}
