import { Field, ID, InputType, Int } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { RULE_FIELDS } from './rule-words';

@InputType({ description: 'A new segment.' })
export class CreateSegmentInput {
  @Field(() => String, { description: 'Its name within the organization, 1 to 255 characters.' })
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
