import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { HundredthsType } from '../campaign/hundredths-type';
import { Channel } from './channel';
import { Variant } from './variant';

/** How a {@link Variant} lies in its table. Rows are replaced as a whole, so nothing here is a relation. */
export const VariantSchema = new EntitySchema<Variant>({
  class: Variant,
  schema: 'campaign',
  tableName: 'variant',
  properties: {
    campaignNo: { type: new BigIntType('number'), primary: true },
    variantNo: { type: 'smallint', primary: true },
    id: { type: 'text' },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    name: { type: 'text' },
    isControl: { type: 'boolean' },
    allocationHundredths: { type: new HundredthsType(), fieldName: 'allocation' },
    attributeValue: { type: 'text', nullable: true },
  },
});

/** How a {@link Channel} lies in its table. */
export const ChannelSchema = new EntitySchema<Channel>({
  class: Channel,
  schema: 'campaign',
  tableName: 'channel',
  properties: {
    campaignNo: { type: new BigIntType('number'), primary: true },
    variantNo: { type: 'smallint', primary: true },
    kind: { type: 'smallint', primary: true },
    id: { type: 'text' },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    enabled: { type: 'boolean' },
    priority: { type: 'smallint' },
    content: { type: 'json' },
    contentHash: { type: 'text' },
  },
});
