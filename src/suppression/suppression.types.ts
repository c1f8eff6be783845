import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../graphql/user-errors';
import { SUPPRESSION_REASONS } from '../message/eligibility.types';
import { CHANNEL_KINDS } from '../variant/variant.types';

@InputType({ description: 'Who is not to be contacted any more, where, and why.' })
export class SuppressUsersInput {
  @Field(() => [ID], { description: "The organization's own ids of 1 to 1,000 people, known or not known yet." })
  userIds!: string[];

  @Field(() => CHANNEL_KINDS, { nullable: true, description: 'On this medium; on all of them when missing.' })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => SUPPRESSION_REASONS, {
    defaultValue: SUPPRESSION_REASONS.DO_NOT_SEND,
    description: 'Why; `ERASED` is said by an erasure alone.',
  })
  reason: keyof typeof SUPPRESSION_REASONS = SUPPRESSION_REASONS.DO_NOT_SEND;

  @Field(() => String, { nullable: true, description: 'The same key with the same input is done once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Whose suppression is taken back.' })
export class LiftSuppressionsInput {
  @Field(() => [ID], { description: "The organization's own ids of 1 to 1,000 people." })
  userIds!: string[];

  @Field(() => CHANNEL_KINDS, { nullable: true, description: 'The medium it was made for; that of all when missing.' })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => SUPPRESSION_REASONS, {
    defaultValue: SUPPRESSION_REASONS.DO_NOT_SEND,
    description: '`DO_NOT_SEND` or `HARD_BOUNCED`: what people said, they alone take back.',
  })
  reason: keyof typeof SUPPRESSION_REASONS = SUPPRESSION_REASONS.DO_NOT_SEND;
}

@InputType({ description: 'Which suppressions: all that is given must hold.' })
export class SuppressionFilterInput {
  @Field(() => SUPPRESSION_REASONS, { nullable: true, description: 'Of this reason.' })
  reason?: keyof typeof SUPPRESSION_REASONS | null;

  @Field(() => CHANNEL_KINDS, { nullable: true, description: 'Made for this medium alone.' })
  channel?: keyof typeof CHANNEL_KINDS | null;
}

@ObjectType({ description: 'What came of a suppression.' })
export class SuppressionPayload {
  @Field(() => Int, { nullable: true, description: 'People for whom it changed something; nothing when refused.' })
  changed?: number | null;

  @Field(() => Int, { nullable: true, description: 'People for whom it was so already; nothing when refused.' })
  unchanged?: number | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
