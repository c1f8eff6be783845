import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { Segment } from './segment';

/** How a {@link Segment} lies in its table. */
export const SegmentSchema = new EntitySchema<Segment>({
  class: Segment,
  schema: 'campaign',
  tableName: 'segment',
  properties: {
    segmentNo: { type: new BigIntType('number'), primary: true, autoincrement: true },
    id: { type: 'text' },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    name: { type: 'text' },
    rules: { type: 'json' },
    version: { type: 'integer' },
    createdAt: { type: 'datetime', columnType: 'timestamptz' },
    updatedAt: { type: 'datetime', columnType: 'timestamptz' },
    archivedAt: { type: 'datetime', columnType: 'timestamptz', nullable: true },
  },
});
