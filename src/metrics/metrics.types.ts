import { Field, Float, Int, ObjectType } from 'type-graphql';
import { CampaignType } from '../campaign/campaign.types';
import { DecimalScalar } from '../graphql/scalars';
import { CHANNEL_KINDS, VariantType } from '../variant/variant.types';

@ObjectType('GoalOutcome', {
  description: 'What people did towards a goal, by assignment: control and held-out people count as well.',
})
export class GoalOutcomeType {
  @Field(() => String, { description: 'The event type of the goal.' })
  goal!: string;

  @Field(() => Int, { description: 'How many people reached the goal at least once.' })
  people!: number;

  @Field(() => Int, { description: 'How many events counted towards the goal.' })
  events!: number;

  @Field(() => DecimalScalar, { description: 'The sum of the values of those events.' })
  value!: string;

  @Field(() => Float, { nullable: true, description: 'People who reached it by eligible people; nothing for nobody.' })
  rate?: number | null;
}

@ObjectType('MetricRates', { description: 'Shares of their base, 0 to 1; nothing where the base is nobody.' })
export class MetricRatesType {
  @Field(() => Float, { nullable: true, description: 'Delivered by sent.' })
  delivery?: number | null;

  @Field(() => Float, { nullable: true, description: 'Opened by delivered; people, machines apart.' })
  open?: number | null;

  @Field(() => Float, { nullable: true, description: 'Clicked by delivered; people, machines apart.' })
  click?: number | null;

  @Field(() => Float, { nullable: true, description: 'Clicked by opened.' })
  clickToOpen?: number | null;

  @Field(() => Float, { nullable: true, description: 'Bounced by sent.' })
  bounce?: number | null;

  @Field(() => Float, { nullable: true, description: 'Unsubscribed by delivered.' })
  unsubscribe?: number | null;

  @Field(() => Float, { nullable: true, description: 'Complained by delivered.' })
  complaint?: number | null;
}

const count = (description: string) => Field(() => Int, { description });

@ObjectType('CampaignMetrics', {
  description:
    'Exact figures of a campaign, an execution, a variant or a channel: at rest each equals a count of messages.',
})
export class CampaignMetricsType {
  @count('Messages of the audience, whatever became of them.')
  audience!: number;

  @count('People of the audience.')
  people!: number;

  @count('Messages that nothing stood against; the base of comparisons between variants.')
  eligible!: number;

  @count('Messages that wait to be sent.')
  queued!: number;

  @count('Messages that are being handed over, or may have been.')
  inFlight!: number;

  @count('Messages that their transport accepted.')
  sent!: number;

  @count('Messages whose fate nobody knows: handed over, answer lost.')
  unknown!: number;

  @count('Messages that were refused for good.')
  failed!: number;

  @count('Messages that a gate stopped.')
  skipped!: number;

  @count('Messages of people who are not contacted, drawn from the whole audience.')
  heldOut!: number;

  @count('Messages of people in a control variant.')
  control!: number;

  @count('Messages that a cancelled execution never sent.')
  cancelled!: number;

  @count('Messages reported as delivered.')
  delivered!: number;

  @count('Messages opened by a person.')
  opened!: number;

  @count('Messages opened by a machine.')
  openedMachine!: number;

  @count('Openings by persons, each one.')
  opens!: number;

  @count('Messages in which a person clicked a link.')
  clicked!: number;

  @count('Messages in which a machine followed a link.')
  clickedMachine!: number;

  @count('Clicks by persons, each one.')
  clicks!: number;

  @count('Messages that bounced, hard or soft.')
  bounced!: number;

  @count('Messages that bounced for good.')
  bouncedHard!: number;

  @count('Messages that bounced for now.')
  bouncedSoft!: number;

  @count('Messages after which the recipient unsubscribed.')
  unsubscribed!: number;

  @count('Messages that the recipient complained of.')
  complained!: number;

  @count('Messages that the recipient replied to.')
  replied!: number;

  @Field(() => [GoalOutcomeType], { description: 'Outcomes by goal, the primary one first.' })
  outcomes!: GoalOutcomeType[];

  @Field(() => MetricRatesType, { description: 'What follows from the figures.' })
  rates!: MetricRatesType;
}

@ObjectType('VariantMetrics', { description: 'The figures of one variant.' })
export class VariantMetricsType {
  @Field(() => VariantType, { nullable: true, description: 'The variant, unless it was removed since.' })
  variant?: VariantType;

  @Field(() => String, { description: 'The name under which the variant was sent.' })
  name!: string;

  @Field(() => CampaignMetricsType, { description: 'Its figures.' })
  metrics!: CampaignMetricsType;

  /** For the resolver of `variant`. */
  variantId!: string;
}

@ObjectType('ChannelMetrics', { description: 'The figures of one channel.' })
export class ChannelMetricsType {
  @Field(() => CHANNEL_KINDS, { description: 'The medium.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => CampaignMetricsType, { description: 'Its figures.' })
  metrics!: CampaignMetricsType;
}

@ObjectType('CampaignMetricsUpdate', { description: 'The figures of a campaign at one moment.' })
export class CampaignMetricsUpdateType {
  @Field(() => String, { description: 'Grows with each change: what has a greater one is newer.' })
  cursor!: string;

  @Field(() => CampaignType, { nullable: true, description: 'Whose figures these are.' })
  campaign?: CampaignType;

  @Field(() => CampaignMetricsType, { description: 'Its figures over all executions but the tests.' })
  metrics!: CampaignMetricsType;

  @Field(() => [VariantMetricsType], { description: 'The same by variant.' })
  variantMetrics!: VariantMetricsType[];

  @Field(() => [ChannelMetricsType], { description: 'The same by channel.' })
  channelMetrics!: ChannelMetricsType[];

  /** For the resolver of `campaign`. */
  campaignId!: string;
}
