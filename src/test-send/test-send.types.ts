import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ExecutionType } from '../execution/execution.types';
import { UserError } from '../graphql/user-errors';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { usualPrefix } from './test-request';

@InputType({ description: 'A campaign, and the people who are to get it as a test.' })
export class SendTestInput {
  @Field(() => ID, { description: 'The public id of the campaign, `cmp_…`.' })
  campaignId!: string;

  @Field(() => ID, { nullable: true, description: 'The variant to send; each one that sends when missing.' })
  variantId?: string | null;

  @Field(() => CHANNEL_KINDS, {
    defaultValue: CHANNEL_KINDS.EMAIL,
    description: 'The medium; by any but e-mail a test goes to contacts alone.',
  })
  channel: keyof typeof CHANNEL_KINDS = CHANNEL_KINDS.EMAIL;

  @Field(() => [String], {
    nullable: true,
    description: 'E-mail addresses, of contacts or of nobody known. With `userIds` up to 20, unless set otherwise.',
  })
  addresses?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "The organization's own ids of contacts." })
  userIds?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "The contact whose data fills the templates of all; each recipient's own when missing.",
  })
  sampleUserId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A subject in the place of the variants’ own: Liquid, up to 500 characters.',
  })
  subject?: string | null;

  @Field(() => String, {
    defaultValue: usualPrefix,
    description:
      'Stands before each subject, or before the first words where there is none: plain, up to 50 characters, empty for none.',
  })
  subjectPrefix: string = usualPrefix;

  @Field(() => String, { nullable: true, description: 'The same key with the same input is sent once.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'What came of a test send.' })
export class SendTestPayload {
  @Field(() => ExecutionType, {
    nullable: true,
    description: 'The execution of kind TEST, with its messages, account and figures; nothing when refused.',
  })
  execution?: ExecutionType | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Its messages: one for each recipient and variant, those that are skipped among them.',
  })
  messages?: number | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
