import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { Campaign } from './campaign';
import { HundredthsType } from './hundredths-type';

const instant = { type: 'datetime', columnType: 'timestamptz' } as const;
const emptyInstant = { ...instant, nullable: true } as const;
const emptyText = { type: 'text', nullable: true } as const;

/** How a {@link Campaign} lies in its table. */
export const CampaignSchema = new EntitySchema<Campaign>({
  class: Campaign,
  schema: 'campaign',
  tableName: 'campaign',
  properties: {
    campaignNo: { type: new BigIntType('number'), primary: true, autoincrement: true },
    id: { type: 'text' },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    name: { type: 'text' },
    description: emptyText,
    type: { type: 'text' },
    purpose: { type: 'text' },
    status: { type: 'text' },
    pausedFrom: emptyText,
    approval: { type: 'text' },
    approvalRecord: { type: 'json', nullable: true },
    schedule: { type: 'json', nullable: true },
    throttle: { type: 'json', nullable: true },
    delivery: { type: 'json' },
    sendWindows: { type: 'json' },
    excludeWeekends: { type: 'boolean' },
    localTime: { type: 'json', nullable: true },
    assignment: { type: 'json' },
    experiment: { type: 'json', nullable: true },
    winner: { type: 'json', nullable: true },
    conversionGoals: { type: 'json' },
    audienceCap: { type: 'integer', nullable: true },
    holdoutHundredths: { type: new HundredthsType(), fieldName: 'holdout_percentage' },
    budget: { type: 'json', nullable: true },
    guardrails: { type: 'json', nullable: true },
    guardrailTrip: { type: 'json', nullable: true },
    priority: { type: 'integer' },
    tags: { type: 'array', columnType: 'text[]' },
    metadata: { type: 'json' },
    startAt: emptyInstant,
    endAt: emptyInstant,
    version: { type: 'integer' },
    createdBy: { type: 'text' },
    createdAt: instant,
    updatedBy: { type: 'text' },
    updatedAt: instant,
    pausedBy: emptyText,
    pausedAt: emptyInstant,
    pauseReason: emptyText,
    cancelledBy: emptyText,
    cancelledAt: emptyInstant,
    cancelReason: emptyText,
    startedAt: emptyInstant,
    completedAt: emptyInstant,
    clonedFrom: emptyText,
    archivedAt: emptyInstant,
  },
});
