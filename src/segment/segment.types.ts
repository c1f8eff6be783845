import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';

@ObjectType('Segment', { description: 'Rules under a name: who they mean is found when an execution starts.' })
@Directive('@key(fields: "id")')
export class SegmentType {
  @Field(() => ID, { description: 'The public id, `seg_…`.' })
  id!: string;

  @Field(() => String, { description: 'Its name within the organization.' })
  name!: string;

  @Field(() => JsonScalar, { description: 'A tree of {all}, {any}, {not} and {field, operator, value}.' })
  rules!: unknown;

  @Field(() => Int, { description: 'Rises with each change.' })
  version!: number;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was changed last.' })
  updatedAt!: Date;

  /** For lists. */
  segmentNo!: number;
}

@ObjectType({ description: 'What came of creating or changing a segment.' })
export class SegmentPayload {
  @Field(() => SegmentType, { nullable: true, description: 'The segment; nothing when something was wrong.' })
  segment?: SegmentType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
