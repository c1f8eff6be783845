import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';

export const SEGMENT_ORDERS = { NEWEST: 'NEWEST', OLDEST: 'OLDEST', NAME: 'NAME', CHANGED: 'CHANGED' } as const;
registerEnumType(SEGMENT_ORDERS, {
  name: 'SegmentOrder',
  description: 'The order of a list of segments.',
  valuesConfig: {
    NEWEST: { description: 'The one made last comes first.' },
    OLDEST: { description: 'The one made first comes first.' },
    NAME: { description: 'By name, in whatever case.' },
    CHANGED: { description: 'The one changed last comes first.' },
  },
});

@ObjectType('Segment', { description: 'Rules under a name: who they mean is found when an execution starts.' })
@Directive('@key(fields: "id")')
export class SegmentType {
  @Field(() => ID, { description: 'The public id, `seg_…`.' })
  id!: string;

  @Field(() => String, { description: 'Its name, the only one among the segments in use.' })
  name!: string;

  @Field(() => JsonScalar, { description: 'A tree of {all}, {any}, {not} and {field, operator, value}.' })
  rules!: unknown;

  @Field(() => Int, { description: 'Rises with each change.' })
  version!: number;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was changed last.' })
  updatedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was archived: since then no campaign can be given it, or start with it.',
  })
  archivedAt?: Date | null;

  /** For lists. */
  segmentNo!: number;
}

@ObjectType({ description: 'What came of creating, changing or archiving a segment.' })
export class SegmentPayload {
  @Field(() => SegmentType, { nullable: true, description: 'The segment; nothing when something was wrong.' })
  segment?: SegmentType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
