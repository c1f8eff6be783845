import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { LifecycleEvent } from './lifecycle-event';

/** How a {@link LifecycleEvent} lies in the outbox; `published_at` is the relay's alone. */
export const LifecycleEventSchema = new EntitySchema<LifecycleEvent>({
  class: LifecycleEvent,
  schema: 'campaign',
  tableName: 'outbox',
  properties: {
    outboxNo: { type: new BigIntType('number'), primary: true, autoincrement: true },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    campaignNo: { type: new BigIntType('number') },
    executionNo: { type: new BigIntType('number'), fieldName: 'exec_no', nullable: true },
    kind: { type: 'text' },
    payload: { type: 'json' },
    at: { type: 'datetime', columnType: 'timestamptz' },
  },
});
