import { Field, Float, Int, ObjectType } from 'type-graphql';
import { IntervalType } from './goal-test.types';

@ObjectType('HoldoutGroup', { description: 'People of one kind, all of them eligible, and what they did.' })
export class HoldoutGroupType {
  @Field(() => Int, { description: 'How many there are.' })
  people!: number;

  @Field(() => Int, { description: 'How many of them reached the goal.' })
  successes!: number;

  @Field(() => Float, { description: 'Their share.' })
  rate!: number;

  @Field(() => IntervalType, { description: "Of the share: Wilson's score interval, 95 %." })
  interval!: IntervalType;
}

@ObjectType('HoldoutLift', {
  description: 'What writing to people changed: eligible people of the arms that send against eligible ones held out.',
})
export class HoldoutLiftType {
  @Field(() => String, { description: 'The event type of the goal.' })
  goal!: string;

  @Field(() => HoldoutGroupType, { description: 'Whom the campaign wrote to, or meant to.' })
  treated!: HoldoutGroupType;

  @Field(() => HoldoutGroupType, { description: 'Who was held out.' })
  heldOut!: HoldoutGroupType;

  @Field(() => Float, { description: 'Rate of the treated less that of the held-out.' })
  difference!: number;

  @Field(() => IntervalType, { description: "Of the difference: Newcombe's, 95 %." })
  differenceInterval!: IntervalType;

  @Field(() => Float, { nullable: true, description: "Difference as a share of the held-out's rate." })
  relativeLift?: number | null;

  @Field(() => IntervalType, {
    nullable: true,
    description: 'Of the relative lift; nothing where it has no upper end.',
  })
  relativeLiftInterval?: IntervalType | null;

  @Field(() => Float, { description: 'Successes among the treated that there would not have been.' })
  incremental!: number;

  @Field(() => IntervalType, { description: 'Of the incremental successes, 95 %.' })
  incrementalInterval!: IntervalType;

  @Field(() => Float, { description: 'Two-sided p-value; 0 where it is too small for a number.' })
  pValue!: number;

  @Field(() => Float, { description: 'Natural logarithm of the p-value.' })
  logPValue!: number;
}
