import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type SendWindow, weekDays } from './send-window';

export const WEEK_DAYS = {
  MONDAY: 'MONDAY',
  TUESDAY: 'TUESDAY',
  WEDNESDAY: 'WEDNESDAY',
  THURSDAY: 'THURSDAY',
  FRIDAY: 'FRIDAY',
  SATURDAY: 'SATURDAY',
  SUNDAY: 'SUNDAY',
} as const;
registerEnumType(WEEK_DAYS, {
  name: 'WeekDay',
  description: 'A day of the week on the clock of the recipient.',
  valuesConfig: {
    MONDAY: { description: 'The first day of the week, as ISO 8601 counts.' },
    TUESDAY: { description: 'The second day.' },
    WEDNESDAY: { description: 'The third day.' },
    THURSDAY: { description: 'The fourth day.' },
    FRIDAY: { description: 'The fifth day; a window that begins on it may end on the sixth.' },
    SATURDAY: { description: 'The sixth day, which `excludeWeekends` leaves out.' },
    SUNDAY: { description: 'The seventh day, which `excludeWeekends` leaves out.' },
  },
});

@ObjectType('SendWindow', {
  description:
    'Hours in which a campaign may write to people, by the clock of each. Whose time zone is unknown is taken to be in ' +
    "that of the organization's quiet hours.",
})
export class SendWindowType {
  @Field(() => [WEEK_DAYS], { description: 'The days on which it opens.' })
  days!: (keyof typeof WEEK_DAYS)[];

  @Field(() => String, { description: 'When it opens, such as `09:00`.' })
  from!: string;

  @Field(() => String, {
    description:
      'When it closes, such as `17:30`: the first minute that is outside. Earlier than `from`: on the next day.',
  })
  until!: string;
}

@InputType({ description: 'Hours in which a campaign may write to people, by the clock of each.' })
export class SendWindowInput {
  @Field(() => [WEEK_DAYS], { nullable: true, description: 'The days on which it opens; all of them when missing.' })
  days?: (keyof typeof WEEK_DAYS)[] | null;

  @Field(() => String, { description: 'When it opens, such as `09:00`.' })
  from!: string;

  @Field(() => String, {
    description:
      'When it closes, such as `17:30` or `24:00`: the first minute that is outside. Earlier than `from`: on the next day.',
  })
  until!: string;
}

/** The caller's window in our words. */
export const toSendWindow = ({ days, from, until }: SendWindowInput): SendWindow => ({
  days: days ?? weekDays,
  from,
  until,
});
