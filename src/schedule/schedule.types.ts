import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import type { Recurrence } from './recurrence';

@InputType({ description: 'When something is due again and again, on the clock of a time zone.' })
export class RecurrenceInput {
  @Field(() => String, {
    description:
      'Minute, hour, day of month, month, day of week, such as `0 9 * * MON`; the minute is one number. A time that a ' +
      'change of clocks leaves out is held right after the change, one that comes twice is held once.',
  })
  cron!: string;

  @Field(() => String, { nullable: true, description: "An IANA time zone; the organization's when missing." })
  timeZone?: string | null;

  @Field(() => Int, { nullable: true, description: 'So many occurrences and no more, missed ones among them.' })
  count?: number | null;
}

/** The caller's recurrence in our words. */
export const toRecurrence = ({
  cron,
  timeZone,
  count,
}: RecurrenceInput): Omit<Recurrence, 'timeZone'> & Partial<Pick<Recurrence, 'timeZone'>> => ({
  cron,
  ...(timeZone != null && { timeZone }),
  ...(count != null && { count }),
});

@ObjectType('Recurrence', { description: 'When a campaign is due again and again, on the clock of a time zone.' })
export class RecurrenceType {
  @Field(() => String, { description: 'Minute, hour, day of month, month, day of week.' })
  cron!: string;

  @Field(() => String, { description: 'The IANA time zone whose clock it is.' })
  timeZone!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'So many occurrences and no more; nothing: no end but the end date.',
  })
  count?: number | null;

  @Field(() => Int, { description: 'Occurrences so far, held or missed.' })
  passed!: number;
}

@InputType({ description: 'Which times to tell: either of a campaign, or of a recurrence that is only thought of.' })
export class SchedulePreviewInput {
  @Field(() => String, { nullable: true, description: 'A campaign that is scheduled.' })
  campaignId?: string | null;

  @Field(() => RecurrenceInput, { nullable: true, description: 'When, again and again, if one scheduled it so.' })
  recurrence?: RecurrenceInput | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Later ones than this; now when missing.' })
  after?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Earlier ones than this end date.' })
  endAt?: Date | null;

  @Field(() => Int, { defaultValue: 10, description: 'How many, at most 100.' })
  first: number = 10;
}

@ObjectType('Occurrence', { description: 'A time at which something is due.' })
export class OccurrenceType {
  @Field(() => DateTimeScalar, { description: 'The moment.' })
  at!: Date;

  @Field(() => String, {
    description: 'The same on the clock of its time zone, such as `Mon, 26 Oct 2026, 09:00 GMT+1`.',
  })
  localTime!: string;
}

@ObjectType({ description: 'The times that a schedule comes to.' })
export class SchedulePreviewPayload {
  @Field(() => [OccurrenceType], { description: 'In their order; none when something was wrong.' })
  occurrences!: readonly OccurrenceType[];

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
