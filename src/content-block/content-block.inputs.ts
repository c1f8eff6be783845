import { Field, ID, InputType, Int } from 'type-graphql';
import { BLOCK_KINDS } from './content-block.types';

@InputType({ description: 'A new content block.' })
export class CreateContentBlockInput {
  @Field(() => String, {
    description: 'Its name in templates, `{{ blocks.name }}`: 1 to 64 small letters, digits and _, a letter first.',
  })
  key!: string;

  @Field(() => BLOCK_KINDS, { description: 'What it consists of; that never changes.' })
  kind!: keyof typeof BLOCK_KINDS;

  @Field(() => String, {
    description:
      'What it says: Liquid of its own, complete in itself, 1 to 64,000 characters; other blocks may stand in it.',
  })
  content!: string;

  @Field(() => String, { nullable: true, description: 'What it is good for, at most 2,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one block.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A change of a content block: what is missing stays as it is.' })
export class UpdateContentBlockInput {
  @Field(() => ID, { description: 'Which block, `blk_…`.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change was made from.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'What it says from now on.' })
  content?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is good for; null: nothing.' })
  description?: string | null;
}

@InputType({ description: 'A content block that is not needed any more.' })
export class DeleteContentBlockInput {
  @Field(() => ID, { description: 'Which block, `blk_…`.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  version!: number;
}
