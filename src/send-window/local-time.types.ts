import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';

export const PAST_CHOICES = { SEND_NOW: 'SEND_NOW', NEXT_DAY: 'NEXT_DAY', SKIP: 'SKIP' } as const;
registerEnumType(PAST_CHOICES, {
  name: 'PastChoice',
  description: 'What becomes of those for whom the local time is past already when the campaign starts.',
  valuesConfig: {
    SEND_NOW: { description: 'Their message is due at once.' },
    NEXT_DAY: { description: 'It is due at that time on their next day.' },
    SKIP: { description: 'It is skipped, with the reason `past_local_time`.' },
  },
});

@ObjectType('LocalTime', { description: 'A time of day at which each recipient is written to, on their own clock.' })
export class LocalTimeType {
  @Field(() => String, { description: 'The time, such as `09:30`.' })
  at!: string;

  @Field(() => PAST_CHOICES, { description: 'What becomes of those for whom it is past when the campaign starts.' })
  ifPast!: keyof typeof PAST_CHOICES;
}

@InputType({ description: 'A time of day at which each recipient is written to, on their own clock.' })
export class LocalTimeInput {
  @Field(() => String, {
    description:
      'The time, such as `09:30`. One that a change of clocks leaves out is held right after the change, one that comes ' +
      'twice is held the first time.',
  })
  at!: string;

  @Field(() => PAST_CHOICES, {
    defaultValue: PAST_CHOICES.NEXT_DAY,
    description: 'What becomes of those for whom it is past when the campaign starts.',
  })
  ifPast: keyof typeof PAST_CHOICES = 'NEXT_DAY';
}
