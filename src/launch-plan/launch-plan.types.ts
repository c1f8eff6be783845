import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { CampaignType } from '../campaign/campaign.types';
import { DateTimeScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { LaunchCostType } from './launch-cost.types';
import { LAUNCH_WARNINGS, PACE_SCOPES } from './launch-plan.enums';

@ObjectType('LaunchExclusion', { description: 'People of the audience who would get nothing, for one reason.' })
export class LaunchExclusionType {
  @Field(() => String, { description: 'The reason, such as `no_consent`, `held_out` or `control`.' })
  reason!: string;

  @Field(() => Int, { description: 'How many people.' })
  count!: number;
}

@ObjectType('LaunchChannel', { description: 'What one channel would carry, and whom it would not.' })
export class LaunchChannelType {
  @Field(() => CHANNEL_KINDS, { description: 'Which medium it is.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Int, { description: 'How many messages.' })
  messages!: number;

  @Field(() => [LaunchExclusionType], {
    description:
      'Messages that would not be sent, by reason. Whom no channel takes counts on the first one; with ' +
      '`channelStrategy: ALL` on each that does not.',
  })
  exclusions!: readonly LaunchExclusionType[];
}

@ObjectType('LaunchVariant', { description: 'Who would get which variant by which channel.' })
export class LaunchVariantType {
  @Field(() => ID, { description: 'The variant.' })
  id!: string;

  @Field(() => String, { description: 'What the variant is called.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it sends nothing.' })
  isControl!: boolean;

  @Field(() => CHANNEL_KINDS, { nullable: true, description: 'The channel; none of a control.' })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => Int, {
    description:
      'How many people; of a control, those who are in it. In an experiment those whose variant the start decides: of ' +
      'TEST_THEN_ROLLOUT the people of the test, of BANDIT nobody, as each batch is given out when it is due.',
  })
  people!: number;
}

@ObjectType('LaunchLocale', { description: 'Who would get a content in which language.' })
export class LaunchLocaleType {
  @Field(() => ID, { description: 'Whose content it is.' })
  variantId!: string;

  @Field(() => CHANNEL_KINDS, { description: 'The medium.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => String, { nullable: true, description: 'The language; nothing: the content of everybody.' })
  locale?: string | null;

  @Field(() => Int, { description: 'How many people.' })
  people!: number;
}

@ObjectType('LaunchWave', { description: 'People of one time zone whose messages are due at the same time.' })
export class LaunchWaveType {
  @Field(() => DateTimeScalar, {
    description:
      'When: at once, when their test or batch lets them, or when their quiet hours end or a send window opens.',
  })
  dueAt!: Date;

  @Field(() => String, {
    description: 'Their time zone; of those whose own is unknown, the one that stands in for it.',
  })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: 'That moment on their clock, such as `08:00`.' })
  localTime?: string | null;

  @Field(() => CHANNEL_KINDS, { description: 'The channel that they go by.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Int, { description: 'How many people.' })
  people!: number;
}

@ObjectType('PaceLimit', { description: 'A limit under which the sending goes.' })
export class PaceLimitType {
  @Field(() => PACE_SCOPES, { description: 'Whose.' })
  scope!: keyof typeof PACE_SCOPES;

  @Field(() => CHANNEL_KINDS, { nullable: true, description: 'Where it is one of a channel.' })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => Float, {
    description: 'Messages a minute as they are dealt out: somewhat less than allowed, so that no hour is ever over.',
  })
  perMinute!: number;
}

@ObjectType('LaunchWarning', { description: 'Something that nobody should learn after the start.' })
export class LaunchWarningType {
  @Field(() => LAUNCH_WARNINGS, { description: 'What it is, for programs.' })
  code!: keyof typeof LAUNCH_WARNINGS;

  @Field(() => String, { description: 'What it is, for a person.' })
  message!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many people it concerns, where it concerns some; of messages that fail or are skipped, how many of these.',
  })
  people?: number | null;

  @Field(() => Float, { nullable: true, description: 'Their share of those sent to who could be concerned, 0 to 1.' })
  share?: number | null;
}

@ObjectType('LaunchPlan', {
  description: 'What would happen if a campaign started now, judged by the statement that an execution judges by.',
})
export class LaunchPlanType {
  @Field(() => CampaignType, { description: 'Whose launch it would be.' })
  campaign!: CampaignType;

  @Field(() => DateTimeScalar, { description: 'The "now" of the plan.' })
  asOf!: Date;

  @Field(() => String, {
    description:
      'Names what would be sent, to whom and how: another one means another audience definition, content, variants, ' +
      'goals, throttle or settings. An approval binds to it. How many people there are is no part of it.',
  })
  hash!: string;

  @Field(() => Int, { description: 'People in the audience: `sent` and all exclusions.' })
  people!: number;

  @Field(() => Int, { description: 'Those whom the includes mean, and an exclude leaves out; no part of `people`.' })
  excludedByAudience!: number;

  @Field(() => Int, { description: 'Those in the audience whom its cap leaves out; no part of `people`.' })
  overCap!: number;

  @Field(() => Int, { description: 'Those who would be sent to.' })
  sent!: number;

  @Field(() => [LaunchExclusionType], {
    description: 'The others of the audience by reason, in the order of the gates.',
  })
  exclusions!: readonly LaunchExclusionType[];

  @Field(() => Int, { description: 'Messages that would be sent: with `channelStrategy: ALL` several to a person.' })
  messages!: number;

  @Field(() => [LaunchChannelType], { description: 'Channel by channel, in the order in which they are tried.' })
  channels!: readonly LaunchChannelType[];

  @Field(() => [LaunchVariantType], { description: 'Who would get what, by which channel.' })
  variants!: readonly LaunchVariantType[];

  @Field(() => Int, {
    description:
      'Those of `messages` that would not leave, at least: of a strict campaign, whose people lack what they always show.',
  })
  wouldFail!: number;

  @Field(() => [LaunchLocaleType], {
    description:
      'Who would get what in which language, of content that is written in several; those first who are most.',
  })
  locales!: readonly LaunchLocaleType[];

  @Field(() => Int, { description: 'Those of `sent` whose variant an experiment chooses later.' })
  undecided!: number;

  @Field(() => [LaunchWaveType], { description: 'When they would be due, at most 200 waves, the earliest first.' })
  waves!: readonly LaunchWaveType[];

  @Field(() => [PaceLimitType], {
    description: 'The limits it would go under, the strictest first; none: as fast as the senders are.',
  })
  limits!: readonly PaceLimitType[];

  @Field(() => Int, {
    description:
      'Those of `messages` that would wait for the next login of their people, who are not in the application now. No ' +
      'wave and no finishing time counts them: they go at that login, or expire.',
  })
  awaitingLogin!: number;

  @Field(() => Int, { description: 'Those of `messages` whose turn would come in quiet hours that skip them.' })
  quietHoursSkipped!: number;

  @Field(() => Int, {
    description: 'Those of `messages` whose turn would come outside of send windows that skip them.',
  })
  outsideWindowSkipped!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the last message would leave under these limits, quiet hours and send windows, if nothing else is sent meanwhile; ' +
      'without limits when the last one is due. Nothing when that is more than a year away.',
  })
  finishesAt?: Date | null;

  @Field(() => LaunchCostType, { nullable: true, description: 'What it would cost; nothing without a budget.' })
  cost?: LaunchCostType | null;

  @Field(() => [LaunchWarningType], { description: 'What one should know before.' })
  warnings!: readonly LaunchWarningType[];

  @Field(() => [UserError], {
    description: 'Why a start, or an activation, would be refused now: every reason, not the first alone.',
  })
  refusals!: readonly UserError[];
}
