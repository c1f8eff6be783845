import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';

export const CONDITION_OPERATORS = {
  EQUALS: 'EQUALS',
  NOT_EQUALS: 'NOT_EQUALS',
  CONTAINS: 'CONTAINS',
  GREATER_THAN: 'GREATER_THAN',
  LESS_THAN: 'LESS_THAN',
  IN: 'IN',
  EXISTS: 'EXISTS',
} as const;
registerEnumType(CONDITION_OPERATORS, {
  name: 'ConditionOperator',
  description: 'How a condition compares what an event says.',
  valuesConfig: {
    EQUALS: { description: 'It is this value.' },
    NOT_EQUALS: { description: 'It is another value, or there is none.' },
    CONTAINS: { description: 'A text with this in it, or a list with this among it.' },
    GREATER_THAN: { description: 'A number above, or a time after this one.' },
    LESS_THAN: { description: 'A number below, or a time before this one.' },
    IN: { description: 'It is one of these values.' },
    EXISTS: { description: 'There is a value; with `false`, there is none.' },
  },
});

@ObjectType('TriggerCondition', { description: 'What must be true of an event.' })
export class TriggerConditionType {
  @Field(() => String, { description: "A path into the event's data." })
  field!: string;

  @Field(() => CONDITION_OPERATORS, { description: 'How it is compared.' })
  operator!: keyof typeof CONDITION_OPERATORS;

  @Field(() => JsonScalar, { nullable: true, description: 'With what it is compared.' })
  value?: unknown;
}

@ObjectType('Trigger', { description: 'An event that sets a campaign off for the person it is about.' })
export class TriggerType {
  @Field(() => ID, { description: 'The public id, `trg_…`.' })
  id!: string;

  @Field(() => String, { description: 'The event type, such as `order.completed`.' })
  eventType!: string;

  @Field(() => [TriggerConditionType], { description: 'What must be true of the event, all of it.' })
  conditions!: TriggerConditionType[];

  @Field(() => Int, { description: 'Minutes from the event to the message.' })
  delayMinutes!: number;

  @Field(() => Int, { description: 'How often at most for one person within `frequencyHours`.' })
  frequencyCount!: number;

  @Field(() => Int, { description: 'The hours in which `frequencyCount` holds.' })
  frequencyHours!: number;

  @Field(() => Boolean, { description: 'Whether quiet hours hold for what it sends.' })
  heedsQuietHours!: boolean;

  @Field(() => Boolean, { description: 'Whether it is heard while the campaign is active.' })
  enabled!: boolean;
}
