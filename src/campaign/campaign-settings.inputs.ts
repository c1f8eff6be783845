import { Field, InputType, Int } from 'type-graphql';
import { DecimalScalar, JsonScalar } from '../graphql/scalars';
import { ASSIGNMENT_KINDS } from './campaign.enums';

@InputType({ description: 'How fast a campaign may send: the strictest of the rules that are given.' })
export class ThrottleInput {
  @Field(() => Int, { nullable: true, description: 'Messages a minute.' })
  perMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages an hour, at least 100.' })
  perHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages a day, at least 100.' })
  perDay?: number | null;
}

@InputType({ description: 'An event that counts as success.' })
export class ConversionGoalInput {
  @Field(() => String, { description: 'The event type, such as `order.completed`.' })
  eventType!: string;

  @Field(() => String, { nullable: true, description: "The property that holds the event's value." })
  valueField?: string | null;

  @Field(() => String, { nullable: true, description: 'The property that holds the currency of the value.' })
  currencyField?: string | null;

  @Field(() => Int, { nullable: true, description: 'For how many days an event counts, 1 to 30; 7 when missing.' })
  windowDays?: number | null;
}

@InputType({ description: 'What decides who gets which variant.' })
export class AssignmentInput {
  @Field(() => ASSIGNMENT_KINDS, { description: 'A hash, or an attribute.' })
  kind!: keyof typeof ASSIGNMENT_KINDS;

  @Field(() => String, { nullable: true, description: 'The attribute, such as `attributes.segment`.' })
  field?: string | null;
}

@InputType({ description: 'What a campaign may cost.' })
export class BudgetInput {
  @Field(() => DecimalScalar, { description: 'The most it may cost, not negative, at most 4 decimals.' })
  amount!: string;

  @Field(() => String, { description: 'The currency, ISO 4217.' })
  currency!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The cost of a message by channel, at most 6 decimals: {"email": "0.001"}.',
  })
  costPerMessage?: unknown;
}
