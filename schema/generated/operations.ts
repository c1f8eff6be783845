/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Whether the content of a campaign was approved. */
export type Approval =
  /** May start; an edit withdraws it. */
  | 'APPROVED'
  /** Nobody asked for one, or an edit withdrew it. */
  | 'NONE'
  /** May not start where one is needed; submit it again. */
  | 'REJECTED'
  /** Waits for the decision of somebody else. */
  | 'SUBMITTED';

/** A template that is not needed any more. */
export type ArchiveCampaignPresetInput = {
  /** Which template, `pst_…`. */
  readonly id: string;
};

/** A segment to archive. */
export type ArchiveSegmentInput = {
  /** Which segment. */
  readonly id: string;
  /** The version that the decision was made on. */
  readonly version?: number | null | undefined;
};

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

/** An audience: one of a segment, a remote segment, a remote rule, people by their ids, and rules. */
export type AudienceInput = {
  /** Whether it adds or takes away. */
  readonly kind?: AudienceKind;
  /** A targeting rule of the rules engine, by its id there. */
  readonly remoteRuleId?: string | null | undefined;
  /** A segment of the segment service, by its id there. */
  readonly remoteSegmentId?: string | null | undefined;
  /** Rules: a tree of {all}, {any}, {not} and {field, operator, value}. A field is of the profile (`country`), of its attributes (`attributes.plan`), or behaviour: `behaviour.opened`, or `behaviour.opened.cmp_…` for one campaign, with sent, opened, clicked or converted, and takes within_last or exists. Each rule may have a `priority`, 0 to 1,000: within its group the lower is evaluated and explained first. */
  readonly rules?: unknown;
  /** A segment of the organization, `seg_…`. */
  readonly segmentId?: string | null | undefined;
  /** People by the organization's own ids, 10,000 at most unless the installation says otherwise. Who is not in the directory yet is meant once they come. */
  readonly userIds?: ReadonlyArray<string> | null | undefined;
};

/** Whether an audience adds to whom a campaign means, or takes away. */
export type AudienceKind =
  /** A person in any one of these is left out. */
  | 'EXCLUDE'
  /** A person must be in every one of these. */
  | 'INCLUDE';

/** Which entries; what is missing does not matter. */
export type AuditFilterInput = {
  /** Of this mutation. */
  readonly action?: string | null | undefined;
  /** Of this person or program. */
  readonly actor?: string | null | undefined;
  /** About the thing with this id. */
  readonly objectId?: string | null | undefined;
  /** Not before. */
  readonly since?: string | null | undefined;
  /** Before. */
  readonly until?: string | null | undefined;
};

/** Whether a winner is about to be declared without a person. */
export type AutomaticWinnerState =
  /** It was decided. */
  | 'DECIDED'
  /** No arm is better than all others beyond chance. */
  | 'NOT_SIGNIFICANT'
  /** The campaign does not ask for it. */
  | 'OFF'
  /** The next look declares it. */
  | 'READY'
  /** Blocked: people are missing from an arm for a reason. */
  | 'SAMPLE_RATIO_MISMATCH'
  /** An arm has fewer recipients than it needs. */
  | 'TOO_FEW_PEOPLE';

/** What a campaign may cost. */
export type BudgetInput = {
  /** The most it may cost, not negative, at most 4 decimals. */
  readonly amount: string;
  /** The cost of a message by channel, at most 6 decimals: {"email": "0.001"}. */
  readonly costPerMessage?: unknown;
  /** The currency, ISO 4217. */
  readonly currency: string;
};

/** What a person may do to a campaign. */
export type CampaignAction =
  /** Let events set it off: `activateCampaign`. */
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
  /** Set its time or its calendar: `scheduleCampaign`. */
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

/** Which campaigns a list is about: all that is given must hold. */
export type CampaignFilterInput = {
  /** With its approval at one of these points. */
  readonly approvals?: ReadonlyArray<Approval> | null | undefined;
  /** With a variant that sends by one of these media. */
  readonly channels?: ReadonlyArray<ChannelKind> | null | undefined;
  /** Made at this time or later. */
  readonly createdAfter?: string | null | undefined;
  /** Made before this time. */
  readonly createdBefore?: string | null | undefined;
  /** With this in its name, in whatever case. */
  readonly nameContains?: string | null | undefined;
  /** For one of these purposes. */
  readonly purposes?: ReadonlyArray<CampaignPurpose> | null | undefined;
  /** Scheduled for this time or later. */
  readonly scheduledAfter?: string | null | undefined;
  /** Scheduled for a time before this one. */
  readonly scheduledBefore?: string | null | undefined;
  /** In one of these statuses. */
  readonly statuses?: ReadonlyArray<CampaignStatus> | null | undefined;
  /** With this tag, in whatever case. */
  readonly tag?: string | null | undefined;
  /** With all of these words in name, description or tags. */
  readonly text?: string | null | undefined;
  /** Of one of these types. */
  readonly types?: ReadonlyArray<CampaignType> | null | undefined;
};

/** The order of a list of campaigns. */
export type CampaignOrder =
  /** The one changed last comes first. */
  | 'CHANGED'
  /** By name, in whatever case. */
  | 'NAME'
  /** The one made last comes first. */
  | 'NEWEST'
  /** The one made first comes first. */
  | 'OLDEST';

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

/** A medium that messages go by. */
export type ChannelKind =
  /** Advertisement in bought space. */
  | 'DISPLAY'
  /** Electronic mail; the only one that campaigns are sent by yet. */
  | 'EMAIL'
  /** Message inside an application. */
  | 'IN_APP'
  /** Notification on a telephone or in a browser. */
  | 'PUSH'
  /** Text message to a telephone. */
  | 'SMS'
  /** Post or message on a social network. */
  | 'SOCIAL'
  /** Part of a web page. */
  | 'WEB'
  /** Request to the address of a program. */
  | 'WEBHOOK'
  /** Message by WhatsApp. */
  | 'WHATSAPP';

/** By which of its channels a campaign reaches a person. */
export type ChannelStrategy =
  /** Each that nothing stands against: one message for each of them. */
  | 'ALL'
  /** The first one, in the order of their priorities, that nothing stands against. */
  | 'FIRST_ELIGIBLE';

/** A copy. */
export type CloneCampaignInput = {
  /** The campaign to copy. */
  readonly id: string;
  /** The same key with the same input makes one copy. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name of the copy. */
  readonly name: string;
};

/** Counts to compare. */
export type CompareArmsInput = {
  /** Two to ten arms. */
  readonly arms: ReadonlyArray<CountedArmInput>;
  /** Confidence of the intervals, 0.5 to 0.9999; 0.95 when missing. */
  readonly confidence?: number | null | undefined;
};

/** How a condition compares what an event says. */
export type ConditionOperator =
  /** A text with this in it, or a list with this among it. */
  | 'CONTAINS'
  /** It is this value. */
  | 'EQUALS'
  /** There is a value; with `false`, there is none. */
  | 'EXISTS'
  /** A number above, or a time after this one. */
  | 'GREATER_THAN'
  /** It is one of these values. */
  | 'IN'
  /** A number below, or a time before this one. */
  | 'LESS_THAN'
  /** It is another value, or there is none. */
  | 'NOT_EQUALS';

/** A contact. What is missing, null or empty leaves a known contact's value as it is. */
export type ContactInput = {
  /** Anything else, an object; merged key by key. */
  readonly attributes?: unknown;
  /** The country, ISO 3166. */
  readonly country?: string | null | undefined;
  /** True: nothing commercial is sent to the person (CCPA). */
  readonly doNotSell?: boolean | null | undefined;
  /** The e-mail address. */
  readonly email?: string | null | undefined;
  /** Whether the person agreed to e-mail. */
  readonly emailOptedIn?: boolean | null | undefined;
  /** Whether the person agreed expressly to what is commercial; in Canada nothing of it goes without. */
  readonly expressConsent?: boolean | null | undefined;
  /** The organization's own id of the person. */
  readonly externalId: string;
  /** Given name, as e-mails say it. */
  readonly firstName?: string | null | undefined;
  /** Family name. */
  readonly lastName?: string | null | undefined;
  /** The language and region, such as de-AT. */
  readonly locale?: string | null | undefined;
  /** The telephone number, E.164 such as +4915112345678; nobody is texted at any other. */
  readonly phone?: string | null | undefined;
  /** Where pushes for the person go, at most 4,096 characters. */
  readonly pushToken?: string | null | undefined;
  /** Whether the person agreed to sms. */
  readonly smsOptedIn?: boolean | null | undefined;
  /** Words that rules can ask for. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** The IANA time zone, such as Europe/Vienna. */
  readonly timeZone?: string | null | undefined;
  /** Whether WhatsApp knows the number. Another number is not verified until it is said again. */
  readonly whatsappVerified?: boolean | null | undefined;
};

/** What a block consists of, and so where it may stand. */
export type ContentBlockKind =
  /** HTML, which stands in HTML alone. */
  | 'HTML'
  /** Plain words, which stand everywhere: in HTML they are escaped. */
  | 'PLAIN';

/** Which content to look at, and whose eyes to look with. */
export type ContentPreviewInput = {
  /** A campaign, whose stored content is shown; else give content. */
  readonly campaignId?: string | null | undefined;
  /** Which of the variant's media; its e-mail when missing, or what it tries first where it has none. */
  readonly channel?: ChannelKind | null | undefined;
  /** An advertisement that is only thought of. */
  readonly display?: PlacementContentInput | null | undefined;
  /** An e-mail that is only thought of. */
  readonly email?: EmailContentInput | null | undefined;
  /** A message inside an application that is only thought of. */
  readonly inApp?: InAppContentInput | null | undefined;
  /** A language to read it in, such as `pt-BR`; the person's own when missing. */
  readonly locale?: string | null | undefined;
  /** A notification that is only thought of. */
  readonly push?: PushContentInput | null | undefined;
  /** A text message that is only thought of. */
  readonly sms?: SmsContentInput | null | undefined;
  /** A post that is only thought of. */
  readonly social?: PlacementContentInput | null | undefined;
  /** A person of the directory; a sample person when missing. */
  readonly userId?: string | null | undefined;
  /** What stands in for the person’s own: `external_id`, `email`, `first_name`, `last_name`, `locale`, `attributes`; and `profile`, what a profile service would say, for a preview asks none. */
  readonly variables?: unknown;
  /** Which of its variants; the first that sends when missing. */
  readonly variantId?: string | null | undefined;
  /** A part of a web page that is only thought of. */
  readonly web?: PlacementContentInput | null | undefined;
  /** A request to a program that is only thought of. */
  readonly webhook?: WebhookContentInput | null | undefined;
  /** A message by WhatsApp that is only thought of. */
  readonly whatsapp?: WhatsappContentInput | null | undefined;
};

/** What one who knows the media would say before it is sent. */
export type ContentWarningCode =
  /** An asset is named where none is looked up, such as in a person’s attribute. */
  | 'ASSET_UNRESOLVED'
  /** Something could not be made of it as it stands, such as a link that cannot be tracked. */
  | 'COMPILED'
  /** The html is larger than webmails show at once: over 102,400 bytes. */
  | 'HTML_LARGE'
  /** The html has elements that mail programs leave out, such as `<form>` and `<script>`. */
  | 'HTML_LEFT_OUT'
  /** An image has no whole address. */
  | 'IMAGE_BROKEN'
  /** An image stands in the html itself (`data:`), which webmails drop. */
  | 'IMAGE_EMBEDDED'
  /** An image comes by http. */
  | 'IMAGE_INSECURE'
  /** An image has no text for those who do not see it. */
  | 'IMAGE_WITHOUT_TEXT'
  /** A place that nobody filled, such as `*|NAME|*`, or a value that is no words, such as `[object Object]`. */
  | 'LEFTOVER'
  /** A link leads nowhere from a mail: it is empty, or no whole address. */
  | 'LINK_BROKEN'
  /** A link goes by http. */
  | 'LINK_INSECURE'
  /** A link takes much of a text message: over 40 characters. */
  | 'LINK_LONG'
  /** A link shows the address of one site and leads to another. */
  | 'LINK_MISLEADING'
  /** A link leads to a bare IP address. */
  | 'LINK_NUMERIC'
  /** A link of a public shortener, which carriers drop and filters distrust. */
  | 'LINK_SHORTENED'
  /** Images and hardly any text, which filters take for spam. */
  | 'MOSTLY_IMAGES'
  /** This person would not be sent it: it is too long, empty, or no JSON. */
  | 'NOT_SENDABLE'
  /** A commercial text message does not say how to end it. */
  | 'OPT_OUT_MISSING'
  /** The organization has no postal address that its commercial mail could say: a start would be refused. */
  | 'POSTAL_ADDRESS_MISSING'
  /** An e-mail without a preheader: mail programs show what comes first in it. */
  | 'PREHEADER_MISSING'
  /** The body of a notification is cut on most telephones: over 178 characters. */
  | 'PUSH_BODY_LONG'
  /** The title of a notification is cut on most telephones: over 50 characters. */
  | 'PUSH_TITLE_LONG'
  /** Answers go to another site than the one it comes from. */
  | 'REPLY_TO_ELSEWHERE'
  /** It comes from an address of a public mailbox, in whose name nobody else may send (DMARC). */
  | 'SENDER_PUBLIC_MAILBOX'
  /** It comes from an address that takes no answers, and there is no other for them. */
  | 'SENDER_TAKES_NO_ANSWER'
  /** A text message takes more than one segment, and each is paid for. */
  | 'SMS_SEGMENTS'
  /** Characters outside of GSM 03.38: a segment holds 70 instead of 160. The message names them. */
  | 'SMS_UNICODE'
  /** The subject begins like an answer, `Re:` or `Fwd:`, and is none. */
  | 'SUBJECT_ANSWER'
  /** The subject is all in capitals, 10 of them or more. */
  | 'SUBJECT_CAPITALS'
  /** The subject is empty for this person. */
  | 'SUBJECT_EMPTY'
  /** The subject is longer than most mail programs show: over 70 characters. */
  | 'SUBJECT_LONG'
  /** The subject has `!!`, `??`, `$$` or more than two exclamation marks. */
  | 'SUBJECT_PUNCTUATION'
  /** The subject has words that filters know from spam. */
  | 'SUBJECT_SPAM_WORDS'
  /** An e-mail without a text part: one is made from the html. */
  | 'TEXT_PART_MADE'
  /** There is a way out in it, which its html does not show this person. */
  | 'UNSUBSCRIBE_LINK_HIDDEN'
  /** There is no way out in it: a start would be refused. */
  | 'UNSUBSCRIBE_LINK_MISSING'
  /** This person has nothing for a variable. */
  | 'VARIABLE_MISSING'
  /** A variable that nobody ever has. */
  | 'VARIABLE_UNKNOWN';

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

/** An arm of any experiment, as counts. */
export type CountedArmInput = {
  /** True for the arm that all are compared with; else the first is. */
  readonly isControl?: boolean | null | undefined;
  /** How the answer is to call it. */
  readonly name: string;
  /** How many were assigned to it. */
  readonly people: number;
  /** How many of them reached the goal. */
  readonly successes: number;
  /** What they brought, all together. */
  readonly valueSum?: number | null | undefined;
  /** The squares of what each of them brought, all together. */
  readonly valueSumOfSquares?: number | null | undefined;
  /** The share of people that was to be its; checks the sample ratio. */
  readonly weight?: number | null | undefined;
};

/** A draft to make of a template. */
export type CreateCampaignFromPresetInput = {
  /** The same key with the same input makes one campaign. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name of the new campaign. */
  readonly name: string;
  /** Which template, `pst_…`. */
  readonly presetId: string;
};

/** A new campaign. */
export type CreateCampaignInput = {
  /** What decides who gets which variant. */
  readonly assignment?: AssignmentInput | null | undefined;
  /** People of the audience at most, 1 or more, drawn by a hash of the person; null: all of them. Fixed, as audiences are, once the campaign has started. */
  readonly audienceCap?: number | null | undefined;
  /** Its audiences, all of them, at most 10. */
  readonly audiences?: ReadonlyArray<AudienceInput> | null | undefined;
  /** What it may cost; null: no budget. */
  readonly budget?: BudgetInput | null | undefined;
  /** By which of its channels it reaches a person; FIRST_ELIGIBLE when missing. */
  readonly channelStrategy?: ChannelStrategy | null | undefined;
  /** What counts as success, the primary one first. */
  readonly conversionGoals?: ReadonlyArray<ConversionGoalInput> | null | undefined;
  /** What it is about, at most 2,000 characters. */
  readonly description?: string | null | undefined;
  /** Not after this time. */
  readonly endAt?: string | null | undefined;
  /** True: nobody is written to on what is Saturday or Sunday on their clock, whenever a window began. */
  readonly excludeWeekends?: boolean | null | undefined;
  /** How its variants are compared; null: by whoever looks, nothing happens by itself. */
  readonly experiment?: ExperimentInput | null | undefined;
  /** Hours past its due time after which a message is skipped. */
  readonly expiresAfterHours?: number | null | undefined;
  /** What it watches of itself, and stops at; null: nothing but its budget. */
  readonly guardrails?: GuardrailsInput | null | undefined;
  /** Share that is not contacted, 0 to 20 percent, two decimals. */
  readonly holdoutPercentage?: number | null | undefined;
  /** The same key with the same input makes one campaign. */
  readonly idempotencyKey?: string | null | undefined;
  /** When each person is written to, on their own clock; null: as soon as windows and quiet hours let them. */
  readonly localTime?: LocalTimeInput | null | undefined;
  /** The caller's own notes, an object of at most 64 KiB and 20 levels. */
  readonly metadata?: unknown;
  /** Its name, 1 to 255 characters, the only one among living campaigns. */
  readonly name: string;
  /** What becomes of a message whose turn comes in the recipient's quiet hours, or outside of the send windows; DEFER when missing. */
  readonly onQuietHours?: OnQuietHours | null | undefined;
  /** A rule of the rules engine that makes the variables `personalization.…` of people; null: none. */
  readonly personalizationRuleId?: string | null | undefined;
  /** The higher one goes first. */
  readonly priority?: number | null | undefined;
  /** What it is for. */
  readonly purpose?: CampaignPurpose | null | undefined;
  /** A rule of the rules engine that is asked when a scheduled time has come: start, wait or skip; null: none. Whoever starts it by hand has decided. */
  readonly schedulingRuleId?: string | null | undefined;
  /** The hours in which it may write to people, all of them, 10 at most unless the installation says otherwise; null or none: at any hour. They hold beside quiet hours, and may be changed while an execution is paused. */
  readonly sendWindows?: ReadonlyArray<SendWindowInput> | null | undefined;
  /** Not before this time. */
  readonly startAt?: string | null | undefined;
  /** True: a variable that nobody ever has is refused, and who lacks what is shown gets nothing rather than “Hello ,”; false, also when missing: a warning tells. */
  readonly strictVariables?: boolean | null | undefined;
  /** Words to find it by: at most 50, each 1 to 50 characters and there once. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** How fast it may send; null: no limit of its own. */
  readonly throttle?: ThrottleInput | null | undefined;
  /** Whether clicks are followed. */
  readonly trackClicks?: boolean | null | undefined;
  /** Whether openings are followed. */
  readonly trackOpens?: boolean | null | undefined;
  /** The events that set a TRIGGERED campaign off, all of them, at most 10. */
  readonly triggers?: ReadonlyArray<TriggerInput> | null | undefined;
  /** What sets it off. */
  readonly type?: CampaignType;
  /** Its variants, all of them, at most 5. */
  readonly variants?: ReadonlyArray<VariantInput> | null | undefined;
};

/** A campaign to keep as a template, as it is at this moment. */
export type CreateCampaignPresetInput = {
  /** Which campaign; later edits of it change nothing in the template. */
  readonly campaignId: string;
  /** What it is good for, at most 2,000 characters. */
  readonly description?: string | null | undefined;
  /** The same key with the same input makes one preset. */
  readonly idempotencyKey?: string | null | undefined;
  /** What the template is called, 1 to 255 characters. */
  readonly name: string;
};

/** A new content block. */
export type CreateContentBlockInput = {
  /** What it says: Liquid of its own, complete in itself, 1 to 64,000 characters; other blocks may stand in it. */
  readonly content: string;
  /** What it is good for, at most 2,000 characters. */
  readonly description?: string | null | undefined;
  /** The same key with the same input makes one block. */
  readonly idempotencyKey?: string | null | undefined;
  /** Its name in templates, `{{ blocks.name }}`: 1 to 64 small letters, digits and _, a letter first. */
  readonly key: string;
  /** What it consists of; that never changes. */
  readonly kind: ContentBlockKind;
};

/** A new segment. */
export type CreateSegmentInput = {
  /** The same key with the same input makes one segment. */
  readonly idempotencyKey?: string | null | undefined;
  /** Its name, 1 to 255 characters, the only one among the segments in use. */
  readonly name: string;
  /** A tree of {all}, {any}, {not} and {field, operator, value}. A field is of the profile (`country`), of its attributes (`attributes.plan`), or behaviour: `behaviour.opened`, or `behaviour.opened.cmp_…` for one campaign, with sent, opened, clicked or converted, and takes within_last or exists. Each rule may have a `priority`, 0 to 1,000: within its group the lower is evaluated and explained first. */
  readonly rules: unknown;
};

/** A decision on a campaign that was submitted. */
export type DecideApprovalInput = {
  /** What the submitter should know. */
  readonly comment?: string | null | undefined;
  /** The campaign. */
  readonly id: string;
  /** The `hash` of the launch plan that is approved; without it, what was submitted is. None in a rejection. */
  readonly planHash?: string | null | undefined;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** Why the variants are no longer compared. */
export type DecisionReason =
  /** The test ended without a winner: the best so far, which may be chance. */
  | 'BEST_SO_FAR'
  /** A person declared the winner. */
  | 'MANUAL'
  /** People were missing from an arm for a reason: no winner, the rest is divided. */
  | 'SAMPLE_RATIO_MISMATCH'
  /** It is better than every other arm, by a test that may be looked at any time. */
  | 'SIGNIFICANT'
  /** The test ended without a winner, and the rest is divided. */
  | 'SPLIT';

/** Which variant of a campaign is found the best. */
export type DeclareWinnerInput = {
  /** The campaign. */
  readonly id: string;
  /** The variant, one that sends. */
  readonly variantId: string;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** A content block that is not needed any more. */
export type DeleteContentBlockInput = {
  /** Which block, `blk_…`. */
  readonly id: string;
  /** The version that was looked at. */
  readonly version: number;
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
  /** What is sent; or `templateId`. */
  readonly content?: EmailContentInput | null | undefined;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The language that `content` is written in, such as `en`; who reads it is not missing a translation. */
  readonly locale?: string | null | undefined;
  /** The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none. */
  readonly locales?: ReadonlyArray<EmailLocaleInput> | null | undefined;
  /** The lowest one is tried first. */
  readonly priority?: number;
  /** The variant's own subject, over that of its template (then at most 500 characters) or content (at most 255); other languages keep theirs. */
  readonly subject?: string | null | undefined;
  /** A template of the creative service: fetched when the campaign is saved, and pinned to its version. */
  readonly templateId?: string | null | undefined;
};

/** An e-mail as its author writes it: Liquid in subject, html and text. */
export type EmailContentInput = {
  /** The body as HTML. Commercial mail needs `{{ unsubscribe_url }}` in it. `asset:` and an id is the address of an asset. */
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

/** The same content for readers of another language. */
export type EmailLocaleInput = {
  /** What they get. */
  readonly content: EmailContentInput;
  /** The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese. */
  readonly locale: string;
};

/** Whose audience to estimate: either a campaign, or audiences. */
export type EstimateAudienceInput = {
  /** Audiences that are only thought of. */
  readonly audiences?: ReadonlyArray<AudienceInput> | null | undefined;
  /** A campaign, with its variants and its holdout. */
  readonly campaignId?: string | null | undefined;
};

/** What set an execution off. */
export type ExecutionKind =
  /** A person, by `startCampaign`. */
  | 'MANUAL'
  /** The clock. */
  | 'SCHEDULED'
  /** A trial; its figures are not the campaign’s. */
  | 'TEST'
  /** A request for one person. */
  | 'TRANSACTIONAL'
  /** An event of a person's. */
  | 'TRIGGERED';

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

/** How the variants of a campaign are compared; what is missing has its default. */
export type ExperimentInput = {
  /** Whether a winner is declared without a person; false when missing. */
  readonly automaticWinner?: boolean | null | undefined;
  /** BANDIT: minutes from one batch to the next, at most 1,440; 60 when missing. */
  readonly batchMinutes?: number | null | undefined;
  /** BANDIT: batches that the audience goes out in, 2 to 100; 10 when missing. */
  readonly batches?: number | null | undefined;
  /** How sure an automatic winner is, 0.8 to 0.9999; 0.95 when missing. */
  readonly confidence?: number | null | undefined;
  /** BANDIT: share that no arm falls below, 0 to 50 percent; 5 when missing. */
  readonly floorPercentage?: number | null | undefined;
  /** TEST_THEN_ROLLOUT: what the rest gets without a winner; BEST when missing. */
  readonly ifUndecided?: UndecidedRule | null | undefined;
  /** What decides; CONVERSION when missing. */
  readonly metric?: WinnerMetric | null | undefined;
  /** Recipients that each arm needs before, 100 and more; 1,000 when missing. */
  readonly minimumPerArm?: number | null | undefined;
  /** How the audience is divided; SPLIT when missing. */
  readonly mode?: ExperimentMode | null | undefined;
  /** TEST_THEN_ROLLOUT: minutes from the start for which the rest waits, at most 30 days; 240 when missing. */
  readonly testDurationMinutes?: number | null | undefined;
  /** TEST_THEN_ROLLOUT: share that gets the variants, 1 to 90 percent; 20 when missing. */
  readonly testSamplePercentage?: number | null | undefined;
};

/** How an audience is divided among the variants. */
export type ExperimentMode =
  /** In batches; each goes rather to what is probably the best by then. */
  | 'BANDIT'
  /** Everybody at once, by the allocations. */
  | 'SPLIT'
  /** A sample by the allocations; the rest waits, and gets the winner. */
  | 'TEST_THEN_ROLLOUT';

/** What a gate said. */
export type GateResult =
  /** The message has not come here, or ended before. */
  | 'NOT_REACHED'
  /** Nothing stood against the message here. */
  | 'PASSED'
  /** The message ended here; `reason` says why. */
  | 'STOPPED'
  /** The message waits here for the next login of its person; `seen` says until when. */
  | 'WAITS';

/** What a campaign watches of itself: it is paused where a share is over its limit, beyond what chance explains. */
export type GuardrailsInput = {
  /** Complaints of delivered messages, 0.01 to 99 percent. */
  readonly complaintPercentage?: number | null | undefined;
  /** Messages that the transport refused for good, of those handed over, 0.01 to 99 percent. */
  readonly failurePercentage?: number | null | undefined;
  /** Hard bounces of sent messages, 0.01 to 99 percent. */
  readonly hardBouncePercentage?: number | null | undefined;
  /** Messages before anything is judged, 50 to 1,000,000; 500 when missing. */
  readonly minimumSample?: number | null | undefined;
  /** Unsubscribes of delivered messages, 0.01 to 99 percent. */
  readonly unsubscribePercentage?: number | null | undefined;
};

/** Contacts to import. Importing the same again changes nothing. */
export type ImportContactsInput = {
  /** The contacts, at most 1,000; more by several calls or from a file. */
  readonly contacts: ReadonlyArray<ContactInput>;
  /** Consent to e-mail of new contacts whose row says nothing of it. */
  readonly emailOptedIn?: boolean;
  /** The same key and contacts get the same report again. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A variant's content for messages inside an application. */
export type InAppChannelInput = {
  /** What is sent; or `templateId`. */
  readonly content?: InAppContentInput | null | undefined;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The language that `content` is written in, such as `en`; who reads it is not missing a translation. */
  readonly locale?: string | null | undefined;
  /** The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none. */
  readonly locales?: ReadonlyArray<InAppLocaleInput> | null | undefined;
  /** The lowest one is tried first. */
  readonly priority?: number;
  /** A template of the creative service: fetched when the campaign is saved, and pinned to its version. */
  readonly templateId?: string | null | undefined;
};

/** A message inside an application as its author writes it: Liquid in every text. */
export type InAppContentInput = {
  /** Where a tap leads: an address with its scheme, of the web (tracked) or of an application. */
  readonly actionUrl?: string | null | undefined;
  /** The words, at most 4,000 characters when they are filled in. */
  readonly body: string;
  /** The icon: an address, `asset:` and its id, or a name that the application knows. */
  readonly icon?: string | null | undefined;
  /** The title, at most 255 characters when it is filled in, one line. */
  readonly title: string;
};

/** The same content for readers of another language. */
export type InAppLocaleInput = {
  /** What they get. */
  readonly content: InAppContentInput;
  /** The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese. */
  readonly locale: string;
};

/** What one should know before a start; none of it but a too large audience forbids one. */
export type LaunchWarningCode =
  /** What would be sent is not what was approved. */
  | 'APPROVAL_OUTDATED'
  /** Nobody is in the audience: the execution would end at once. */
  | 'AUDIENCE_EMPTY'
  /** More people than an execution may have: a start is refused. */
  | 'AUDIENCE_TOO_LARGE'
  /** It would cost more than the budget. */
  | 'BUDGET_EXCEEDED'
  /** The budget says nothing of what a message by this channel costs. */
  | 'COST_UNKNOWN'
  /** The last message would leave after the end date. */
  | 'ENDS_BEFORE_FINISH'
  /** Some people read a language that their content is not written in; the 20 most read are told. */
  | 'LOCALE_MISSING'
  /** The service of strings and prices cannot be asked: what it said last would be used. */
  | 'LOCALIZATION_UNAVAILABLE'
  /** Some messages would wait for the next login of their people, and may expire before it. */
  | 'LOGIN_AWAITED'
  /** The limits are so low that no end is in sight. */
  | 'LONGER_THAN_A_YEAR'
  /** There is an audience, and nobody in it would be sent to. */
  | 'NOBODY_SENT_TO'
  /** Some people would be skipped, for they are outside of the send windows. */
  | 'OUTSIDE_WINDOW_SKIP'
  /** Some people would be skipped for their quiet hours. */
  | 'QUIET_HOURS_SKIP'
  /** An audience that another service keeps is judged by an old list of it, as the service could not be asked. */
  | 'REMOTE_LIST_STALE'
  /** A rule of the rules engine may have it wait at its time, or skip it. */
  | 'SCHEDULING_RULE'
  /** Some of those whom it names one by one are not in the directory: `namedUsers` tells whom. */
  | 'USERS_UNKNOWN'
  /** Some people would get nothing: the campaign is strict, and they lack a variable of their content. */
  | 'VARIABLE_FAILS'
  /** Some people have nothing for a variable of their content. */
  | 'VARIABLE_MISSING'
  /** A variable that nobody ever has. */
  | 'VARIABLE_UNKNOWN';

/** Whose suppression is taken back. */
export type LiftSuppressionsInput = {
  /** The medium it was made for; that of all when missing. */
  readonly channel?: ChannelKind | null | undefined;
  /** `DO_NOT_SEND` or `HARD_BOUNCED`: what people said, they alone take back. */
  readonly reason?: SuppressionReason;
  /** The organization's own ids of 1 to 1,000 people. */
  readonly userIds: ReadonlyArray<string>;
};

/** A time of day at which each recipient is written to, on their own clock. */
export type LocalTimeInput = {
  /** The time, such as `09:30`. One that a change of clocks leaves out is held right after the change, one that comes twice is held the first time. */
  readonly at: string;
  /** What becomes of those for whom it is past when the campaign starts. */
  readonly ifPast?: PastChoice;
};

/** What happened to a message. */
export type MessageEventKind =
  /** It bounced, hard or soft. */
  | 'BOUNCED'
  /** A link in it was followed. */
  | 'CLICKED'
  /** It was delivered. */
  | 'DELIVERED'
  /** It was refused for good. */
  | 'FAILED'
  /** It was opened. */
  | 'OPENED'
  /** Its transport accepted it. */
  | 'SENT'
  /** Its recipient unsubscribed by it. */
  | 'UNSUBSCRIBED';

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

/** What becomes of a message whose turn comes in the recipient's quiet hours, or outside of the send windows. */
export type OnQuietHours =
  /** It waits until it may go. */
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
  /** Text messages an hour. */
  readonly smsPerHour?: number | null | undefined;
  /** Messages of test sends an hour. */
  readonly testMessagesPerHour?: number | null | undefined;
};

/** Whose limit holds a sending back. */
export type PaceScope =
  /** The campaign's own throttle. */
  | 'CAMPAIGN'
  /** What they share on one channel, where that is less. */
  | 'CHANNEL'
  /** The limit that all campaigns of the organization share. */
  | 'ORGANIZATION';

/** What becomes of those for whom the local time is past already when the campaign starts. */
export type PastChoice =
  /** It is due at that time on their next day. */
  | 'NEXT_DAY'
  /** Their message is due at once. */
  | 'SEND_NOW'
  /** It is skipped, with the reason `past_local_time`. */
  | 'SKIP';

/** Which campaign is to stop for a while. */
export type PauseCampaignInput = {
  /** The campaign. */
  readonly id: string;
  /** Why, for those who come after. */
  readonly reason?: string | null | undefined;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** A variant's content for pages, networks or bought space. */
export type PlacementChannelInput = {
  /** What is sent; or `templateId`. */
  readonly content?: PlacementContentInput | null | undefined;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The language that `content` is written in, such as `en`; who reads it is not missing a translation. */
  readonly locale?: string | null | undefined;
  /** The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none. */
  readonly locales?: ReadonlyArray<PlacementLocaleInput> | null | undefined;
  /** The lowest one is tried first. */
  readonly priority?: number;
  /** A template of the creative service: fetched when the campaign is saved, and pinned to its version. */
  readonly templateId?: string | null | undefined;
};

/** What stands on a page of the web, in a social network or in bought space, as its author writes it: Liquid in every text. */
export type PlacementContentInput = {
  /** Where a click leads: an address with its scheme, tracked. */
  readonly actionUrl?: string | null | undefined;
  /** The words, at most 4,000 characters when they are filled in. */
  readonly body?: string | null | undefined;
  /** An image: an address with its scheme, or `asset:` and its id. */
  readonly imageUrl?: string | null | undefined;
  /** The title, at most 255 characters when it is filled in, one line. */
  readonly title: string;
};

/** The same content for readers of another language. */
export type PlacementLocaleInput = {
  /** What they get. */
  readonly content: PlacementContentInput;
  /** The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese. */
  readonly locale: string;
};

/** A variant's content for notifications. */
export type PushChannelInput = {
  /** What is sent; or `templateId`. */
  readonly content?: PushContentInput | null | undefined;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The language that `content` is written in, such as `en`; who reads it is not missing a translation. */
  readonly locale?: string | null | undefined;
  /** The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none. */
  readonly locales?: ReadonlyArray<PushLocaleInput> | null | undefined;
  /** The lowest one is tried first. */
  readonly priority?: number;
  /** A template of the creative service: fetched when the campaign is saved, and pinned to its version. */
  readonly templateId?: string | null | undefined;
};

/** A notification on a telephone as its author writes it: Liquid in every text. All of it takes at most 4,096 bytes. */
export type PushContentInput = {
  /** Where a tap leads: an address with its scheme, of the web (tracked) or of an application. */
  readonly actionUrl?: string | null | undefined;
  /** The words, at most 4,000 characters when they are filled in. */
  readonly body: string;
  /** What the application is told beside it: an object of at most 20 texts, Liquid in each of them. */
  readonly data?: unknown;
  /** The icon: an address, `asset:` and its id, or a name that the application knows. */
  readonly icon?: string | null | undefined;
  /** The title, at most 255 characters when it is filled in, one line. */
  readonly title: string;
};

/** The same content for readers of another language. */
export type PushLocaleInput = {
  /** What they get. */
  readonly content: PushContentInput;
  /** The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese. */
  readonly locale: string;
};

/** A change of quiet hours: what is missing stays as it is. */
export type QuietHoursInput = {
  /** Whether commercial text messages rest from 21:00 to 08:00 at least, whatever else is set. */
  readonly commercialSms?: boolean | null | undefined;
  /** False: there are none. */
  readonly enabled?: boolean | null | undefined;
  /** From this time of day, such as 21:00. */
  readonly from?: string | null | undefined;
  /** The time zone for recipients whose own is unknown. */
  readonly timeZone?: string | null | undefined;
  /** Until this time of day. */
  readonly until?: string | null | undefined;
};

/** When something is due again and again, on the clock of a time zone. */
export type RecurrenceInput = {
  /** So many occurrences and no more, missed ones among them. */
  readonly count?: number | null | undefined;
  /** Minute, hour, day of month, month, day of week, such as `0 9 * * MON`; the minute is one number. A time that a change of clocks leaves out is held right after the change, one that comes twice is held once. */
  readonly cron: string;
  /** An IANA time zone; the organization's when missing. */
  readonly timeZone?: string | null | undefined;
};

/** Which execution is to send again. */
export type RetryFailedInput = {
  /** The public id of the execution, `exe_…`. */
  readonly executionId: string;
  /** The same key sends again once. */
  readonly idempotencyKey?: string | null | undefined;
};

/** What an experiment is to find, and how surely. */
export type SampleSizeInput = {
  /** Rate of the control, between 0 and 1. */
  readonly baseline: number;
  /** Smallest difference of rates that matters, such as 0.01; may be negative. */
  readonly difference: number;
  /** Chance of finding the difference; 0.8 when missing. */
  readonly power?: number | null | undefined;
  /** Chance of a false alarm, two-sided; 0.05 when missing. */
  readonly significance?: number | null | undefined;
};

/** A time to start at, or a calendar. */
export type ScheduleCampaignInput = {
  /** When, at least 5 minutes ahead; of a campaign of one time. */
  readonly at?: string | null | undefined;
  /** The campaign. */
  readonly id: string;
  /** When, again and again; of a recurring campaign. */
  readonly recurrence?: RecurrenceInput | null | undefined;
  /** Refuse when the campaign is at another version. */
  readonly version?: number | null | undefined;
};

/** Which times to tell: either of a campaign, or of a recurrence that is only thought of. */
export type SchedulePreviewInput = {
  /** Later ones than this; now when missing. */
  readonly after?: string | null | undefined;
  /** A campaign that is scheduled. */
  readonly campaignId?: string | null | undefined;
  /** Earlier ones than this end date. */
  readonly endAt?: string | null | undefined;
  /** How many, at most 100. */
  readonly first?: number;
  /** When, again and again, if one scheduled it so. */
  readonly recurrence?: RecurrenceInput | null | undefined;
};

/** Which segments a list is about: all that is given must hold. */
export type SegmentFilterInput = {
  /** Those that were archived, in place of those in use. */
  readonly archived?: boolean | null | undefined;
  /** With all of these words in the name, in whatever case. */
  readonly text?: string | null | undefined;
};

/** The order of a list of segments. */
export type SegmentOrder =
  /** The one changed last comes first. */
  | 'CHANGED'
  /** By name, in whatever case. */
  | 'NAME'
  /** The one made last comes first. */
  | 'NEWEST'
  /** The one made first comes first. */
  | 'OLDEST';

/** A campaign, and the people who are to get it as a test. */
export type SendTestInput = {
  /** E-mail addresses, of contacts or of nobody known. With `userIds` up to 20, unless set otherwise. */
  readonly addresses?: ReadonlyArray<string> | null | undefined;
  /** The public id of the campaign, `cmp_…`. */
  readonly campaignId: string;
  /** The medium; by any but e-mail a test goes to contacts alone. */
  readonly channel?: ChannelKind;
  /** The same key with the same input is sent once. */
  readonly idempotencyKey?: string | null | undefined;
  /** The contact whose data fills the templates of all; each recipient's own when missing. */
  readonly sampleUserId?: string | null | undefined;
  /** A subject in the place of the variants’ own: Liquid, up to 500 characters. */
  readonly subject?: string | null | undefined;
  /** Stands before each subject, or before the first words where there is none: plain, up to 50 characters, empty for none. */
  readonly subjectPrefix?: string;
  /** The organization's own ids of contacts. */
  readonly userIds?: ReadonlyArray<string> | null | undefined;
  /** The variant to send; each one that sends when missing. */
  readonly variantId?: string | null | undefined;
};

/** Hours in which a campaign may write to people, by the clock of each. */
export type SendWindowInput = {
  /** The days on which it opens; all of them when missing. */
  readonly days?: ReadonlyArray<WeekDay> | null | undefined;
  /** When it opens, such as `09:00`. */
  readonly from: string;
  /** When it closes, such as `17:30` or `24:00`: the first minute that is outside. Earlier than `from`: on the next day. */
  readonly until: string;
};

/** A variant's content for text messages. */
export type SmsChannelInput = {
  /** What is sent; or `templateId`. */
  readonly content?: SmsContentInput | null | undefined;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The language that `content` is written in, such as `en`; who reads it is not missing a translation. */
  readonly locale?: string | null | undefined;
  /** The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none. */
  readonly locales?: ReadonlyArray<SmsLocaleInput> | null | undefined;
  /** The lowest one is tried first. */
  readonly priority?: number;
  /** A template of the creative service: fetched when the campaign is saved, and pinned to its version. */
  readonly templateId?: string | null | undefined;
};

/** A text message as its author writes it: Liquid in its body. */
export type SmsContentInput = {
  /** The words. Addresses in them that are the same for everybody are tracked. */
  readonly body: string;
  /** As many segments as it may take, 1 to 10: 160 characters of GSM 03.38 in one, 153 in each of several; 70 and 67 of others. A longer one is not sent. */
  readonly maxSegments?: number;
};

/** How the letters of a text message travel. */
export type SmsEncoding =
  /** GSM 03.38: 160 characters alone, 153 in each of several segments. */
  | 'GSM_7'
  /** UCS-2, as soon as one character is not in GSM 03.38: 70 alone, 67 in each of several. */
  | 'UCS_2';

/** The same content for readers of another language. */
export type SmsLocaleInput = {
  /** What they get. */
  readonly content: SmsContentInput;
  /** The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese. */
  readonly locale: string;
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

/** Who is not to be contacted any more, where, and why. */
export type SuppressUsersInput = {
  /** On this medium; on all of them when missing. */
  readonly channel?: ChannelKind | null | undefined;
  /** The same key with the same input is done once. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why; `ERASED` is said by an erasure alone. */
  readonly reason?: SuppressionReason;
  /** The organization's own ids of 1 to 1,000 people, known or not known yet. */
  readonly userIds: ReadonlyArray<string>;
};

/** Which suppressions: all that is given must hold. */
export type SuppressionFilterInput = {
  /** Made for this medium alone. */
  readonly channel?: ChannelKind | null | undefined;
  /** Of this reason. */
  readonly reason?: SuppressionReason | null | undefined;
};

/** Why a person is not contacted any more. */
export type SuppressionReason =
  /** They complained of a message. */
  | 'COMPLAINED'
  /** The organization decided it. */
  | 'DO_NOT_SEND'
  /** Their data were erased. */
  | 'ERASED'
  /** Their address does not exist. */
  | 'HARD_BOUNCED'
  /** They asked for it. */
  | 'UNSUBSCRIBED';

/** How fast a campaign may send: the strictest of the rules that are given. */
export type ThrottleInput = {
  /** Messages a day, at least 100. */
  readonly perDay?: number | null | undefined;
  /** Messages an hour, at least 100. */
  readonly perHour?: number | null | undefined;
  /** Messages a minute. */
  readonly perMinute?: number | null | undefined;
};

/** What must be true of an event. */
export type TriggerConditionInput = {
  /** A path into the event's data, such as `order.total`. */
  readonly field: string;
  /** How the value is compared. */
  readonly operator: ConditionOperator;
  /** A text, a number or a boolean; a number or a time for GREATER_THAN and LESS_THAN; a list for IN; true when missing for EXISTS. */
  readonly value?: unknown;
};

/** An event that sets the campaign off for the person it is about. */
export type TriggerInput = {
  /** What must be true of the event, all of it; at most 10. */
  readonly conditions?: ReadonlyArray<TriggerConditionInput> | null | undefined;
  /** Minutes from the event to the message, 0 to 43,200 (30 days). */
  readonly delayMinutes?: number | null | undefined;
  /** False: it is kept and not heard; true when missing. */
  readonly enabled?: boolean | null | undefined;
  /** The event type, such as `order.completed`. */
  readonly eventType: string;
  /** How often at most for one person; once when missing. */
  readonly frequencyCount?: number | null | undefined;
  /** Within how many hours; 24 when missing. */
  readonly frequencyHours?: number | null | undefined;
  /** Whether quiet hours hold for it; true when missing. */
  readonly heedsQuietHours?: boolean | null | undefined;
  /** Which present trigger this is; without it a new one. */
  readonly id?: string | null | undefined;
};

/** What those who wait get when the test has ended without a winner. */
export type UndecidedRule =
  /** The variant with the best figure so far; never a control. */
  | 'BEST'
  /** The variants that send, in the proportion of their allocations. */
  | 'SPLIT';

/** A change of a draft or paused campaign: what is missing stays as it is. */
export type UpdateCampaignInput = {
  /** What decides who gets which variant. */
  readonly assignment?: AssignmentInput | null | undefined;
  /** People of the audience at most, 1 or more, drawn by a hash of the person; null: all of them. Fixed, as audiences are, once the campaign has started. */
  readonly audienceCap?: number | null | undefined;
  /** Its audiences, all of them, at most 10. */
  readonly audiences?: ReadonlyArray<AudienceInput> | null | undefined;
  /** What it may cost; null: no budget. */
  readonly budget?: BudgetInput | null | undefined;
  /** By which of its channels it reaches a person; FIRST_ELIGIBLE when missing. */
  readonly channelStrategy?: ChannelStrategy | null | undefined;
  /** What counts as success, the primary one first. */
  readonly conversionGoals?: ReadonlyArray<ConversionGoalInput> | null | undefined;
  /** What it is about, at most 2,000 characters. */
  readonly description?: string | null | undefined;
  /** Not after this time. */
  readonly endAt?: string | null | undefined;
  /** True: nobody is written to on what is Saturday or Sunday on their clock, whenever a window began. */
  readonly excludeWeekends?: boolean | null | undefined;
  /** How its variants are compared; null: by whoever looks, nothing happens by itself. */
  readonly experiment?: ExperimentInput | null | undefined;
  /** Hours past its due time after which a message is skipped. */
  readonly expiresAfterHours?: number | null | undefined;
  /** What it watches of itself, and stops at; null: nothing but its budget. */
  readonly guardrails?: GuardrailsInput | null | undefined;
  /** Share that is not contacted, 0 to 20 percent, two decimals. */
  readonly holdoutPercentage?: number | null | undefined;
  /** Which campaign. */
  readonly id: string;
  /** When each person is written to, on their own clock; null: as soon as windows and quiet hours let them. */
  readonly localTime?: LocalTimeInput | null | undefined;
  /** The caller's own notes, an object of at most 64 KiB and 20 levels. */
  readonly metadata?: unknown;
  /** A new name. */
  readonly name?: string | null | undefined;
  /** What becomes of a message whose turn comes in the recipient's quiet hours, or outside of the send windows; DEFER when missing. */
  readonly onQuietHours?: OnQuietHours | null | undefined;
  /** A rule of the rules engine that makes the variables `personalization.…` of people; null: none. */
  readonly personalizationRuleId?: string | null | undefined;
  /** The higher one goes first. */
  readonly priority?: number | null | undefined;
  /** What it is for. */
  readonly purpose?: CampaignPurpose | null | undefined;
  /** A rule of the rules engine that is asked when a scheduled time has come: start, wait or skip; null: none. Whoever starts it by hand has decided. */
  readonly schedulingRuleId?: string | null | undefined;
  /** The hours in which it may write to people, all of them, 10 at most unless the installation says otherwise; null or none: at any hour. They hold beside quiet hours, and may be changed while an execution is paused. */
  readonly sendWindows?: ReadonlyArray<SendWindowInput> | null | undefined;
  /** Not before this time. */
  readonly startAt?: string | null | undefined;
  /** True: a variable that nobody ever has is refused, and who lacks what is shown gets nothing rather than “Hello ,”; false, also when missing: a warning tells. */
  readonly strictVariables?: boolean | null | undefined;
  /** Words to find it by: at most 50, each 1 to 50 characters and there once. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** How fast it may send; null: no limit of its own. */
  readonly throttle?: ThrottleInput | null | undefined;
  /** Whether clicks are followed. */
  readonly trackClicks?: boolean | null | undefined;
  /** Whether openings are followed. */
  readonly trackOpens?: boolean | null | undefined;
  /** The events that set a TRIGGERED campaign off, all of them, at most 10. */
  readonly triggers?: ReadonlyArray<TriggerInput> | null | undefined;
  /** Its variants, all of them, at most 5. */
  readonly variants?: ReadonlyArray<VariantInput> | null | undefined;
  /** The version that the change was made from. */
  readonly version: number;
};

/** A change of a template: what is missing stays as it is. */
export type UpdateCampaignPresetInput = {
  /** Campaigns made of it are from now on what this campaign is at this moment. */
  readonly campaignId?: string | null | undefined;
  /** What it is good for, at most 2,000 characters; null: nothing. */
  readonly description?: string | null | undefined;
  /** Which template, `pst_…`. */
  readonly id: string;
  /** A new name, 1 to 255 characters. */
  readonly name?: string | null | undefined;
  /** The version that the change was made from. */
  readonly version: number;
};

/** A change of a content block: what is missing stays as it is. */
export type UpdateContentBlockInput = {
  /** What it says from now on. */
  readonly content?: string | null | undefined;
  /** What it is good for; null: nothing. */
  readonly description?: string | null | undefined;
  /** Which block, `blk_…`. */
  readonly id: string;
  /** The version that the change was made from. */
  readonly version: number;
};

/** A change of settings: what is missing stays as it is. */
export type UpdateOrganizationSettingsInput = {
  /** Whether a campaign needs an approval before it starts. */
  readonly approvalRequired?: boolean | null | undefined;
  /** Where relative addresses of images lead, by https; null: as the service has it. */
  readonly assetBaseUrl?: string | null | undefined;
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

/** A change of a segment; executions that have started keep its rules of then. */
export type UpdateSegmentInput = {
  /** Which segment. */
  readonly id: string;
  /** A new name. */
  readonly name?: string | null | undefined;
  /** New rules. A field is of the profile (`country`), of its attributes (`attributes.plan`), or behaviour: `behaviour.opened`, or `behaviour.opened.cmp_…` for one campaign, with sent, opened, clicked or converted, and takes within_last or exists. Each rule may have a `priority`, 0 to 1,000: within its group the lower is evaluated and explained first. */
  readonly rules?: unknown;
  /** The version that the change was made from. */
  readonly version: number;
};

/** One arm of a campaign. With the id or the name of a present variant it stays that variant. */
export type VariantInput = {
  /** Its share in percent, two decimals; a single variant has 100. */
  readonly allocation?: number | null | undefined;
  /** With assignment by attribute: the value whose people get it. */
  readonly attributeValue?: string | null | undefined;
  /** Its advertisement in bought space. */
  readonly display?: PlacementChannelInput | null | undefined;
  /** Its e-mail; a control has none. */
  readonly email?: EmailChannelInput | null | undefined;
  /** Which present variant this is. */
  readonly id?: string | null | undefined;
  /** Its message inside an application. */
  readonly inApp?: InAppChannelInput | null | undefined;
  /** True: its people are counted and get nothing. */
  readonly isControl?: boolean;
  /** Its name within the campaign, 1 to 100 characters. */
  readonly name: string;
  /** Its notification on a telephone or in a browser. */
  readonly push?: PushChannelInput | null | undefined;
  /** Its text message. */
  readonly sms?: SmsChannelInput | null | undefined;
  /** Its post or message on a social network. */
  readonly social?: PlacementChannelInput | null | undefined;
  /** Its part of a web page. */
  readonly web?: PlacementChannelInput | null | undefined;
  /** Its request to a program. */
  readonly webhook?: WebhookChannelInput | null | undefined;
  /** Its message by WhatsApp. */
  readonly whatsapp?: WhatsappChannelInput | null | undefined;
};

/** What an execution waits for when nothing moves. */
export type WaitingReason =
  /** More money: the rest of the budget does not pay what is next, which expires unless it does. */
  | 'BUDGET'
  /** The time at which the rest may be sent, for another reason. */
  | 'DUE_TIME'
  /** The end of a test, or the next batch: who is next has no variant yet. */
  | 'EXPERIMENT'
  /** A service that never said anything of strings or prices that some of the people need, for a minute. */
  | 'LOCALIZATION'
  /** The time of day at which those who are next are written to, on their own clock. */
  | 'LOCAL_TIME'
  /** Its people: what is left is messages in the application, each for the next login of its person. `until`: when the last of them expires. */
  | 'LOGIN'
  /** A person paused it; a person resumes it. */
  | 'PAUSE'
  /** An answer that the transport owes: it is asked again under the same keys. */
  | 'PROVIDER'
  /** The end of the quiet hours of those who are next. */
  | 'QUIET_HOURS'
  /** The time to try again what was refused for now, or bounced for now. */
  | 'RETRY'
  /** The limit of messages per minute. */
  | 'THROTTLE'
  /** The send window that opens next for those who are next. */
  | 'WINDOW';

/** A variant's content for webhooks. Programs read one language. */
export type WebhookChannelInput = {
  /** What is sent. */
  readonly content: WebhookContentInput;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The lowest one is tried first. */
  readonly priority?: number;
};

/** A request to a program as its author writes it: Liquid in its payload. */
export type WebhookContentInput = {
  /** At most 20 headers, each once. */
  readonly headers?: ReadonlyArray<WebhookHeaderInput>;
  /** How it asks. */
  readonly method?: WebhookMethod;
  /** The body. With the content type JSON, which is the default, what it becomes must be JSON: a value is escaped as the inside of a text, so write quotes around it, or `| json` after it. */
  readonly payloadTemplate: string;
  /** Where it goes: an https address of the open internet, without credentials, the same for everybody. */
  readonly url: string;
};

/** A header of a request, the same for everybody. */
export type WebhookHeaderInput = {
  /** Its name; none that belongs to the connection or to the signature. */
  readonly name: string;
  /** One line of printable ASCII characters. */
  readonly value: string;
};

/** How a webhook asks. */
export type WebhookMethod =
  /** A part of something is changed. */
  | 'PATCH'
  /** Something new is told. */
  | 'POST'
  /** Something is put in its place. */
  | 'PUT';

/** A day of the week on the clock of the recipient. */
export type WeekDay =
  /** The fifth day; a window that begins on it may end on the sixth. */
  | 'FRIDAY'
  /** The first day of the week, as ISO 8601 counts. */
  | 'MONDAY'
  /** The sixth day, which `excludeWeekends` leaves out. */
  | 'SATURDAY'
  /** The seventh day, which `excludeWeekends` leaves out. */
  | 'SUNDAY'
  /** The fourth day. */
  | 'THURSDAY'
  /** The second day. */
  | 'TUESDAY'
  /** The third day. */
  | 'WEDNESDAY';

/** A variant's content for WhatsApp. */
export type WhatsappChannelInput = {
  /** What is sent; or `templateId`. */
  readonly content?: WhatsappContentInput | null | undefined;
  /** False: nothing is sent by it. */
  readonly enabled?: boolean;
  /** The language that `content` is written in, such as `en`; who reads it is not missing a translation. */
  readonly locale?: string | null | undefined;
  /** The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none. */
  readonly locales?: ReadonlyArray<WhatsappLocaleInput> | null | undefined;
  /** The lowest one is tried first. */
  readonly priority?: number;
  /** A template of the creative service: fetched when the campaign is saved, and pinned to its version. */
  readonly templateId?: string | null | undefined;
};

/** A message by WhatsApp as its author writes it: Liquid in its body. */
export type WhatsappContentInput = {
  /** The words, at most 1,600 characters when they are filled in. Addresses in them are tracked. */
  readonly body: string;
  /** WhatsApp's own template, one that WhatsApp approved: the provider needs its name to write to people who have not written first. It is not a template of the creative service. */
  readonly providerTemplateId?: string | null | undefined;
};

/** The same content for readers of another language. */
export type WhatsappLocaleInput = {
  /** What they get. */
  readonly content: WhatsappContentInput;
  /** The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese. */
  readonly locale: string;
};

/** What variants are compared by; each counts eligible people assigned, sent to or not. */
export type WinnerMetric =
  /** People who clicked; machines do not count. */
  | 'CLICK'
  /** People who reached the first conversion goal. */
  | 'CONVERSION'
  /** People who opened; machines do not count. */
  | 'OPEN'
  /** What each person brought towards the first conversion goal. */
  | 'REVENUE';

export type ImportContactsMutationVariables = Exact<{
  input: ImportContactsInput;
}>;


export type ImportContactsMutation = { readonly importContacts: { readonly report: { readonly accepted: number, readonly created: number, readonly updated: number, readonly unchanged: number, readonly rejected: number, readonly rejections: ReadonlyArray<{ readonly line: number, readonly reason: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CreateSegmentMutationVariables = Exact<{
  input: CreateSegmentInput;
}>;


export type CreateSegmentMutation = { readonly createSegment: { readonly segment: { readonly id: string, readonly name: string, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type UpdateSegmentMutationVariables = Exact<{
  input: UpdateSegmentInput;
}>;


export type UpdateSegmentMutation = { readonly updateSegment: { readonly segment: { readonly id: string, readonly name: string, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ArchiveSegmentMutationVariables = Exact<{
  input: ArchiveSegmentInput;
}>;


export type ArchiveSegmentMutation = { readonly archiveSegment: { readonly segment: { readonly id: string, readonly version: number, readonly archivedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type SegmentQueryVariables = Exact<{
  id: string;
}>;


export type SegmentQuery = { readonly segment: { readonly id: string, readonly name: string, readonly description: string, readonly rules: unknown, readonly version: number, readonly updatedAt: string } | null };

export type SegmentsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  filter?: SegmentFilterInput | null | undefined;
  orderBy?: SegmentOrder;
}>;


export type SegmentsQuery = { readonly segments: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly version: number } }> } };

export type EstimateAudienceQueryVariables = Exact<{
  input: EstimateAudienceInput;
}>;


export type EstimateAudienceQuery = { readonly estimateAudience: { readonly estimate: { readonly people: number, readonly sent: number, readonly control: number, readonly heldOut: number, readonly reach: number | null, readonly perAudience: ReadonlyArray<number>, readonly skipped: ReadonlyArray<{ readonly reason: string, readonly count: number }>, readonly variants: ReadonlyArray<{ readonly id: string, readonly count: number }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type SuppressUsersMutationVariables = Exact<{
  input: SuppressUsersInput;
}>;


export type SuppressUsersMutation = { readonly suppressUsers: { readonly changed: number | null, readonly unchanged: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type LiftSuppressionsMutationVariables = Exact<{
  input: LiftSuppressionsInput;
}>;


export type LiftSuppressionsMutation = { readonly liftSuppressions: { readonly changed: number | null, readonly unchanged: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type SuppressionsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  filter?: SuppressionFilterInput | null | undefined;
}>;


export type SuppressionsQuery = { readonly suppressions: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly channel: ChannelKind | null, readonly reason: SuppressionReason, readonly since: string, readonly user: { readonly id: string } } }> } };

export type OutcomeFragment = { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CreateCampaignMutation = { readonly createCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type UpdateCampaignMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type UpdateCampaignMutation = { readonly updateCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CloneCampaignMutationVariables = Exact<{
  input: CloneCampaignInput;
}>;


export type CloneCampaignMutation = { readonly cloneCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type SubmitForApprovalMutationVariables = Exact<{
  input: CampaignActionInput;
}>;


export type SubmitForApprovalMutation = { readonly submitForApproval: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ApproveCampaignMutationVariables = Exact<{
  input: DecideApprovalInput;
}>;


export type ApproveCampaignMutation = { readonly approveCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type RejectCampaignMutationVariables = Exact<{
  input: DecideApprovalInput;
}>;


export type RejectCampaignMutation = { readonly rejectCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ScheduleCampaignMutationVariables = Exact<{
  input: ScheduleCampaignInput;
}>;


export type ScheduleCampaignMutation = { readonly scheduleCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ContentPreviewQueryVariables = Exact<{
  input: ContentPreviewInput;
}>;


export type ContentPreviewQuery = { readonly contentPreview: { readonly preview: { readonly channel: ChannelKind, readonly fields: unknown, readonly subject: string | null, readonly html: string | null, readonly text: string | null, readonly senderName: string | null, readonly senderEmail: string | null, readonly replyTo: string | null, readonly variantId: string | null, readonly smsSize: { readonly encoding: SmsEncoding, readonly units: number, readonly segments: number } | null, readonly warnings: ReadonlyArray<{ readonly code: ContentWarningCode, readonly message: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type SchedulePreviewQueryVariables = Exact<{
  input: SchedulePreviewInput;
}>;


export type SchedulePreviewQuery = { readonly schedulePreview: { readonly occurrences: ReadonlyArray<{ readonly at: string, readonly localTime: string }>, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ActivateCampaignMutationVariables = Exact<{
  input: CampaignActionInput;
}>;


export type ActivateCampaignMutation = { readonly activateCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type UnscheduleCampaignMutationVariables = Exact<{
  input: CampaignActionInput;
}>;


export type UnscheduleCampaignMutation = { readonly unscheduleCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

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

export type ArchiveCampaignMutationVariables = Exact<{
  input: CampaignActionInput;
}>;


export type ArchiveCampaignMutation = { readonly archiveCampaign: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CreateCampaignPresetMutationVariables = Exact<{
  input: CreateCampaignPresetInput;
}>;


export type CreateCampaignPresetMutation = { readonly createCampaignPreset: { readonly preset: { readonly id: string, readonly name: string, readonly campaignType: CampaignType } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CreateCampaignFromPresetMutationVariables = Exact<{
  input: CreateCampaignFromPresetInput;
}>;


export type CreateCampaignFromPresetMutation = { readonly createCampaignFromPreset: { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type UpdateCampaignPresetMutationVariables = Exact<{
  input: UpdateCampaignPresetInput;
}>;


export type UpdateCampaignPresetMutation = { readonly updateCampaignPreset: { readonly preset: { readonly id: string, readonly version: number, readonly name: string, readonly description: string | null, readonly definition: unknown } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ArchiveCampaignPresetMutationVariables = Exact<{
  input: ArchiveCampaignPresetInput;
}>;


export type ArchiveCampaignPresetMutation = { readonly archiveCampaignPreset: { readonly preset: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CampaignPresetQueryVariables = Exact<{
  id: string;
}>;


export type CampaignPresetQuery = { readonly campaignPreset: { readonly id: string, readonly name: string, readonly description: string | null, readonly campaignType: CampaignType, readonly definition: unknown, readonly version: number, readonly createdBy: string, readonly createdAt: string, readonly updatedBy: string | null, readonly updatedAt: string | null } | null };

export type CampaignPresetsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type CampaignPresetsQuery = { readonly campaignPresets: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly description: string | null, readonly campaignType: CampaignType } }> } };

export type CampaignQueryVariables = Exact<{
  id: string;
}>;


export type CampaignQuery = { readonly campaign: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly version: number, readonly approval: Approval, readonly allowedActions: ReadonlyArray<CampaignAction>, readonly scheduledAt: string | null, readonly waitsForPlace: boolean, readonly missedReason: string | null, readonly approvalRecord: { readonly submittedBy: string, readonly submittedAt: string, readonly decidedBy: string | null, readonly decidedAt: string | null, readonly comment: string | null, readonly planHash: string | null } | null, readonly recurrence: { readonly cron: string, readonly timeZone: string, readonly count: number | null, readonly passed: number } | null, readonly variants: ReadonlyArray<{ readonly id: string, readonly name: string, readonly allocation: number, readonly isControl: boolean }>, readonly executions: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly status: ExecutionStatus } }> } } | null };

export type LaunchPlanQueryVariables = Exact<{
  campaignId: string;
}>;


export type LaunchPlanQuery = { readonly launchPlan: { readonly hash: string, readonly people: number, readonly sent: number, readonly finishesAt: string | null, readonly exclusions: ReadonlyArray<{ readonly reason: string, readonly count: number }>, readonly variants: ReadonlyArray<{ readonly name: string, readonly channel: ChannelKind | null, readonly people: number }>, readonly waves: ReadonlyArray<{ readonly dueAt: string, readonly timeZone: string, readonly localTime: string | null, readonly people: number }>, readonly limits: ReadonlyArray<{ readonly scope: PaceScope, readonly perMinute: number }>, readonly cost: { readonly amount: string, readonly budget: string, readonly currency: string, readonly exceeded: boolean, readonly byChannel: ReadonlyArray<{ readonly channel: ChannelKind, readonly messages: number, readonly amount: string }> } | null, readonly locales: ReadonlyArray<{ readonly variantId: string, readonly locale: string | null, readonly people: number }>, readonly warnings: ReadonlyArray<{ readonly code: LaunchWarningCode, readonly message: string, readonly share: number | null }>, readonly refusals: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } | null };

export type CampaignsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  filter?: CampaignFilterInput | null | undefined;
  orderBy?: CampaignOrder;
}>;


export type CampaignsQuery = { readonly campaigns: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly status: CampaignStatus, readonly scheduledAt: string | null, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number } } }> } };

export type CampaignChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type CampaignChangedSubscription = { readonly campaignChanged: { readonly cursor: string, readonly campaign: { readonly id: string, readonly status: CampaignStatus, readonly version: number, readonly allowedActions: ReadonlyArray<CampaignAction> } } };

export type CreateContentBlockMutationVariables = Exact<{
  input: CreateContentBlockInput;
}>;


export type CreateContentBlockMutation = { readonly createContentBlock: { readonly contentBlock: { readonly id: string, readonly key: string, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type UpdateContentBlockMutationVariables = Exact<{
  input: UpdateContentBlockInput;
}>;


export type UpdateContentBlockMutation = { readonly updateContentBlock: { readonly contentBlock: { readonly id: string, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type DeleteContentBlockMutationVariables = Exact<{
  input: DeleteContentBlockInput;
}>;


export type DeleteContentBlockMutation = { readonly deleteContentBlock: { readonly contentBlock: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ContentBlockQueryVariables = Exact<{
  id: string;
}>;


export type ContentBlockQuery = { readonly contentBlock: { readonly id: string, readonly key: string, readonly kind: ContentBlockKind, readonly description: string | null, readonly content: string, readonly uses: ReadonlyArray<string>, readonly version: number, readonly createdBy: string, readonly createdAt: string, readonly updatedBy: string, readonly updatedAt: string } | null };

export type ContentBlocksQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ContentBlocksQuery = { readonly contentBlocks: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly key: string, readonly kind: ContentBlockKind, readonly version: number, readonly updatedAt: string } }> } };

export type RefreshCampaignBlocksMutationVariables = Exact<{
  input: CampaignActionInput;
}>;


export type RefreshCampaignBlocksMutation = { readonly refreshCampaignBlocks: { readonly campaign: { readonly id: string, readonly version: number, readonly approval: Approval, readonly outdatedBlocks: ReadonlyArray<{ readonly key: string, readonly pinnedVersion: number, readonly presentVersion: number | null }>, readonly variants: ReadonlyArray<{ readonly channels: ReadonlyArray<{ readonly locale: string | null, readonly locales: ReadonlyArray<{ readonly locale: string, readonly email: { readonly subject: string } | null }>, readonly blocks: ReadonlyArray<{ readonly key: string, readonly version: number }> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

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

export type ExecutionNowQueryVariables = Exact<{
  executionId: string;
}>;


export type ExecutionNowQuery = { readonly executionProgress: { readonly cursor: string, readonly status: ExecutionStatus, readonly reconciliation: { readonly audience: number, readonly people: number, readonly sent: number, readonly unknown: number, readonly failed: number, readonly skipped: number, readonly heldOut: number, readonly control: number, readonly cancelled: number, readonly queued: number, readonly inFlight: number, readonly balanced: boolean, readonly skippedByReason: ReadonlyArray<{ readonly reason: string, readonly count: number }> } } | null };

export type ReconciliationQueryVariables = Exact<{
  executionId: string;
}>;


export type ReconciliationQuery = { readonly execution: { readonly status: ExecutionStatus, readonly completedAt: string | null, readonly reconciliation: { readonly audience: number, readonly people: number, readonly sent: number, readonly unknown: number, readonly failed: number, readonly skipped: number, readonly heldOut: number, readonly control: number, readonly cancelled: number, readonly queued: number, readonly inFlight: number, readonly balanced: boolean, readonly notSentByReason: ReadonlyArray<{ readonly reason: string, readonly count: number }>, readonly skippedByReason: ReadonlyArray<{ readonly reason: string, readonly count: number }> } } | null };

export type MessagesNotSentQueryVariables = Exact<{
  executionId: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type MessagesNotSentQuery = { readonly execution: { readonly messages: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly disposition: Disposition, readonly reason: string | null, readonly recipient: { readonly id: string } | null } }> } } | null };

export type MessageQueryVariables = Exact<{
  id: string;
}>;


export type MessageQuery = { readonly message: { readonly id: string, readonly disposition: Disposition, readonly status: MessageStatus, readonly reason: string | null, readonly attempt: number, readonly judgedAt: string, readonly sentAt: string | null, readonly deliveredAt: string | null, readonly openedAt: string | null, readonly clickedAt: string | null, readonly variant: { readonly id: string, readonly name: string } | null, readonly recipient: { readonly id: string } | null, readonly execution: { readonly id: string } | null } | null };

export type ExplainQueryVariables = Exact<{
  campaignId: string;
  userId: string;
}>;


export type ExplainQuery = { readonly explain: ReadonlyArray<{ readonly message: { readonly id: string, readonly disposition: Disposition, readonly reason: string | null } | null, readonly gates: ReadonlyArray<{ readonly gate: string, readonly result: GateResult, readonly reason: string | null, readonly seen: unknown }> }> | null };

export type RetryFailedMutationVariables = Exact<{
  input: RetryFailedInput;
}>;


export type RetryFailedMutation = { readonly retryFailed: { readonly messages: number | null, readonly execution: { readonly id: string, readonly status: ExecutionStatus, readonly round: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type MessageEventsSubscriptionVariables = Exact<{
  campaignId?: string | null | undefined;
  executionId?: string | null | undefined;
  kinds?: ReadonlyArray<MessageEventKind> | MessageEventKind | null | undefined;
  after?: string | null | undefined;
}>;


export type MessageEventsSubscription = { readonly messageEvents: { readonly cursor: string, readonly skipped: number, readonly events: ReadonlyArray<{ readonly kind: MessageEventKind, readonly at: string, readonly machine: boolean, readonly message: { readonly id: string, readonly status: MessageStatus, readonly recipient: { readonly id: string } | null } | null }> } };

export type SendTestMutationVariables = Exact<{
  input: SendTestInput;
}>;


export type SendTestMutation = { readonly sendTest: { readonly messages: number | null, readonly execution: { readonly id: string, readonly kind: ExecutionKind, readonly status: ExecutionStatus, readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly testAddress: string | null, readonly status: MessageStatus, readonly reason: string | null } }> } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type OrganizationQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationQuery = { readonly organization: { readonly id: string, readonly version: number, readonly settings: { readonly timeZone: string, readonly postalAddress: string | null, readonly approvalRequired: boolean, readonly controlGroupPercentage: number, readonly limits: { readonly enabled: boolean, readonly messagesPerHour: number, readonly emailsPerHour: number, readonly runningCampaigns: number }, readonly quietHours: { readonly enabled: boolean, readonly from: string, readonly until: string, readonly timeZone: string } } } };

export type UpdateOrganizationSettingsMutationVariables = Exact<{
  input: UpdateOrganizationSettingsInput;
}>;


export type UpdateOrganizationSettingsMutation = { readonly updateOrganizationSettings: { readonly organization: { readonly id: string, readonly settings: { readonly postalAddress: string | null, readonly limits: { readonly enabled: boolean }, readonly quietHours: { readonly enabled: boolean } } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type AuditLogQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  filter?: AuditFilterInput | null | undefined;
}>;


export type AuditLogQuery = { readonly auditLog: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly seq: number, readonly at: string, readonly actor: string, readonly role: string, readonly action: string, readonly objectType: string, readonly objectId: string, readonly requestId: string | null, readonly changes: ReadonlyArray<{ readonly field: string, readonly before: string | null, readonly after: string | null }> } }> } };

export type ExperimentAnalysisQueryVariables = Exact<{
  campaignId: string;
}>;


export type ExperimentAnalysisQuery = { readonly experimentAnalysis: { readonly arms: ReadonlyArray<{ readonly name: string, readonly isControl: boolean, readonly assigned: number, readonly sent: number, readonly delivered: number, readonly skipped: number, readonly variant: { readonly id: string } | null, readonly goals: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string, readonly rate: number | null }> }>, readonly tests: ReadonlyArray<{ readonly goal: string, readonly primary: boolean, readonly chiSquare: number, readonly degreesOfFreedom: number, readonly pValue: number }> } | null };

export type CampaignFiguresQueryVariables = Exact<{
  campaignId: string;
}>;


export type CampaignFiguresQuery = { readonly campaignMetrics: { readonly cursor: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } }, readonly variantMetrics: ReadonlyArray<{ readonly name: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } } }> } | null };

export type CampaignMetricsSubscriptionVariables = Exact<{
  campaignId: string;
}>;


export type CampaignMetricsSubscription = { readonly campaignMetrics: { readonly cursor: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } } } };

export type FiguresFragment = { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } };

export type VariantResultsQueryVariables = Exact<{
  campaignId: string;
}>;


export type VariantResultsQuery = { readonly campaignMetrics: { readonly variantMetrics: ReadonlyArray<{ readonly name: string, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } } }>, readonly channelMetrics: ReadonlyArray<{ readonly channel: ChannelKind, readonly metrics: { readonly audience: number, readonly sent: number, readonly delivered: number, readonly opened: number, readonly clicked: number, readonly bounced: number, readonly failed: number, readonly skipped: number, readonly unsubscribed: number, readonly outcomes: ReadonlyArray<{ readonly goal: string, readonly people: number, readonly events: number, readonly value: string }>, readonly rates: { readonly delivery: number | null, readonly open: number | null, readonly click: number | null } } }> } | null };

export type ExperimentComparisonsQueryVariables = Exact<{
  campaignId: string;
}>;


export type ExperimentComparisonsQuery = { readonly experimentAnalysis: { readonly sampleRatio: { readonly pValue: number, readonly mismatch: boolean } | null, readonly tests: ReadonlyArray<{ readonly goal: string, readonly primary: boolean, readonly pValue: number, readonly comparisons: ReadonlyArray<{ readonly name: string, readonly against: string, readonly difference: number, readonly pValue: number, readonly adjustedPValue: number, readonly alwaysValidPValue: number, readonly relativeLift: number | null, readonly power: number | null, readonly differenceInterval: { readonly low: number, readonly high: number } }> }> } | null };

export type HoldoutLiftQueryVariables = Exact<{
  campaignId: string;
}>;


export type HoldoutLiftQuery = { readonly experimentAnalysis: { readonly automaticWinner: AutomaticWinnerState, readonly opens: { readonly pValue: number }, readonly clicks: { readonly pValue: number }, readonly holdoutLift: ReadonlyArray<{ readonly goal: string, readonly difference: number, readonly incremental: number, readonly treated: { readonly people: number, readonly rate: number }, readonly heldOut: { readonly people: number, readonly rate: number }, readonly differenceInterval: { readonly low: number, readonly high: number } }> } | null };

export type DeclareWinnerMutationVariables = Exact<{
  input: DeclareWinnerInput;
}>;


export type DeclareWinnerMutation = { readonly declareWinner: { readonly campaign: { readonly id: string, readonly version: number, readonly winner: { readonly reason: DecisionReason, readonly decidedBy: string, readonly decidedAt: string, readonly variant: { readonly id: string, readonly name: string } | null } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type CompareArmsQueryVariables = Exact<{
  input: CompareArmsInput;
}>;


export type CompareArmsQuery = { readonly compareArms: { readonly sampleRatio: { readonly pValue: number, readonly mismatch: boolean } | null, readonly test: { readonly chiSquare: number, readonly degreesOfFreedom: number, readonly pValue: number, readonly arms: ReadonlyArray<{ readonly name: string, readonly people: number, readonly successes: number, readonly rate: number | null, readonly probabilityBest: number, readonly interval: { readonly low: number, readonly high: number } }>, readonly comparisons: ReadonlyArray<{ readonly name: string, readonly against: string, readonly difference: number, readonly pValue: number, readonly adjustedPValue: number, readonly alwaysValidPValue: number, readonly relativeLift: number | null, readonly power: number | null, readonly differenceInterval: { readonly low: number, readonly high: number } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type SampleSizeQueryVariables = Exact<{
  input: SampleSizeInput;
}>;


export type SampleSizeQuery = { readonly sampleSize: { readonly peoplePerArm: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: string | null }> } };

export type ComparisonFragment = { readonly name: string, readonly against: string, readonly difference: number, readonly pValue: number, readonly adjustedPValue: number, readonly alwaysValidPValue: number, readonly relativeLift: number | null, readonly power: number | null, readonly differenceInterval: { readonly low: number, readonly high: number } };

export const OutcomeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<OutcomeFragment, unknown>;
export const AccountFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<AccountFragment, unknown>;
export const FiguresFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<FiguresFragment, unknown>;
export const ComparisonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Comparison"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArmComparison"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"against"}},{"kind":"Field","name":{"kind":"Name","value":"difference"}},{"kind":"Field","name":{"kind":"Name","value":"differenceInterval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"adjustedPValue"}},{"kind":"Field","name":{"kind":"Name","value":"alwaysValidPValue"}},{"kind":"Field","name":{"kind":"Name","value":"relativeLift"}},{"kind":"Field","name":{"kind":"Name","value":"power"}}]}}]} as unknown as DocumentNode<ComparisonFragment, unknown>;
export const ImportContactsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportContacts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportContactsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"updated"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"rejected"}},{"kind":"Field","name":{"kind":"Name","value":"rejections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ImportContactsMutation, ImportContactsMutationVariables>;
export const CreateSegmentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateSegment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSegmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSegment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"segment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateSegmentMutation, CreateSegmentMutationVariables>;
export const UpdateSegmentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateSegment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateSegmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateSegment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"segment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateSegmentMutation, UpdateSegmentMutationVariables>;
export const ArchiveSegmentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchiveSegment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ArchiveSegmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"archiveSegment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"segment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ArchiveSegmentMutation, ArchiveSegmentMutationVariables>;
export const SegmentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Segment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"segment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]}}]} as unknown as DocumentNode<SegmentQuery, SegmentQueryVariables>;
export const SegmentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Segments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SegmentFilterInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SegmentOrder"}}},"defaultValue":{"kind":"EnumValue","value":"NEWEST"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"segments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SegmentsQuery, SegmentsQueryVariables>;
export const EstimateAudienceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EstimateAudience"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EstimateAudienceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"estimateAudience"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"estimate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"reach"}},{"kind":"Field","name":{"kind":"Name","value":"perAudience"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<EstimateAudienceQuery, EstimateAudienceQueryVariables>;
export const SuppressUsersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SuppressUsers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SuppressUsersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suppressUsers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SuppressUsersMutation, SuppressUsersMutationVariables>;
export const LiftSuppressionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LiftSuppressions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LiftSuppressionsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liftSuppressions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<LiftSuppressionsMutation, LiftSuppressionsMutationVariables>;
export const SuppressionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Suppressions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SuppressionFilterInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suppressions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"since"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SuppressionsQuery, SuppressionsQueryVariables>;
export const CreateCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const CloneCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CloneCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CloneCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cloneCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<CloneCampaignMutation, CloneCampaignMutationVariables>;
export const SubmitForApprovalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SubmitForApproval"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submitForApproval"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<SubmitForApprovalMutation, SubmitForApprovalMutationVariables>;
export const ApproveCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApproveCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideApprovalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approveCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<ApproveCampaignMutation, ApproveCampaignMutationVariables>;
export const RejectCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RejectCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideApprovalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rejectCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<RejectCampaignMutation, RejectCampaignMutationVariables>;
export const ScheduleCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ScheduleCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ScheduleCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scheduleCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<ScheduleCampaignMutation, ScheduleCampaignMutationVariables>;
export const ContentPreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContentPreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ContentPreviewInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contentPreview"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"preview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"smsSize"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"encoding"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"segments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"html"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"senderName"}},{"kind":"Field","name":{"kind":"Name","value":"senderEmail"}},{"kind":"Field","name":{"kind":"Name","value":"replyTo"}},{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ContentPreviewQuery, ContentPreviewQueryVariables>;
export const SchedulePreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SchedulePreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SchedulePreviewInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schedulePreview"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurrences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"localTime"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SchedulePreviewQuery, SchedulePreviewQueryVariables>;
export const ActivateCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ActivateCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activateCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<ActivateCampaignMutation, ActivateCampaignMutationVariables>;
export const UnscheduleCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnscheduleCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unscheduleCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<UnscheduleCampaignMutation, UnscheduleCampaignMutationVariables>;
export const StartCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<StartCampaignMutation, StartCampaignMutationVariables>;
export const PauseCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PauseCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<PauseCampaignMutation, PauseCampaignMutationVariables>;
export const ResumeCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<ResumeCampaignMutation, ResumeCampaignMutationVariables>;
export const CancelCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<CancelCampaignMutation, CancelCampaignMutationVariables>;
export const ArchiveCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchiveCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"archiveCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<ArchiveCampaignMutation, ArchiveCampaignMutationVariables>;
export const CreateCampaignPresetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCampaignPreset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCampaignPresetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCampaignPreset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"preset"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateCampaignPresetMutation, CreateCampaignPresetMutationVariables>;
export const CreateCampaignFromPresetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCampaignFromPreset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCampaignFromPresetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCampaignFromPreset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Outcome"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Outcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]} as unknown as DocumentNode<CreateCampaignFromPresetMutation, CreateCampaignFromPresetMutationVariables>;
export const UpdateCampaignPresetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateCampaignPreset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateCampaignPresetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateCampaignPreset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"preset"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"definition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateCampaignPresetMutation, UpdateCampaignPresetMutationVariables>;
export const ArchiveCampaignPresetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchiveCampaignPreset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ArchiveCampaignPresetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"archiveCampaignPreset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"preset"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ArchiveCampaignPresetMutation, ArchiveCampaignPresetMutationVariables>;
export const CampaignPresetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CampaignPreset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignPreset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"definition"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedBy"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]}}]} as unknown as DocumentNode<CampaignPresetQuery, CampaignPresetQueryVariables>;
export const CampaignPresetsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CampaignPresets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignPresets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CampaignPresetsQuery, CampaignPresetsQueryVariables>;
export const CampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Campaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"approval"}},{"kind":"Field","name":{"kind":"Name","value":"approvalRecord"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submittedBy"}},{"kind":"Field","name":{"kind":"Name","value":"submittedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"comment"}},{"kind":"Field","name":{"kind":"Name","value":"planHash"}}]}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","name":{"kind":"Name","value":"waitsForPlace"}},{"kind":"Field","name":{"kind":"Name","value":"recurrence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cron"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"passed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"missedReason"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"isControl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"executions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CampaignQuery, CampaignQueryVariables>;
export const LaunchPlanDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LaunchPlan"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"launchPlan"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"exclusions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"people"}}]}},{"kind":"Field","name":{"kind":"Name","value":"waves"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"localTime"}},{"kind":"Field","name":{"kind":"Name","value":"people"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"perMinute"}}]}},{"kind":"Field","name":{"kind":"Name","value":"finishesAt"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"budget"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"exceeded"}},{"kind":"Field","name":{"kind":"Name","value":"byChannel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"messages"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"locales"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"people"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"share"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<LaunchPlanQuery, LaunchPlanQueryVariables>;
export const CampaignsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Campaigns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignFilterInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignOrder"}}},"defaultValue":{"kind":"EnumValue","value":"NEWEST"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaigns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CampaignsQuery, CampaignsQueryVariables>;
export const CampaignChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CampaignChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}}]}}]}}]} as unknown as DocumentNode<CampaignChangedSubscription, CampaignChangedSubscriptionVariables>;
export const CreateContentBlockDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateContentBlock"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateContentBlockInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createContentBlock"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contentBlock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateContentBlockMutation, CreateContentBlockMutationVariables>;
export const UpdateContentBlockDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateContentBlock"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateContentBlockInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateContentBlock"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contentBlock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateContentBlockMutation, UpdateContentBlockMutationVariables>;
export const DeleteContentBlockDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteContentBlock"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteContentBlockInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteContentBlock"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contentBlock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteContentBlockMutation, DeleteContentBlockMutationVariables>;
export const ContentBlockDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContentBlock"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contentBlock"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"uses"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedBy"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]}}]} as unknown as DocumentNode<ContentBlockQuery, ContentBlockQueryVariables>;
export const ContentBlocksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContentBlocks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contentBlocks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ContentBlocksQuery, ContentBlocksQueryVariables>;
export const RefreshCampaignBlocksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshCampaignBlocks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignActionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshCampaignBlocks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"approval"}},{"kind":"Field","name":{"kind":"Name","value":"outdatedBlocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedVersion"}},{"kind":"Field","name":{"kind":"Name","value":"presentVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"locales"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"email"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"blocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RefreshCampaignBlocksMutation, RefreshCampaignBlocksMutationVariables>;
export const ExecutionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Execution"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"execution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"stalledReason"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"until"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Account"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<ExecutionQuery, ExecutionQueryVariables>;
export const ExecutionMessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExecutionMessages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"dispositions"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Disposition"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"execution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"dispositions"},"value":{"kind":"Variable","name":{"kind":"Name","value":"dispositions"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"disposition"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ExecutionMessagesQuery, ExecutionMessagesQueryVariables>;
export const ExecutionProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ExecutionProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executionProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"executionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Account"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<ExecutionProgressSubscription, ExecutionProgressSubscriptionVariables>;
export const ExecutionNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExecutionNow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executionProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"executionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Account"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<ExecutionNowQuery, ExecutionNowQueryVariables>;
export const ReconciliationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Reconciliation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"execution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Account"}},{"kind":"Field","name":{"kind":"Name","value":"notSentByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Account"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Reconciliation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"}},{"kind":"Field","name":{"kind":"Name","value":"control"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"balanced"}}]}}]} as unknown as DocumentNode<ReconciliationQuery, ReconciliationQueryVariables>;
export const MessagesNotSentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MessagesNotSent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"execution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"dispositions"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"SKIPPED"},{"kind":"EnumValue","value":"FAILED"},{"kind":"EnumValue","value":"UNKNOWN"},{"kind":"EnumValue","value":"HELD_OUT"},{"kind":"EnumValue","value":"CONTROL"},{"kind":"EnumValue","value":"CANCELLED"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"disposition"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<MessagesNotSentQuery, MessagesNotSentQueryVariables>;
export const MessageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Message"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"disposition"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"judgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredAt"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"clickedAt"}},{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recipient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<MessageQuery, MessageQueryVariables>;
export const ExplainDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Explain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"explain"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"disposition"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gate"}},{"kind":"Field","name":{"kind":"Name","value":"result"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"seen"}}]}}]}}]}}]} as unknown as DocumentNode<ExplainQuery, ExplainQueryVariables>;
export const RetryFailedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetryFailed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RetryFailedInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryFailed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"round"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RetryFailedMutation, RetryFailedMutationVariables>;
export const MessageEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MessageEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MessageEventKind"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messageEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}},{"kind":"Argument","name":{"kind":"Name","value":"executionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"executionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"machine"}},{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<MessageEventsSubscription, MessageEventsSubscriptionVariables>;
export const SendTestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendTest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendTestInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendTest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testAddress"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SendTestMutation, SendTestMutationVariables>;
export const OrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"postalAddress"}},{"kind":"Field","name":{"kind":"Name","value":"approvalRequired"}},{"kind":"Field","name":{"kind":"Name","value":"controlGroupPercentage"}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"messagesPerHour"}},{"kind":"Field","name":{"kind":"Name","value":"emailsPerHour"}},{"kind":"Field","name":{"kind":"Name","value":"runningCampaigns"}}]}},{"kind":"Field","name":{"kind":"Name","value":"quietHours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrganizationQuery, OrganizationQueryVariables>;
export const UpdateOrganizationSettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateOrganizationSettings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOrganizationSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOrganizationSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"quietHours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"postalAddress"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateOrganizationSettingsMutation, UpdateOrganizationSettingsMutationVariables>;
export const AuditLogDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilterInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"objectType"}},{"kind":"Field","name":{"kind":"Name","value":"objectId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AuditLogQuery, AuditLogQueryVariables>;
export const ExperimentAnalysisDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExperimentAnalysis"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentAnalysis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"arms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isControl"}},{"kind":"Field","name":{"kind":"Name","value":"assigned"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"goals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"rate"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"tests"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}},{"kind":"Field","name":{"kind":"Name","value":"chiSquare"}},{"kind":"Field","name":{"kind":"Name","value":"degreesOfFreedom"}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}}]}}]}}]}}]} as unknown as DocumentNode<ExperimentAnalysisQuery, ExperimentAnalysisQueryVariables>;
export const CampaignFiguresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CampaignFigures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignMetrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variantMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<CampaignFiguresQuery, CampaignFiguresQueryVariables>;
export const CampaignMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CampaignMetrics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignMetrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<CampaignMetricsSubscription, CampaignMetricsSubscriptionVariables>;
export const VariantResultsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VariantResults"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignMetrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"channelMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignMetrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"delivered"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"clicked"}},{"kind":"Field","name":{"kind":"Name","value":"bounced"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribed"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"delivery"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"click"}}]}}]}}]} as unknown as DocumentNode<VariantResultsQuery, VariantResultsQueryVariables>;
export const ExperimentComparisonsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExperimentComparisons"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentAnalysis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampleRatio"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"mismatch"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tests"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"comparisons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Comparison"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Comparison"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArmComparison"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"against"}},{"kind":"Field","name":{"kind":"Name","value":"difference"}},{"kind":"Field","name":{"kind":"Name","value":"differenceInterval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"adjustedPValue"}},{"kind":"Field","name":{"kind":"Name","value":"alwaysValidPValue"}},{"kind":"Field","name":{"kind":"Name","value":"relativeLift"}},{"kind":"Field","name":{"kind":"Name","value":"power"}}]}}]} as unknown as DocumentNode<ExperimentComparisonsQuery, ExperimentComparisonsQueryVariables>;
export const HoldoutLiftDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"HoldoutLift"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentAnalysis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"automaticWinner"}},{"kind":"Field","name":{"kind":"Name","value":"opens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pValue"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clicks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pValue"}}]}},{"kind":"Field","name":{"kind":"Name","value":"holdoutLift"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goal"}},{"kind":"Field","name":{"kind":"Name","value":"treated"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"rate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"rate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"difference"}},{"kind":"Field","name":{"kind":"Name","value":"differenceInterval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incremental"}}]}}]}}]}}]} as unknown as DocumentNode<HoldoutLiftQuery, HoldoutLiftQueryVariables>;
export const DeclareWinnerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeclareWinner"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeclareWinnerInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"declareWinner"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"winner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<DeclareWinnerMutation, DeclareWinnerMutationVariables>;
export const CompareArmsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CompareArms"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareArmsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"compareArms"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampleRatio"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"mismatch"}}]}},{"kind":"Field","name":{"kind":"Name","value":"test"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chiSquare"}},{"kind":"Field","name":{"kind":"Name","value":"degreesOfFreedom"}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"arms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"successes"}},{"kind":"Field","name":{"kind":"Name","value":"rate"}},{"kind":"Field","name":{"kind":"Name","value":"interval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"probabilityBest"}}]}},{"kind":"Field","name":{"kind":"Name","value":"comparisons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Comparison"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Comparison"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArmComparison"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"against"}},{"kind":"Field","name":{"kind":"Name","value":"difference"}},{"kind":"Field","name":{"kind":"Name","value":"differenceInterval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pValue"}},{"kind":"Field","name":{"kind":"Name","value":"adjustedPValue"}},{"kind":"Field","name":{"kind":"Name","value":"alwaysValidPValue"}},{"kind":"Field","name":{"kind":"Name","value":"relativeLift"}},{"kind":"Field","name":{"kind":"Name","value":"power"}}]}}]} as unknown as DocumentNode<CompareArmsQuery, CompareArmsQueryVariables>;
export const SampleSizeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SampleSize"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SampleSizeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampleSize"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"peoplePerArm"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SampleSizeQuery, SampleSizeQueryVariables>;