import { Field, Int, ObjectType } from 'type-graphql';
import { DecimalScalar, JsonScalar } from '../graphql/scalars';
import { ASSIGNMENT_KINDS } from './campaign.enums';

@ObjectType('Throttle', { description: 'How fast a campaign may send: the strictest of these rules.' })
export class ThrottleType {
  @Field(() => Int, { nullable: true, description: 'Messages a minute.' })
  perMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'The most messages in one hour.' })
  perHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages a day.' })
  perDay?: number | null;
}

@ObjectType('ConversionGoal', { description: 'An event that counts as success; the first goal is the primary one.' })
export class ConversionGoalType {
  @Field(() => String, { description: 'The event type, such as `order.completed`.' })
  eventType!: string;

  @Field(() => String, { nullable: true, description: "The property that holds the event's value." })
  valueField?: string | null;

  @Field(() => String, { nullable: true, description: 'The property that holds the currency of the value.' })
  currencyField?: string | null;

  @Field(() => Int, { description: 'For how many days an event counts.' })
  windowDays!: number;
}

@ObjectType('Assignment', { description: 'What decides who gets which variant.' })
export class AssignmentType {
  @Field(() => ASSIGNMENT_KINDS, { description: 'A hash, or an attribute.' })
  kind!: keyof typeof ASSIGNMENT_KINDS;

  @Field(() => String, { nullable: true, description: 'The attribute, such as `attributes.segment`.' })
  field?: string | null;
}

@ObjectType('Budget', { description: 'What a campaign may cost.' })
export class BudgetType {
  @Field(() => DecimalScalar, { description: 'The most it may cost.' })
  amount!: string;

  @Field(() => String, { description: 'The currency, ISO 4217.' })
  currency!: string;

  @Field(() => JsonScalar, { description: 'The cost of a message by channel, such as {"email": "0.001"}.' })
  costPerMessage!: unknown;
}
