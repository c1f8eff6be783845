import { EntitySchema } from '@mikro-orm/core';
import { Organization } from './organization';

/** How an {@link Organization} lies in its table. */
export const OrganizationSchema = new EntitySchema<Organization>({
  class: Organization,
  schema: 'campaign',
  tableName: 'organization',
  properties: {
    organizationNo: { type: 'integer', primary: true, autoincrement: true, fieldName: 'org_no' },
    id: { type: 'text' },
    storedSettings: { type: 'json', fieldName: 'settings' },
    version: { type: 'integer' },
    createdAt: { type: 'datetime', columnType: 'timestamptz' },
  },
});
