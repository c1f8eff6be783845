import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ImportRejectionType } from '../contact/contact.types';
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

@InputType({
  description: 'A suppression: of a person, of an address, or of several of them. One of the three is given.',
})
export class SuppressionRowInput {
  @Field(() => ID, { nullable: true, description: "The organization's own id of a person, known or not known yet." })
  userId?: string | null;

  @Field(() => String, { nullable: true, description: 'An e-mail address, whoever has it now or later.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'A phone number with its country code, whoever has it.' })
  phone?: string | null;

  @Field(() => CHANNEL_KINDS, {
    nullable: true,
    description: 'On this medium; when missing, for a person on all of them, for an address on those that use it.',
  })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => SUPPRESSION_REASONS, { nullable: true, description: 'Why, where it differs from that of the others.' })
  reason?: keyof typeof SUPPRESSION_REASONS | null;
}

@InputType({ description: 'Suppressions to take over. Importing the same again changes nothing.' })
export class ImportSuppressionsInput {
  @Field(() => [SuppressionRowInput], {
    description: 'The suppressions, at most 1,000; more by several calls or from a file.',
  })
  rows!: SuppressionRowInput[];

  @Field(() => SUPPRESSION_REASONS, {
    defaultValue: SUPPRESSION_REASONS.DO_NOT_SEND,
    description: 'Why, of rows that do not say; `ERASED` is said by an erasure alone.',
  })
  reason: keyof typeof SUPPRESSION_REASONS = SUPPRESSION_REASONS.DO_NOT_SEND;

  @Field(() => String, { nullable: true, description: 'The same key and rows get the same report again.' })
  idempotencyKey?: string | null;
}

@ObjectType('SuppressionReport', { description: 'What became of an import: every row is accepted or rejected.' })
export class SuppressionReportType {
  @Field(() => Int, { description: 'Rows that were taken over: `added` and `present`.' })
  accepted!: number;

  @Field(() => Int, { description: 'Those by which somebody, or an address, is suppressed who was not so before.' })
  added!: number;

  @Field(() => Int, { description: 'Those that were so already.' })
  present!: number;

  @Field(() => Int, { description: 'Rows that were not.' })
  rejected!: number;

  @Field(() => [ImportRejectionType], { description: 'Why they were not; no address is named.' })
  rejections!: readonly ImportRejectionType[];
}

@ObjectType({ description: 'What came of an import of suppressions.' })
export class ImportSuppressionsPayload {
  @Field(() => SuppressionReportType, { nullable: true, description: 'The report; nothing when all was refused.' })
  report?: SuppressionReportType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
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
