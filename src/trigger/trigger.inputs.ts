import { Field, ID, InputType, Int } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import type { ConditionOperator } from './trigger';
import { CONDITION_OPERATORS } from './trigger.types';
import type { TriggerDraft } from './trigger-draft';

@InputType({ description: 'What must be true of an event.' })
export class TriggerConditionInput {
  @Field(() => String, { description: "A path into the event's data, such as `order.total`." })
  field!: string;

  @Field(() => CONDITION_OPERATORS, { description: 'How the value is compared.' })
  operator!: keyof typeof CONDITION_OPERATORS;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'A text, a number or a boolean; a number or a time for GREATER_THAN and LESS_THAN; a list for IN; true when missing for EXISTS.',
  })
  value?: unknown;
}

@InputType({ description: 'An event that sets the campaign off for the person it is about.' })
export class TriggerInput {
  @Field(() => ID, { nullable: true, description: 'Which present trigger this is; without it a new one.' })
  id?: string | null;

  @Field(() => String, { description: 'The event type, such as `order.completed`.' })
  eventType!: string;

  @Field(() => [TriggerConditionInput], {
    nullable: true,
    description: 'What must be true of the event, all of it; at most 10.',
  })
  conditions?: TriggerConditionInput[] | null;

  @Field(() => Int, { nullable: true, description: 'Minutes from the event to the message, 0 to 43,200 (30 days).' })
  delayMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'How often at most for one person; once when missing.' })
  frequencyCount?: number | null;

  @Field(() => Int, { nullable: true, description: 'Within how many hours; 24 when missing.' })
  frequencyHours?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether quiet hours hold for it; true when missing.' })
  heedsQuietHours?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'False: it is kept and not heard; true when missing.' })
  enabled?: boolean | null;
}

/** The caller's trigger in our words; what is null is as if it were missing. */
export function toTriggerDraft({ conditions, ...fields }: TriggerInput): TriggerDraft {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
  return { eventType: fields.eventType, ...given, ...(conditions && { conditions: conditions.map(toCondition) }) };
}

type ConditionDraft = NonNullable<TriggerDraft['conditions']>[number];

// The value is judged by its operator afterwards, whatever it is.
const toCondition = ({ field, operator, value }: TriggerConditionInput): ConditionDraft =>
  ({
    field,
    operator: operator.toLowerCase() as ConditionOperator,
    ...(value != null && { value }),
  }) as ConditionDraft;
