import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { AudienceInput } from '../audience/audience.inputs';
import { ExperimentInput } from '../experiment/experiment.inputs';
import { DateTimeScalar, DecimalScalar, JsonScalar } from '../graphql/scalars';
import { RecurrenceInput } from '../schedule/schedule.types';
import { TriggerInput } from '../trigger/trigger.inputs';
import { VariantInput } from '../variant/variant.inputs';
import {
  APPROVALS,
  ASSIGNMENT_KINDS,
  CAMPAIGN_PURPOSES,
  CAMPAIGN_STATUSES,
  CAMPAIGN_TYPES,
  ON_QUIET_HOURS,
} from './campaign.enums';

@InputType({ description: 'How fast a campaign may send: the strictest of the rules that are given.' })
export class ThrottleInput {
  @Field(() => Int, { nullable: true, description: 'Messages a minute.' })
  perMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages an hour, at least 100.' })
  perHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages a day, at least 100.' })
  perDay?: number | null;
}

@InputType({ description: 'An event that counts as success.' })
export class ConversionGoalInput {
  @Field(() => String, { description: 'The event type, such as `order.completed`.' })
  eventType!: string;

  @Field(() => String, { nullable: true, description: "The property that holds the event's value." })
  valueField?: string | null;

  @Field(() => String, { nullable: true, description: 'The property that holds the currency of the value.' })
  currencyField?: string | null;

  @Field(() => Int, { nullable: true, description: 'For how many days an event counts, 1 to 30; 7 when missing.' })
  windowDays?: number | null;
}

@InputType({ description: 'What decides who gets which variant.' })
export class AssignmentInput {
  @Field(() => ASSIGNMENT_KINDS, { description: 'A hash, or an attribute.' })
  kind!: keyof typeof ASSIGNMENT_KINDS;

  @Field(() => String, { nullable: true, description: 'The attribute, such as `attributes.segment`.' })
  field?: string | null;
}

@InputType({ description: 'What a campaign may cost.' })
export class BudgetInput {
  @Field(() => DecimalScalar, { description: 'The most it may cost, not negative, at most 4 decimals.' })
  amount!: string;

  @Field(() => String, { description: 'The currency, ISO 4217.' })
  currency!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The cost of a message by channel, at most 6 decimals: {"email": "0.001"}.',
  })
  costPerMessage?: unknown;
}

@InputType({ description: 'What a campaign has besides its name.' })
abstract class CampaignFieldsInput {
  @Field(() => String, { nullable: true, description: 'What it is about, at most 2,000 characters.' })
  description?: string | null;

  @Field(() => CAMPAIGN_PURPOSES, { nullable: true, description: 'What it is for.' })
  purpose?: keyof typeof CAMPAIGN_PURPOSES | null;

  @Field(() => ThrottleInput, { nullable: true, description: 'How fast it may send; null: no limit of its own.' })
  throttle?: ThrottleInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether openings are followed.' })
  trackOpens?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether clicks are followed.' })
  trackClicks?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Hours past its due time after which a message is skipped.' })
  expiresAfterHours?: number | null;

  @Field(() => ON_QUIET_HOURS, {
    nullable: true,
    description: "What becomes of a message whose turn comes in the recipient's quiet hours; DEFER when missing.",
  })
  onQuietHours?: keyof typeof ON_QUIET_HOURS | null;

  @Field(() => AssignmentInput, { nullable: true, description: 'What decides who gets which variant.' })
  assignment?: AssignmentInput | null;

  @Field(() => ExperimentInput, {
    nullable: true,
    description: 'How its variants are compared; null: by whoever looks, nothing happens by itself.',
  })
  experiment?: ExperimentInput | null;

  @Field(() => [ConversionGoalInput], { nullable: true, description: 'What counts as success, the primary one first.' })
  conversionGoals?: ConversionGoalInput[] | null;

  @Field(() => Float, { nullable: true, description: 'Share that is not contacted, 0 to 20 percent, two decimals.' })
  holdoutPercentage?: number | null;

  @Field(() => BudgetInput, { nullable: true, description: 'What it may cost; null: no budget.' })
  budget?: BudgetInput | null;

  @Field(() => Int, { nullable: true, description: 'The higher one goes first.' })
  priority?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Words to find it by: at most 50, each 1 to 50 characters and there once.',
  })
  tags?: string[] | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: "The caller's own notes, an object of at most 64 KiB and 20 levels.",
  })
  metadata?: unknown;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not before this time.' })
  startAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not after this time.' })
  endAt?: Date | null;

  @Field(() => [VariantInput], { nullable: true, description: 'Its variants, all of them, at most 5.' })
  variants?: VariantInput[] | null;

  @Field(() => [AudienceInput], { nullable: true, description: 'Its audiences, all of them, at most 10.' })
  audiences?: AudienceInput[] | null;

  @Field(() => [TriggerInput], {
    nullable: true,
    description: 'The events that set a TRIGGERED campaign off, all of them, at most 10.',
  })
  triggers?: TriggerInput[] | null;
}

@InputType({ description: 'A new campaign.' })
export class CreateCampaignInput extends CampaignFieldsInput {
  @Field(() => String, { description: 'Its name, 1 to 255 characters, the only one among living campaigns.' })
  name!: string;

  @Field(() => CAMPAIGN_TYPES, { defaultValue: CAMPAIGN_TYPES.ONE_TIME, description: 'What sets it off.' })
  type: keyof typeof CAMPAIGN_TYPES = 'ONE_TIME';

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one campaign.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A change of a draft or paused campaign: what is missing stays as it is.' })
export class UpdateCampaignInput extends CampaignFieldsInput {
  @Field(() => ID, { description: 'Which campaign.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change was made from.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;
}

@InputType({ description: 'Which campaign an action is for.' })
export class CampaignActionInput {
  @Field(() => ID, { description: 'The campaign.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse when the campaign is at another version.' })
  version?: number | null;
}

@InputType({ description: 'Which campaign is to send now.' })
export class StartCampaignInput extends CampaignActionInput {
  @Field(() => String, { nullable: true, description: 'The same key starts once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A time to start at, or a calendar.' })
export class ScheduleCampaignInput extends CampaignActionInput {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When, at least 5 minutes ahead; of a campaign of one time.',
  })
  at?: Date | null;

  @Field(() => RecurrenceInput, { nullable: true, description: 'When, again and again; of a recurring campaign.' })
  recurrence?: RecurrenceInput | null;
}

@InputType({ description: 'A decision on a campaign that was submitted.' })
export class DecideApprovalInput extends CampaignActionInput {
  @Field(() => String, { nullable: true, description: 'What the submitter should know.' })
  comment?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The `hash` of the launch plan that is approved; without it, what was submitted is. None in a rejection.',
  })
  planHash?: string | null;
}

@InputType({ description: 'Which campaign is to stop for a while.' })
export class PauseCampaignInput extends CampaignActionInput {
  @Field(() => String, { nullable: true, description: 'Why, for those who come after.' })
  reason?: string | null;
}

@InputType({ description: 'A cancellation.' })
export class CancelCampaignInput extends CampaignActionInput {
  @Field(() => String, { description: 'Why; kept and published.' })
  reason!: string;
}

@InputType({ description: 'A copy.' })
export class CloneCampaignInput {
  @Field(() => ID, { description: 'The campaign to copy.' })
  id!: string;

  @Field(() => String, { description: 'The name of the copy.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one copy.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which campaigns a list is about: all that is given must hold.' })
export class CampaignFilterInput {
  @Field(() => [CAMPAIGN_STATUSES], { nullable: true, description: 'In one of these statuses.' })
  statuses?: (keyof typeof CAMPAIGN_STATUSES)[] | null;

  @Field(() => [CAMPAIGN_TYPES], { nullable: true, description: 'Of one of these types.' })
  types?: (keyof typeof CAMPAIGN_TYPES)[] | null;

  @Field(() => String, { nullable: true, description: 'With this tag.' })
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'With this in its name, in whatever case.' })
  nameContains?: string | null;

  @Field(() => [CAMPAIGN_PURPOSES], { nullable: true, description: 'For one of these purposes.' })
  purposes?: (keyof typeof CAMPAIGN_PURPOSES)[] | null;

  @Field(() => [APPROVALS], { nullable: true, description: 'With its approval at one of these points.' })
  approvals?: (keyof typeof APPROVALS)[] | null;

  @Field(() => String, { nullable: true, description: 'With all of these words in name, description or tags.' })
  text?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Made at this time or later.' })
  createdAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Made before this time.' })
  createdBefore?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Scheduled for this time or later.' })
  scheduledAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Scheduled for a time before this one.' })
  scheduledBefore?: Date | null;
}
