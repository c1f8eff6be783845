import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';

export const BLOCK_KINDS = { HTML: 'HTML', PLAIN: 'PLAIN' } as const;
registerEnumType(BLOCK_KINDS, {
  name: 'ContentBlockKind',
  description: 'What a block consists of, and so where it may stand.',
  valuesConfig: {
    HTML: { description: 'HTML, which stands in HTML alone.' },
    PLAIN: { description: 'Plain words, which stand everywhere: in HTML they are escaped.' },
  },
});

@ObjectType('ContentBlock', {
  description:
    'A piece of Liquid under a name. Content has it put in where `{{ blocks.name }}` stands, when it is saved: a later ' +
    'change of the block changes nothing in it until it is refreshed.',
})
@Directive('@key(fields: "id")')
export class ContentBlockType {
  @Field(() => ID, { description: 'The public id, `blk_…`.' })
  id!: string;

  @Field(() => String, { description: 'Its name in templates, the only one among the blocks in use.' })
  key!: string;

  @Field(() => BLOCK_KINDS, { description: 'What it consists of.' })
  kind!: keyof typeof BLOCK_KINDS;

  @Field(() => String, { nullable: true, description: 'What it is good for.' })
  description?: string | null;

  @Field(() => String, { description: 'What it says, as its author wrote it.' })
  content!: string;

  @Field(() => [String], { description: 'Keys of the blocks that stand in it.' })
  uses!: readonly string[];

  @Field(() => Int, { description: 'Rises with each change; an update names the one that it was made from.' })
  version!: number;

  @Field(() => String, { description: 'Who made it.' })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => String, { description: 'Who changed it last.' })
  updatedBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was changed last.' })
  updatedAt!: Date;

  /** For the order of the list. */
  blockNo!: number;
}

@ObjectType({ description: 'What came of an action on a content block.' })
export class ContentBlockPayload {
  @Field(() => ContentBlockType, { nullable: true, description: 'The block; nothing when refused.' })
  contentBlock?: ContentBlockType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
