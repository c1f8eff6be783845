import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../graphql/user-errors';
import { RemoteListType } from '../remote-list/remote-list.types';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { AudienceInput } from './audience.inputs';

@InputType({ description: 'Whose audience to estimate: either a campaign, or audiences.' })
export class EstimateAudienceInput {
  @Field(() => ID, { nullable: true, description: 'A campaign, with its variants and its holdout.' })
  campaignId?: string | null;

  @Field(() => [AudienceInput], { nullable: true, description: 'Audiences that are only thought of.' })
  audiences?: AudienceInput[] | null;
}

@ObjectType('EstimatedReason', { description: 'How many people one reason would stop.' })
export class EstimatedReasonType {
  @Field(() => String, { description: 'The reason, such as `no_consent`.' })
  reason!: string;

  @Field(() => Int, { description: 'How many people.' })
  count!: number;
}

@ObjectType('EstimatedVariant', { description: 'How many people one variant would get.' })
export class EstimatedVariantType {
  @Field(() => ID, { description: 'The variant.' })
  id!: string;

  @Field(() => Int, { description: 'How many people, those of a control among them.' })
  count!: number;
}

@ObjectType('EstimatedChannel', { description: 'Whom one channel reaches of an audience.' })
export class EstimatedChannelType {
  @Field(() => CHANNEL_KINDS, { description: 'Which medium it is.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Int, { description: 'How many messages would go by it.' })
  messages!: number;

  @Field(() => Int, {
    description: 'People of the audience whom nothing stands against on it, whatever else becomes of them.',
  })
  reachable!: number;

  @Field(() => [EstimatedReasonType], { description: 'The others, by what stands against them on it.' })
  stopped!: readonly EstimatedReasonType[];
}

@ObjectType('AudienceEstimate', {
  description: 'Exact counts of the moment: people = sent + control + held out + skipped.',
})
export class AudienceEstimateType {
  @Field(() => [Int], { description: 'Members of each audience by itself: includes first, then excludes.' })
  perAudience!: readonly number[];

  @Field(() => Int, {
    description: 'People who are in every include and in no exclude; with a cap those of them who are drawn.',
  })
  people!: number;

  @Field(() => Int, { description: 'Those whom the cap of the audience leaves out; no part of `people`.' })
  overCap!: number;

  @Field(() => Int, { description: 'Those who would be sent to.' })
  sent!: number;

  @Field(() => Int, { description: 'Those in a control variant.' })
  control!: number;

  @Field(() => Int, { description: 'Those held out.' })
  heldOut!: number;

  @Field(() => Float, { nullable: true, description: 'Share of people who would be sent to, 0 to 1.' })
  reach?: number | null;

  @Field(() => [EstimatedReasonType], { description: 'Those who would be skipped, by reason.' })
  skipped!: readonly EstimatedReasonType[];

  @Field(() => [EstimatedVariantType], { description: "By variant; empty unless it is a campaign's." })
  variants!: readonly EstimatedVariantType[];

  @Field(() => Int, { description: 'Messages that would be sent: with `channelStrategy: ALL` several to a person.' })
  messages!: number;

  @Field(() => [EstimatedChannelType], { description: 'By channel, in the order in which they are tried.' })
  channels!: readonly EstimatedChannelType[];

  @Field(() => [RemoteListType], { description: 'What was read of audiences that other services keep.' })
  remoteLists!: readonly RemoteListType[];
}

@ObjectType({ description: 'What came of an estimate.' })
export class EstimateAudiencePayload {
  @Field(() => AudienceEstimateType, { nullable: true, description: 'The counts; nothing when something was wrong.' })
  estimate?: AudienceEstimateType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
