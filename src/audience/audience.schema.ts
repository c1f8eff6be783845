import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { Audience } from './audience';

/** How an {@link Audience} lies in its table. */
export const AudienceSchema = new EntitySchema<Audience>({
  class: Audience,
  schema: 'campaign',
  tableName: 'audience',
  properties: {
    id: { type: 'text', primary: true },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    campaignNo: { type: new BigIntType('number') },
    kind: { type: 'text' },
    segmentNo: { type: new BigIntType('number'), nullable: true },
    rules: { type: 'json', nullable: true },
    remoteSource: { type: 'text', nullable: true },
    remoteId: { type: 'text', nullable: true },
    named: { type: 'integer', nullable: true },
    position: { type: 'smallint' },
  },
});
