import { registerEnumType } from 'type-graphql';

// Keys and values are equal: a default value is read from the SDL before internal values are attached.
export const CAMPAIGN_STATUSES = {
  DRAFT: 'DRAFT',
  SCHEDULED: 'SCHEDULED',
  ACTIVE: 'ACTIVE',
  RUNNING: 'RUNNING',
  PAUSED: 'PAUSED',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
} as const;
registerEnumType(CAMPAIGN_STATUSES, {
  name: 'CampaignStatus',
  description: 'Where a campaign is in its life.',
  valuesConfig: {
    DRAFT: { description: 'Being written; nothing goes out.' },
    SCHEDULED: { description: 'Starts by itself at its time.' },
    ACTIVE: { description: 'Waits for the events that set it off.' },
    RUNNING: { description: 'Judges people and sends.' },
    PAUSED: { description: 'Stopped by a person until a person resumes it.' },
    COMPLETED: { description: 'Everybody in its audience is accounted for.' },
    CANCELLED: { description: 'Ended for good; what was queued is never sent.' },
  },
});

export const CAMPAIGN_TYPES = {
  ONE_TIME: 'ONE_TIME',
  RECURRING: 'RECURRING',
  TRIGGERED: 'TRIGGERED',
  TRANSACTIONAL: 'TRANSACTIONAL',
} as const;
registerEnumType(CAMPAIGN_TYPES, {
  name: 'CampaignType',
  description: 'What sets a campaign off.',
  valuesConfig: {
    ONE_TIME: { description: 'A person or a date, once.' },
    RECURRING: { description: 'A calendar, again and again.' },
    TRIGGERED: { description: "An event of a person's." },
    TRANSACTIONAL: { description: 'A request for one person.' },
  },
});

export const CAMPAIGN_PURPOSES = {
  PROMOTION: 'PROMOTION',
  LOYALTY: 'LOYALTY',
  COUPON: 'COUPON',
  SEGMENTATION: 'SEGMENTATION',
  RETARGETING: 'RETARGETING',
  ANNOUNCEMENT: 'ANNOUNCEMENT',
} as const;
registerEnumType(CAMPAIGN_PURPOSES, {
  name: 'CampaignPurpose',
  description: 'What a campaign is for.',
  valuesConfig: {
    PROMOTION: { description: 'To sell something.' },
    LOYALTY: { description: 'To keep those who buy already.' },
    COUPON: { description: 'To hand out a reduction.' },
    SEGMENTATION: { description: 'To learn which people are alike.' },
    RETARGETING: { description: 'To bring back those who left.' },
    ANNOUNCEMENT: { description: 'To tell news.' },
  },
});

export const APPROVALS = {
  NONE: 'NONE',
  SUBMITTED: 'SUBMITTED',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
} as const;
registerEnumType(APPROVALS, {
  name: 'Approval',
  description: 'Whether the content of a campaign was approved.',
  valuesConfig: {
    NONE: { description: 'Nobody asked for one, or an edit withdrew it.' },
    SUBMITTED: { description: 'Waits for the decision of somebody else.' },
    APPROVED: { description: 'May start; an edit withdraws it.' },
    REJECTED: { description: 'May not start where one is needed; submit it again.' },
  },
});

export const ASSIGNMENT_KINDS = { HASH: 'HASH', ATTRIBUTE: 'ATTRIBUTE' } as const;
registerEnumType(ASSIGNMENT_KINDS, {
  name: 'AssignmentKind',
  description: 'What decides who gets which variant.',
  valuesConfig: {
    HASH: { description: 'A hash of the person and the campaign, by the allocations.' },
    ATTRIBUTE: { description: 'An attribute that was randomized upstream.' },
  },
});

export const CHANNEL_STRATEGIES = { FIRST_ELIGIBLE: 'FIRST_ELIGIBLE', ALL: 'ALL' } as const;
registerEnumType(CHANNEL_STRATEGIES, {
  name: 'ChannelStrategy',
  description: 'By which of its channels a campaign reaches a person.',
  valuesConfig: {
    FIRST_ELIGIBLE: { description: 'The first one, in the order of their priorities, that nothing stands against.' },
    ALL: { description: 'Each that nothing stands against: one message for each of them.' },
  },
});

export const ON_QUIET_HOURS = { DEFER: 'DEFER', SKIP: 'SKIP' } as const;
registerEnumType(ON_QUIET_HOURS, {
  name: 'OnQuietHours',
  description:
    "What becomes of a message whose turn comes in the recipient's quiet hours, or outside of the send windows.",
  valuesConfig: {
    DEFER: { description: 'It waits until it may go.' },
    SKIP: { description: 'It is skipped, with that reason.' },
  },
});

export const CAMPAIGN_ACTIONS = {
  EDIT: 'EDIT',
  SCHEDULE: 'SCHEDULE',
  UNSCHEDULE: 'UNSCHEDULE',
  ACTIVATE: 'ACTIVATE',
  START: 'START',
  PAUSE: 'PAUSE',
  RESUME: 'RESUME',
  CANCEL: 'CANCEL',
  CLONE: 'CLONE',
  ARCHIVE: 'ARCHIVE',
} as const;
registerEnumType(CAMPAIGN_ACTIONS, {
  name: 'CampaignAction',
  description: 'What a person may do to a campaign.',
  valuesConfig: {
    EDIT: { description: 'Change it: `updateCampaign`.' },
    SCHEDULE: { description: 'Set its time or its calendar: `scheduleCampaign`.' },
    UNSCHEDULE: { description: 'Make it a draft again: `unscheduleCampaign`.' },
    ACTIVATE: { description: 'Let events set it off: `activateCampaign`.' },
    START: { description: 'Send now: `startCampaign`.' },
    PAUSE: { description: 'Stop it for a while: `pauseCampaign`.' },
    RESUME: { description: 'Go on after a pause: `resumeCampaign`.' },
    CANCEL: { description: 'End it for good: `cancelCampaign`.' },
    CLONE: { description: 'Copy it: `cloneCampaign`.' },
    ARCHIVE: { description: 'Take it out of the lists: `archiveCampaign`.' },
  },
});

export const CAMPAIGN_ORDERS = {
  NEWEST: 'NEWEST',
  OLDEST: 'OLDEST',
  NAME: 'NAME',
  CHANGED: 'CHANGED',
} as const;
registerEnumType(CAMPAIGN_ORDERS, {
  name: 'CampaignOrder',
  description: 'The order of a list of campaigns.',
  valuesConfig: {
    NEWEST: { description: 'The one made last comes first.' },
    OLDEST: { description: 'The one made first comes first.' },
    NAME: { description: 'By name, in whatever case.' },
    CHANGED: { description: 'The one changed last comes first.' },
  },
});
