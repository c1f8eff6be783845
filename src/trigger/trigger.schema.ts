import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { Trigger } from './trigger';

/** How a {@link Trigger} lies in its table. */
export const TriggerSchema = new EntitySchema<Trigger>({
  class: Trigger,
  schema: 'campaign',
  tableName: 'trigger',
  properties: {
    triggerNo: { type: new BigIntType('number'), primary: true, autoincrement: true },
    id: { type: 'text' },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    campaignNo: { type: new BigIntType('number') },
    position: { type: 'smallint' },
    eventType: { type: 'text' },
    conditions: { type: 'json' },
    delayMinutes: { type: 'integer' },
    frequencyCount: { type: 'integer' },
    frequencyHours: { type: 'integer' },
    heedsQuietHours: { type: 'boolean' },
    enabled: { type: 'boolean' },
  },
});
