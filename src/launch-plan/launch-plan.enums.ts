import { registerEnumType } from 'type-graphql';

export const PACE_SCOPES = { CAMPAIGN: 'CAMPAIGN', ORGANIZATION: 'ORGANIZATION', CHANNEL: 'CHANNEL' } as const;
registerEnumType(PACE_SCOPES, {
  name: 'PaceScope',
  description: 'Whose limit holds a sending back.',
  valuesConfig: {
    CAMPAIGN: { description: "The campaign's own throttle." },
    ORGANIZATION: { description: 'The limit that all campaigns of the organization share.' },
    CHANNEL: { description: 'What they share on one channel, where that is less.' },
  },
});

export const LAUNCH_WARNINGS = {
  AUDIENCE_EMPTY: 'AUDIENCE_EMPTY',
  AUDIENCE_TOO_LARGE: 'AUDIENCE_TOO_LARGE',
  USERS_UNKNOWN: 'USERS_UNKNOWN',
  REMOTE_LIST_STALE: 'REMOTE_LIST_STALE',
  NOBODY_SENT_TO: 'NOBODY_SENT_TO',
  BUDGET_EXCEEDED: 'BUDGET_EXCEEDED',
  COST_UNKNOWN: 'COST_UNKNOWN',
  VARIABLE_MISSING: 'VARIABLE_MISSING',
  VARIABLE_UNKNOWN: 'VARIABLE_UNKNOWN',
  VARIABLE_FAILS: 'VARIABLE_FAILS',
  LOCALE_MISSING: 'LOCALE_MISSING',
  LOCALIZATION_UNAVAILABLE: 'LOCALIZATION_UNAVAILABLE',
  QUIET_HOURS_SKIP: 'QUIET_HOURS_SKIP',
  OUTSIDE_WINDOW_SKIP: 'OUTSIDE_WINDOW_SKIP',
  LOGIN_AWAITED: 'LOGIN_AWAITED',
  ENDS_BEFORE_FINISH: 'ENDS_BEFORE_FINISH',
  LONGER_THAN_A_YEAR: 'LONGER_THAN_A_YEAR',
  APPROVAL_OUTDATED: 'APPROVAL_OUTDATED',
  SCHEDULING_RULE: 'SCHEDULING_RULE',
} as const;
registerEnumType(LAUNCH_WARNINGS, {
  name: 'LaunchWarningCode',
  description: 'What one should know before a start; none of it but a too large audience forbids one.',
  valuesConfig: {
    AUDIENCE_EMPTY: { description: 'Nobody is in the audience: the execution would end at once.' },
    REMOTE_LIST_STALE: {
      description:
        'An audience that another service keeps is judged by an old list of it, as the service could not be asked.',
    },
    USERS_UNKNOWN: {
      description: 'Some of those whom it names one by one are not in the directory: `namedUsers` tells whom.',
    },
    AUDIENCE_TOO_LARGE: { description: 'More people than an execution may have: a start is refused.' },
    NOBODY_SENT_TO: { description: 'There is an audience, and nobody in it would be sent to.' },
    BUDGET_EXCEEDED: { description: 'It would cost more than the budget.' },
    COST_UNKNOWN: { description: 'The budget says nothing of what a message by this channel costs.' },
    VARIABLE_MISSING: { description: 'Some people have nothing for a variable of their content.' },
    VARIABLE_UNKNOWN: { description: 'A variable that nobody ever has.' },
    VARIABLE_FAILS: {
      description: 'Some people would get nothing: the campaign is strict, and they lack a variable of their content.',
    },
    LOCALE_MISSING: {
      description: 'Some people read a language that their content is not written in; the 20 most read are told.',
    },
    LOCALIZATION_UNAVAILABLE: {
      description: 'The service of strings and prices cannot be asked: what it said last would be used.',
    },
    QUIET_HOURS_SKIP: { description: 'Some people would be skipped for their quiet hours.' },
    OUTSIDE_WINDOW_SKIP: { description: 'Some people would be skipped, for they are outside of the send windows.' },
    LOGIN_AWAITED: {
      description: 'Some messages would wait for the next login of their people, and may expire before it.',
    },
    ENDS_BEFORE_FINISH: { description: 'The last message would leave after the end date.' },
    LONGER_THAN_A_YEAR: { description: 'The limits are so low that no end is in sight.' },
    APPROVAL_OUTDATED: { description: 'What would be sent is not what was approved.' },
    SCHEDULING_RULE: { description: 'A rule of the rules engine may have it wait at its time, or skip it.' },
  },
});
