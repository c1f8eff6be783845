import type { EntityManager } from '@mikro-orm/postgresql';
import type { Scope } from '../scope';
import { notFound } from '../shared/errors';
import { Organization } from './organization';
import type { OrganizationSettings, SettingsChange } from './organization-settings';

/** The viewer's organization, locked: changes of its settings and starts of its campaigns queue here. */
export async function lockOrganization(em: EntityManager, { viewer }: Scope): Promise<Organization> {
  // "no key": rows that refer to the organization are inserted meanwhile.
  await em.execute('select 1 from campaign.organization where org_no = ? for no key update', [viewer.organizationNo]);
  const organization = await em.findOne(Organization, { organizationNo: viewer.organizationNo });
  if (!organization) throw notFound('organization', viewer.organizationId);
  return organization;
}

/** Changes some settings of the viewer's organization; answers all of them. */
export function updateOrganizationSettings(scope: Scope, change: SettingsChange): Promise<OrganizationSettings> {
  return scope.write(async (em) => {
    const organization = await lockOrganization(em, scope);
    organization.change(change);
    await em.flush();
    return organization.effectiveSettings();
  });
}
