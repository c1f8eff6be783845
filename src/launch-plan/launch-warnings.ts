import type { Campaign } from '../campaign/campaign';
import { unknownVariables } from '../content/template-variables';
import { nameOf, type RemoteList } from '../remote-list/remote-list';
import type { LaunchFigures } from './launch-figures';

export const warningCodes = [
  'AUDIENCE_EMPTY',
  'AUDIENCE_TOO_LARGE',
  'USERS_UNKNOWN',
  'REMOTE_LIST_STALE',
  'NOBODY_SENT_TO',
  'BUDGET_EXCEEDED',
  'COST_UNKNOWN',
  'VARIABLE_MISSING',
  'VARIABLE_UNKNOWN',
  'VARIABLE_FAILS',
  'LOCALE_MISSING',
  'LOCALIZATION_UNAVAILABLE',
  'QUIET_HOURS_SKIP',
  'OUTSIDE_WINDOW_SKIP',
  'LOGIN_AWAITED',
  'ENDS_BEFORE_FINISH',
  'LONGER_THAN_A_YEAR',
  'APPROVAL_OUTDATED',
  'SCHEDULING_RULE',
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** Something that does not forbid a start, and that nobody should learn afterwards. */
export interface LaunchWarning {
  readonly code: WarningCode;
  readonly message: string;
  /** How many people it concerns, and of how many; where it concerns some. */
  readonly people?: number;
  readonly of?: number;
}

/** What a launch is warned of. */
export interface WarningFacts {
  readonly figures: LaunchFigures;
  readonly campaign: Campaign;
  readonly mostPeople: number;
  /** Of those whom audiences name one by one, how many the directory does not have. */
  readonly unknownUsers: number;
  /** Lists of other services that stand in for newer ones. */
  readonly staleLists: readonly RemoteList[];
  readonly variables: readonly string[];
  /** Parts of the plan that differ from what was approved. */
  readonly outdated: readonly string[];
}

type Judge = (facts: WarningFacts) => readonly LaunchWarning[];

/** All warnings, those that concern everybody first. */
export const warningsOf = (facts: WarningFacts): readonly LaunchWarning[] => judges.flatMap((judge) => judge(facts));

const when = (condition: boolean, code: WarningCode, message: string): readonly LaunchWarning[] =>
  condition ? [{ code, message }] : [];

const audience: Judge = ({ figures: { people, sent }, mostPeople, unknownUsers, staleLists }) => [
  ...when(people === 0, 'AUDIENCE_EMPTY', 'nobody is in the audience: the execution would end at once with 0 people'),
  ...when(people > 0 && sent === 0, 'NOBODY_SENT_TO', 'of all people in the audience nobody would be sent to'),
  ...when(
    people > mostPeople,
    'AUDIENCE_TOO_LARGE',
    `more than ${mostPeople} people: a start is refused, and the figures stop there`,
  ),
  ...staleLists.map((list) => ({
    code: 'REMOTE_LIST_STALE' as const,
    message: `${nameOf(list)} could not be read: the list of ${list.readAt} stands in for it`,
    people: list.people,
  })),
  ...(unknownUsers > 0
    ? [
        {
          code: 'USERS_UNKNOWN' as const,
          message: `${unknownUsers} of the people whom it names are not in the directory`,
          people: unknownUsers,
        },
      ]
    : []),
];

const cost: Judge = ({ figures: { cost } }) =>
  cost === undefined
    ? []
    : [
        ...when(
          cost.exceeded,
          'BUDGET_EXCEEDED',
          `it would cost ${cost.amount} ${cost.currency}, the budget is ${cost.budget} ${cost.currency}`,
        ),
        ...cost.withoutCost.map((kind) => ({
          code: 'COST_UNKNOWN' as const,
          message: `the budget has no cost of a message by ${kind}: they count as free`,
        })),
      ];

const variables: Judge = ({
  figures,
  figures: { missing, wouldFail, messages },
  variables,
  campaign: { delivery },
}) => [
  ...when(
    wouldFail > 0,
    'VARIABLE_FAILS',
    `at least ${wouldFail} of ${messages} ${unit(figures)} would fail: the campaign is strict, and shows what is not there`,
  ).map((warning) => ({ ...warning, people: wouldFail, of: messages })),
  ...unknownVariables(variables).map((name) => ({
    code: 'VARIABLE_UNKNOWN' as const,
    message: `nothing ever stands in the place of {{ ${name} }}`,
  })),
  ...variables
    .filter((name) => /^personalization\b/.test(name) && delivery.personalizationRuleId === undefined)
    .flatMap((name) =>
      when(true, 'VARIABLE_UNKNOWN', `no rule makes {{ ${name} }}: the campaign has no personalizationRuleId`),
    ),
  ...missing.map(({ variable, people, of }) => ({
    code: 'VARIABLE_MISSING' as const,
    message: `${people} of ${of} people have nothing for {{ ${variable} }}`,
    people,
    of,
  })),
];

const locales: Judge = ({ figures: { missingLocales } }) =>
  missingLocales.map(({ language, people, of }) => ({
    code: 'LOCALE_MISSING',
    message: `${people} people read ${language}, and get the content of everybody`,
    people,
    of,
  }));

/** What is counted: where all channels are used, one of somebody's messages may leave and another one not. */
const unit = ({ sent, messages }: LaunchFigures): string => (sent === messages ? 'people' : 'messages');

const time: Judge = ({
  figures,
  figures: { finishesAt, quietHoursSkipped, outsideWindowSkipped, awaitingLogin, messages },
  campaign: { endAt, delivery },
}) => [
  ...when(
    quietHoursSkipped > 0,
    'QUIET_HOURS_SKIP',
    `${quietHoursSkipped} ${unit(figures)} would be skipped: their turn comes in their quiet hours`,
  ).map((warning) => ({ ...warning, people: quietHoursSkipped, of: messages })),
  ...when(
    outsideWindowSkipped > 0,
    'OUTSIDE_WINDOW_SKIP',
    `${outsideWindowSkipped} ${unit(figures)} would be skipped: their turn comes outside of the send windows`,
  ).map((warning) => ({ ...warning, people: outsideWindowSkipped, of: messages })),
  ...when(
    awaitingLogin > 0,
    'LOGIN_AWAITED',
    `${awaitingLogin} messages would wait for the next login of their people, ${delivery.expiresAfterHours} hours at most`,
  ).map((warning) => ({ ...warning, people: awaitingLogin, of: messages })),
  ...when(finishesAt === undefined, 'LONGER_THAN_A_YEAR', 'at this rate it would take more than a year'),
  ...when(
    endAt !== null && finishesAt !== undefined && finishesAt > endAt,
    'ENDS_BEFORE_FINISH',
    `at this rate the last message leaves at ${finishesAt?.toISOString()}, after the end at ${endAt?.toISOString()}`,
  ),
];

const approval: Judge = ({ outdated }) =>
  when(outdated.length > 0, 'APPROVAL_OUTDATED', `changed since it was approved: ${outdated.join(', ')}`);

const rule: Judge = ({ campaign: { delivery } }) =>
  when(
    delivery.schedulingRuleId !== undefined,
    'SCHEDULING_RULE',
    `when its time comes the rules engine is asked: ${delivery.schedulingRuleId} may have it wait, or skip the time`,
  );

const judges: readonly Judge[] = [audience, cost, time, rule, variables, locales, approval];
