import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { AudienceInput } from '../audience/audience.inputs';
import { ExperimentInput } from '../experiment/experiment.inputs';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars';
import { GuardrailsInput } from '../guardrail/guardrail.inputs';
import { LocalTimeInput } from '../send-window/local-time.types';
import { SendWindowInput } from '../send-window/send-window.types';
import { TriggerInput } from '../trigger/trigger.inputs';
import { VariantInput } from '../variant/variant.inputs';
import { CAMPAIGN_PURPOSES, CAMPAIGN_TYPES, CHANNEL_STRATEGIES, ON_QUIET_HOURS } from './campaign.enums';
import { AssignmentInput, BudgetInput, ConversionGoalInput, ThrottleInput } from './campaign-settings.inputs';

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
    description:
      "What becomes of a message whose turn comes in the recipient's quiet hours, or outside of the send windows; DEFER " +
      'when missing.',
  })
  onQuietHours?: keyof typeof ON_QUIET_HOURS | null;

  @Field(() => [SendWindowInput], {
    nullable: true,
    description:
      'The hours in which it may write to people, all of them, 10 at most unless the installation says otherwise; null or ' +
      'none: at any hour. They hold beside quiet hours, and may be changed while an execution is paused.',
  })
  sendWindows?: SendWindowInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: nobody is written to on what is Saturday or Sunday on their clock, whenever a window began.',
  })
  excludeWeekends?: boolean | null;

  @Field(() => LocalTimeInput, {
    nullable: true,
    description:
      'When each person is written to, on their own clock; null: as soon as windows and quiet hours let them.',
  })
  localTime?: LocalTimeInput | null;

  @Field(() => CHANNEL_STRATEGIES, {
    nullable: true,
    description: 'By which of its channels it reaches a person; FIRST_ELIGIBLE when missing.',
  })
  channelStrategy?: keyof typeof CHANNEL_STRATEGIES | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A rule of the rules engine that makes the variables `personalization.…` of people; null: none.',
  })
  personalizationRuleId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A rule of the rules engine that is asked when a scheduled time has come: start, wait or skip; null: none. Whoever ' +
      'starts it by hand has decided.',
  })
  schedulingRuleId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: a variable that nobody ever has is refused, and who lacks what is shown gets nothing rather than “Hello ,”; ' +
      'false, also when missing: a warning tells.',
  })
  strictVariables?: boolean | null;

  @Field(() => AssignmentInput, { nullable: true, description: 'What decides who gets which variant.' })
  assignment?: AssignmentInput | null;

  @Field(() => ExperimentInput, {
    nullable: true,
    description: 'How its variants are compared; null: by whoever looks, nothing happens by itself.',
  })
  experiment?: ExperimentInput | null;

  @Field(() => [ConversionGoalInput], { nullable: true, description: 'What counts as success, the primary one first.' })
  conversionGoals?: ConversionGoalInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'People of the audience at most, 1 or more, drawn by a hash of the person; null: all of them. Fixed, as audiences ' +
      'are, once the campaign has started.',
  })
  audienceCap?: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that is not contacted, 0 to 20 percent, two decimals.' })
  holdoutPercentage?: number | null;

  @Field(() => BudgetInput, { nullable: true, description: 'What it may cost; null: no budget.' })
  budget?: BudgetInput | null;

  @Field(() => GuardrailsInput, {
    nullable: true,
    description: 'What it watches of itself, and stops at; null: nothing but its budget.',
  })
  guardrails?: GuardrailsInput | null;

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

@InputType({ description: 'A copy.' })
export class CloneCampaignInput {
  @Field(() => ID, { description: 'The campaign to copy.' })
  id!: string;

  @Field(() => String, { description: 'The name of the copy.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one copy.' })
  idempotencyKey?: string | null;
}
