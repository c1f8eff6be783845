/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What decides who gets which variant. */
export type AssignmentInput = {
  /** The attribute, such as `attributes.segment`. */
  readonly field?: string | null | undefined;
  /** A hash, or an attribute. */
  readonly kind: AssignmentKind;
};

/** What decides who gets which variant. */
export type AssignmentKind =
  /** An attribute that was randomized upstream. */
  | 'ATTRIBUTE'
  /** A hash of the person and the campaign, by the allocations. */
  | 'HASH';

/** An audience: either a segment or rules. */
export type AudienceInput = {
  /** Whether it adds or takes away. */
  readonly kind?: AudienceKind;
  /** Rules: a tree of {all}, {any}, {not} and {field, operator, value}. */
  readonly rules?: unknown;
  /** A segment of the organization, `seg_…`. */
  readonly segmentId?: string | null | undefined;
};

/** Whether an audience adds to whom a campaign means, or takes away. */
export type AudienceKind =
  /** A person in any one of these is left out. */
  | 'EXCLUDE'
  /** A person must be in every one of these. */
  | 'INCLUDE';

/** What a campaign may cost. */
export type BudgetInput = {
  /** The most it may cost. */
  readonly amount: string;
  /** The cost of a message by channel: {"email": "0.001"}. */
  readonly costPerMessage?: unknown;
  /** The currency, ISO 4217. */
  readonly currency: string;
};

/** What a person may do to a campaign. */
export type CampaignAction =
  /** Let events set it off. */
  | 'ACTIVATE'
  /** Take it out of the lists: `archiveCampaign`. */
  | 'ARCHIVE'
  /** End it for good: `cancelCampaign`. */
  | 'CANCEL'
  /** Copy it: `cloneCampaign`. */
  | 'CLONE'
  /** Change it: `updateCampaign`. */
  | 'EDIT'
  /** Stop it for a while: `pauseCampaign`. */
  | 'PAUSE'
  /** Go on after a pause: `resumeCampaign`. */
  | 'RESUME'
  /** Set its time: `scheduleCampaign`. */
  | 'SCHEDULE'
  /** Send now: `startCampaign`. */
  | 'START'
  /** Make it a draft again: `unscheduleCampaign`. */
  | 'UNSCHEDULE';

/** Which campaign an action is for. */
export type CampaignActionInput = {
  /** The campaign. */
  readonly id: string;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** What a campaign is for. */
export type CampaignPurpose =
  /** To tell news. */
  | 'ANNOUNCEMENT'
  /** To hand out a reduction. */
  | 'COUPON'
  /** To keep those who buy already. */
  | 'LOYALTY'
  /** To sell something. */
  | 'PROMOTION'
  /** To bring back those who left. */
  | 'RETARGETING'
  /** To learn which people are alike. */
  | 'SEGMENTATION';

/** Where a campaign is in its life. */
export type CampaignStatus =
  /** Waits for the events that set it off. */
  | 'ACTIVE'
  /** Ended for good; what was queued is never sent. */
  | 'CANCELLED'
  /** Everybody in its audience is accounted for. */
  | 'COMPLETED'
  /** Being written; nothing goes out. */
  | 'DRAFT'
  /** Stopped by a person until a person resumes it. */
  | 'PAUSED'
  /** Judges people and sends. */
  | 'RUNNING'
  /** Starts by itself at its time. */
  | 'SCHEDULED';

/** What sets a campaign off. */
export type CampaignType =
  /** A person or a date, once. */
  | 'ONE_TIME'
  /** A calendar, again and again. */
  | 'RECURRING'
  /** A request for one person. */
  | 'TRANSACTIONAL'
  /** An event of a person's. */
  | 'TRIGGERED';

/** A cancellation. */
export type CancelCampaignInput = {
  /** The campaign. */
  readonly id: string;
  /** Why; kept and published. */
  readonly reason: string;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** An event that counts as success. */
export type ConversionGoalInput = {
  /** The property that holds the currency of the value. */
  readonly currencyField?: string | null | undefined;
  /** The event type, such as `order.completed`. */
  readonly eventType: string;
  /** The property that holds the event's value. */
  readonly valueField?: string | null | undefined;
  /** For how many days an event counts, 1 to 30; 7 when missing. */
  readonly windowDays?: number | null | undefined;
};

/** A new campaign. */
export type CreateCampaignInput = {
  /** What decides who gets which variant. */
  readonly assignment?: AssignmentInput | null | undefined;
  /** Its audiences, all of them, at most 10. */
  readonly audiences?: ReadonlyArray<AudienceInput> | null | undefined;
  /** What it may cost; null: no budget. */
  readonly budget?: BudgetInput | null | undefined;
  /** What counts as success, the primary one first. */
  readonly conversionGoals?: ReadonlyArray<ConversionGoalInput> | null | undefined;
  /** What it is about, at most 2,000 characters. */
  readonly description?: string | null | undefined;
  /** Not after this time. */
  readonly endAt?: string | null | undefined;
  /** Hours past its due time after which a message is skipped. */
  readonly expiresAfterHours?: number | null | undefined;
  /** Share that is not contacted, 0 to 20 percent, two decimals. */
  readonly holdoutPercentage?: number | null | undefined;
  /** The same key with the same input makes one campaign. */
  readonly idempotencyKey?: string | null | undefined;
  /** The caller's own notes, an object. */
  readonly metadata?: unknown;
  /** Its name, 1 to 255 characters, the only one among living campaigns. */
  readonly name: string;
  /** What becomes of a message whose turn comes in the recipient's quiet hours; DEFER when missing. */
  readonly onQuietHours?: OnQuietHours | null | undefined;
  /** The higher one goes first. */
  readonly priority?: number | null | undefined;
  /** What it is for. */
  readonly purpose?: CampaignPurpose | null | undefined;
  /** Not before this time. */
  readonly startAt?: string | null | undefined;
  /** Words to find it by. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** How fast it may send; null: no limit of its own. */
  readonly throttle?: ThrottleInput | null | undefined;
  /** Whether clicks are followed. */
  readonly trackClicks?: boolean | null | undefined;
  /** Whether openings are followed. */
  readonly trackOpens?: boolean | null | undefined;
  /** What sets it off. */
  readonly type?: CampaignType;
  /** Its variants, all of them, at most 5. */
  readonly variants?: ReadonlyArray<VariantInput> | null | undefined;
};

/** A new segment. */
export type CreateSegmentInput = {
  /** The same key with the same input makes one segment. */
  readonly idempotencyKey?: string | null | undefined;
  /** Its name within the organization, 1 to 255 characters. */
  readonly name: string;
  /** A tree of {all}, {any}, {not} and {field, operator, value}. */
  readonly rules: unknown;
};

/** What became of a message: exactly one of these at any moment. */
export type Disposition =
  /** Its execution was cancelled first. */
  | 'CANCELLED'
  /** Its recipient is in a control variant. */
  | 'CONTROL'
  /** Refused for good. */
  | 'FAILED'
  /** Its recipient is not contacted, drawn from the whole audience. */
  | 'HELD_OUT'
  /** Is being handed over, or may have been. */
  | 'IN_FLIGHT'
  /** Waits to be sent. */
  | 'QUEUED'
  /** Its transport accepted it. */
  | 'SENT'
  /** A gate stopped it. */
  | 'SKIPPED'
  /** Handed over, answer lost, and not to be tried again. */
  | 'UNKNOWN';

/** A variant's content for e-mail. */
export type EmailChannelInput = {
  /** What is sent. */
  readonly content: EmailContentInput;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The lowest one is tried first. */
  readonly priority?: number;
};

/** An e-mail as its author writes it: Liquid in subject, html and text. */
export type EmailContentInput = {
  /** The body as HTML. Commercial mail needs `{{ unsubscribe_url }}` in it. */
  readonly html: string;
  /** What mail programs show beside the subject. */
  readonly preheader?: string | null | undefined;
  /** Where answers go. */
  readonly replyTo?: string | null | undefined;
  /** The address it comes from. */
  readonly senderEmail?: string | null | undefined;
  /** The name it comes from. */
  readonly senderName?: string | null | undefined;
  /** The subject line, at most 255 characters, one line. */
  readonly subject: string;
  /** The body as text; made from the HTML when missing. */
  readonly text?: string | null | undefined;
};

/** Where an execution stands. */
export type ExecutionStatus =
  /** Ended by a person before everybody was sent to. */
  | 'CANCELLED'
  /** Nothing is left, and the account is balanced. */
  | 'COMPLETED'
  /** Could not go on; `reason` says why. */
  | 'FAILED'
  /** Its time passed while it could not start. */
  | 'MISSED'
  /** Stopped by a person until a person resumes it. */
  | 'PAUSED'
  /** Made, and not begun. */
  | 'PENDING'
  /** Judges people and sends. */
  | 'RUNNING';

/** How far a message has come, in one word; it only climbs. */
export type MessageStatus =
  /** It came back. */
  | 'BOUNCED'
  /** Its execution was cancelled before its turn. */
  | 'CANCELLED'
  /** A person followed a link in it. */
  | 'CLICKED'
  /** Its recipient complained of it. */
  | 'COMPLAINED'
  /** Reported as delivered. */
  | 'DELIVERED'
  /** Refused for good. */
  | 'FAILED'
  /** A person opened it. */
  | 'OPENED'
  /** Waits to be sent. */
  | 'QUEUED'
  /** Is being handed over. */
  | 'SENDING'
  /** Its transport accepted it; nothing more is known. */
  | 'SENT'
  /** Not sent, on purpose: `reason` says why. */
  | 'SKIPPED'
  /** Handed over, answer lost, and not to be tried again. */
  | 'UNKNOWN'
  /** Its recipient unsubscribed by it. */
  | 'UNSUBSCRIBED';

/** What becomes of a message whose turn comes in the recipient's quiet hours. */
export type OnQuietHours =
  /** It waits for their end. */
  | 'DEFER'
  /** It is skipped, with that reason. */
  | 'SKIP';

/** A change of limits: what is missing stays as it is. */
export type OrganizationLimitsInput = {
  /** E-mails an hour. */
  readonly emailsPerHour?: number | null | undefined;
  /** False: only the limits of each campaign hold. */
  readonly enabled?: boolean | null | undefined;
  /** The most messages in one hour, of all campaigns and media together. */
  readonly messagesPerHour?: number | null | undefined;
  /** How many campaigns may run at a time. */
  readonly runningCampaigns?: number | null | undefined;
};

/** Which campaign is to stop for a while. */
export type PauseCampaignInput = {
  /** The campaign. */
  readonly id: string;
  /** Why, for those who come after. */
  readonly reason?: string | null | undefined;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** A change of quiet hours: what is missing stays as it is. */
export type QuietHoursInput = {
  /** False: there are none. */
  readonly enabled?: boolean | null | undefined;
  /** From this time of day, such as 21:00. */
  readonly from?: string | null | undefined;
  /** The time zone for recipients whose own is unknown. */
  readonly timeZone?: string | null | undefined;
  /** Until this time of day. */
  readonly until?: string | null | undefined;
};

/** Which campaign is to send now. */
export type StartCampaignInput = {
  /** The campaign. */
  readonly id: string;
  /** The same key starts once. */
  readonly idempotencyKey?: string | null | undefined;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** How fast a campaign may send: the strictest of the rules that are given. */
export type ThrottleInput = {
  /** Messages a day, at least 100. */
  readonly perDay?: number | null | undefined;
  /** Messages an hour, at least 100. */
  readonly perHour?: number | null | undefined;
  /** Messages a minute. */
  readonly perMinute?: number | null | undefined;
};

/** A change of a draft or paused campaign: what is missing stays as it is. */
export type UpdateCampaignInput = {
  /** What decides who gets which variant. */
  readonly assignment?: AssignmentInput | null | undefined;
  /** Its audiences, all of them, at most 10. */
  readonly audiences?: ReadonlyArray<AudienceInput> | null | undefined;
  /** What it may cost; null: no budget. */
  readonly budget?: BudgetInput | null | undefined;
  /** What counts as success, the primary one first. */
  readonly conversionGoals?: ReadonlyArray<ConversionGoalInput> | null | undefined;
  /** What it is about, at most 2,000 characters. */
  readonly description?: string | null | undefined;
  /** Not after this time. */
  readonly endAt?: string | null | undefined;
  /** Hours past its due time after which a message is skipped. */
  readonly expiresAfterHours?: number | null | undefined;
  /** Share that is not contacted, 0 to 20 percent, two decimals. */
  readonly holdoutPercentage?: number | null | undefined;
  /** Which campaign. */
  readonly id: string;
  /** The caller's own notes, an object. */
  readonly metadata?: unknown;
  /** A new name. */
  readonly name?: string | null | undefined;
  /** What becomes of a message whose turn comes in the recipient's quiet hours; DEFER when missing. */
  readonly onQuietHours?: OnQuietHours | null | undefined;
  /** The higher one goes first. */
  readonly priority?: number | null | undefined;
  /** What it is for. */
  readonly purpose?: CampaignPurpose | null | undefined;
  /** Not before this time. */
  readonly startAt?: string | null | undefined;
  /** Words to find it by. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** How fast it may send; null: no limit of its own. */
  readonly throttle?: ThrottleInput | null | undefined;
  /** Whether clicks are followed. */
  readonly trackClicks?: boolean | null | undefined;
  /** Whether openings are followed. */
  readonly trackOpens?: boolean | null | undefined;
  /** Its variants, all of them, at most 5. */
  readonly variants?: ReadonlyArray<VariantInput> | null | undefined;
  /** The version that the change was made from. */
  readonly version: number;
};

/** A change of settings: what is missing stays as it is. */
export type UpdateOrganizationSettingsInput = {
  /** Whether a campaign needs an approval before it starts. */
  readonly approvalRequired?: boolean | null | undefined;
  /** The percentage of people whom no campaign is to contact, 0 to 15. */
  readonly controlGroupPercentage?: number | null | undefined;
  /** How much all campaigns together may do. */
  readonly limits?: OrganizationLimitsInput | null | undefined;
  /** The postal address; null: none. */
  readonly postalAddress?: string | null | undefined;
  /** When nobody is written to. */
  readonly quietHours?: QuietHoursInput | null | undefined;
  /** The default time zone, an IANA name such as Europe/Berlin. */
  readonly timeZone?: string | null | undefined;
  /** The version that the change was made from: it is refused with CONFLICT when there is a newer one. */
  readonly version?: number | null | undefined;
};

/** One arm of a campaign. With the id or the name of a present variant it stays that variant. */
export type VariantInput = {
  /** Its share in percent, two decimals; a single variant has 100. */
  readonly allocation?: number | null | undefined;
  /** With assignment by attribute: the value whose people get it. */
  readonly attributeValue?: string | null | undefined;
  /** Its e-mail; a control has none. */
  readonly email?: EmailChannelInput | null | undefined;
  /** Which present variant this is. */
  readonly id?: string | null | undefined;
  /** True: its people are counted and get nothing. */
  readonly isControl?: boolean;
  /** Its name within the campaign, 1 to 100 characters. */
  readonly name: string;
};

/** What an execution waits for when nothing moves. */
export type WaitingReason =
  /** The time at which the rest may be sent: quiet hours end, or a retry is due. */
  | 'DUE_TIME'
  /** A person paused it; a person resumes it. */
  | 'PAUSE'
  /** The limit of messages per minute. */
  | 'THROTTLE';

export type OutcomeFragment = { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> };

export type CreateSegmentMutationVariables = Exact<{
  input: CreateSegmentInput;
}>;


export type CreateSegmentMutation = { readonly createSegment: { readonly segment: { readonly id: string, readonly name: string, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CreateCampaignMutation = { readonly createCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type UpdateCampaignMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type UpdateCampaignMutation = { readonly updateCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type StartCampaignMutationVariables = Exact<{
  input: StartCampaignInput;
}>;


export type StartCampaignMutation = { readonly startCampaign: { readonly campaign: { readonly id: string, readonly status: CampaignStatus, readonly version: number } | null, readonly execution: { readonly id: string, readonly status: ExecutionStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type PauseCampaignMutationVariables = Exact<{
  input: PauseCampaignInput;
}>;


export type PauseCampaignMutation = { readonly pauseCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ResumeCampaignMutationVariables = Exact<{
  input: CampaignActionInput;
}>;


export type ResumeCampaignMutation = { readonly resumeCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CancelCampaignMutationVariables = Exact<{
  input: CancelCampaignInput;
}>;


export type CancelCampaignMutation = { readonly cancelCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CampaignQueryVariables = Exact<{
  id: string;
}>;


export type CampaignQuery = { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number, readonly allowedActions: ReadonlyArray<CampaignAction>, readonly variants: ReadonlyArray<{ readonly id: string, readonly name: string, readonly isControl: boolean }>, readonly executions: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly status: ExecutionStatus } }> } } | null };

export type UpdateOrganizationSettingsMutationVariables = Exact<{
  input: UpdateOrganizationSettingsInput;
}>;


export type UpdateOrganizationSettingsMutation = { readonly updateOrganizationSettings: { readonly organization: { readonly id: string, readonly settings: { readonly postalAddress: string | null, readonly limits: { readonly enabled: boolean }, readonly quietHours: { readonly enabled: boolean } } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type AccountFragment = { readonly audience: number, readonly people: number, readonly sent: number, readonly unknown: number, readonly failed: number, readonly skipped: number, readonly heldOut: number, readonly control: number, readonly cancelled: number, readonly queued: number, readonly inFlight: number, readonly balanced: boolean, readonly skippedByReason: ReadonlyArray<{ readonly reason: string, readonly count: number }> };

export type ExecutionQueryVariables = Exact<{
  id: string;
}>;


export type ExecutionQuery = { readonly execution: { readonly id: string, readonly status: ExecutionStatus, readonly startedAt: string | null, readonly completedAt: string | null, readonly reason: string | null, readonly stalledReason: string | null, readonly waitingFor: { readonly reason: WaitingReason, readonly until: string | null } | null, readonly reconciliation: { readonly audience: number, readonly people: number, readonly sent: number, readonly unknown: number, readonly failed: number, readonly skipped: number, readonly heldOut: number, readonly control: number, readonly cancelled: number, readonly queued: number, readonly inFlight: number, readonly balanced: boolean, readonly skippedByReason: ReadonlyArray<{ readonly reason: string, readonly count: number }> } } | null };

export type ExecutionMessagesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
  dispositions?: ReadonlyArray<Disposition> | Disposition | null | undefined;
}>;


export type ExecutionMessagesQuery = { readonly execution: { readonly messages: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly disposition: Disposition, readonly status: MessageStatus, readonly reason: string | null, readonly recipient: { readonly id: string } | null } }> } } | null };

export type ExecutionProgressSubscriptionVariables = Exact<{
  executionId: string;
}>;


export type ExecutionProgressSubscription = { readonly executionProgress: { readonly cursor: string, readonly status: ExecutionStatus, readonly reconciliation: { readonly audience: number, readonly people: number, readonly sent: number, readonly unknown: number, readonly failed: number, readonly skipped: number, readonly heldOut: number, readonly control: number, readonly cancelled: number, readonly queued: number, readonly inFlight: number, readonly balanced: boolean, readonly skippedByReason: ReadonlyArray<{ readonly reason: string, readonly count: number }> }, readonly metrics: { readonly delivered: number, readonly opened: number, readonly clicked: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }> } } };

export type ExperimentAnalysisQueryVariables = Exact<{
  campaignId: string;
}>;


export type ExperimentAnalysisQuery = { readonly experimentAnalysis: { readonly arms: ReadonlyArray<{ readonly name: string, readonly isControl: boolean, readonly assigned: number, readonly sent: number, readonly delivered: number, readonly skipped: number, readonly goals: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string, readonly rate: number | null }> }>, readonly tests: ReadonlyArray<{ readonly goal: string, readonly primary: boolean, readonly chiSquare: number, readonly degreesOfFreedom: number, readonly pValue: number }> } | null };

export type CampaignFiguresQueryVariables = Exact<{
  campaignId: string;
}>;


export type CampaignFiguresQuery = { readonly campaignMetrics: { readonly cursor: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } }, readonly variantMetrics: ReadonlyArray<{ readonly name: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } } }> } | null };

export type CampaignMetricsSubscriptionVariables = Exact<{
  campaignId: string;
}>;


export type CampaignMetricsSubscription = { readonly campaignMetrics: { readonly cursor: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } } } };

export type FiguresFragment = { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } };

export const OutcomeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<OutcomeFragment, unknown>;
export const AccountFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<AccountFragment, unknown>;
export const FiguresFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<FiguresFragment, unknown>;
export const CreateSegmentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateSegment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSegmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSegment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"segment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateSegmentMutation, CreateSegmentMutationVariables>;
export const CreateCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const StartCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<StartCampaignMutation, StartCampaignMutationVariables>;
export const PauseCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PauseCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<PauseCampaignMutation, PauseCampaignMutationVariables>;
export const ResumeCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<ResumeCampaignMutation, ResumeCampaignMutationVariables>;
export const CancelCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<CancelCampaignMutation, CancelCampaignMutationVariables>;
export const CampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Campaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isControl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"executions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CampaignQuery, CampaignQueryVariables>;
export const UpdateOrganizationSettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateOrganizationSettings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOrganizationSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOrganizationSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"quietHours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"postalAddress"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateOrganizationSettingsMutation, UpdateOrganizationSettingsMutationVariables>;
export const ExecutionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Execution"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"execution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"stalledReason"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"until"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Account"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<ExecutionQuery, ExecutionQueryVariables>;
export const ExecutionMessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExecutionMessages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"dispositions"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Disposition"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"execution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"dispositions"},"value":{"kind":"Variable","name":{"kind":"Name","value":"dispositions"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"disposition"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ExecutionMessagesQuery, ExecutionMessagesQueryVariables>;
export const ExecutionProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ExecutionProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executionProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"executionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Account"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<ExecutionProgressSubscription, ExecutionProgressSubscriptionVariables>;
export const ExperimentAnalysisDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExperimentAnalysis"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentAnalysis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"arms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isControl"}},{"kind":"Field","name":{"kind":"Name","value":"assigned"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"goals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"rate"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"tests"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}},{"kind":"Field","name":{"kind":"Name","value":"chiSquare"}},{"kind":"Field","name":{"kind":"Name","value":"degreesOfFreedom"}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}}]}}]}}]}}]} as unknown as DocumentNode<ExperimentAnalysisQuery, ExperimentAnalysisQueryVariables>;
export const CampaignFiguresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CampaignFigures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignMetrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variantMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<CampaignFiguresQuery, CampaignFiguresQueryVariables>;
export const CampaignMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CampaignMetrics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignMetrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<CampaignMetricsSubscription, CampaignMetricsSubscriptionVariables>;