import { Field, ID, InputType, Int } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { RULE_FIELDS } from './rule-words';

@InputType({ description: 'A new segment.' })
export class CreateSegmentInput {
  @Field(() => String, { description: 'Its name, 1 to 255 characters, the only one among the segments in use.' })
  name!: string;

  @Field(() => JsonScalar, {
    description: `A tree of {all}, {any}, {not} and {field, operator, value}. ${RULE_FIELDS}`,
  })
  rules!: unknown;

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one segment.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A change of a segment; executions that have started keep its rules of then.' })
export class UpdateSegmentInput {
  @Field(() => ID, { description: 'Which segment.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change was made from.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: `New rules. ${RULE_FIELDS}` })
  rules?: unknown;
}

@InputType({ description: 'A segment to archive.' })
export class ArchiveSegmentInput {
  @Field(() => ID, { description: 'Which segment.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The version that the decision was made on.' })
  version?: number | null;
}

@InputType({ description: 'Which segments a list is about: all that is given must hold.' })
export class SegmentFilterInput {
  @Field(() => String, { nullable: true, description: 'With all of these words in the name, in whatever case.' })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Those that were archived, in place of those in use.' })
  archived?: boolean | null;
}
