import type { Condition, Operator, Rule } from './rule.types';
import { type Behaviour, findField } from './rule-field';
import { inOrder } from './rule-order';

const WORDS: Readonly<Record<Operator, string>> = {
  equals: 'is',
  not_equals: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  contains: 'contains',
  starts_with: 'starts with',
  greater_than: 'is more than',
  greater_than_or_equal: 'is at least',
  less_than: 'is less than',
  less_than_or_equal: 'is at most',
  between: 'is between',
  exists: 'is known',
  before: 'is before',
  after: 'is after',
  within_last: 'is within the last',
  has_tag: 'have the tag',
};

/** What a rule may be about, for who writes one. */
export const RULE_FIELDS =
  'A field is of the profile (`country`), of its attributes (`attributes.plan`), or behaviour: `behaviour.opened`, ' +
  'or `behaviour.opened.cmp_…` for one campaign, with sent, opened, clicked or converted, and takes within_last or exists. ' +
  'Each rule may have a `priority`, 0 to 1,000: within its group the lower is evaluated and explained first.';

/** The rule in words, for people who check an audience: `country is "DE" and (age is at least 18 or …)`. */
export const describeRule = (rule: Rule): string => {
  if ('all' in rule) return joined(rule.all, 'and', 'everyone');
  if ('any' in rule) return joined(rule.any, 'or', 'nobody');
  if ('not' in rule) return `not (${describeRule(rule.not)})`;
  return describeCondition(rule);
};

const MOST_CHARACTERS = 2_000;

/** The same, cut where it is longer than anybody reads. */
export const summarizeRule = (rule: Rule): string => {
  const words = describeRule(rule);
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS - 1)}…` : words;
};

const joined = (rules: readonly Rule[], word: string, none: string): string =>
  inOrder(rules)
    .map((rule) => (isGroup(rule) ? `(${describeRule(rule)})` : describeRule(rule)))
    .join(` ${word} `) || none;

const isGroup = (rule: Rule): boolean => 'all' in rule || 'any' in rule;

/** How each behaviour is told: of who has it, and of who has not. */
const BEHAVED: Readonly<Record<Behaviour, readonly [string, string]>> = {
  sent: ['was sent', 'was not sent'],
  opened: ['opened', 'did not open'],
  clicked: ['clicked in', 'did not click in'],
  converted: ['converted in', 'did not convert in'],
};

const describeCondition = (condition: Condition): string => {
  const { field, operator, value } = condition;
  const meant = findField(field);
  if (meant?.kind === 'behaviour') return describeBehaviour(meant, condition);
  const name = field.replace(/^attributes\./, '').replaceAll('_', ' ');
  if (operator === 'exists') return value === false ? `${name} is not known` : `${name} is known`;
  if (operator === 'within_last') return `${name} ${WORDS[operator]} ${days(value)}`;
  return `${name} ${WORDS[operator]} ${describeValue(operator, value)}`;
};

const describeBehaviour = (
  { event, campaignId }: { readonly event: Behaviour; readonly campaignId?: string },
  { operator, value }: Condition,
): string => {
  const [did, didNot] = BEHAVED[event];
  const what = `${value === false ? didNot : did} ${campaignId === undefined ? 'any campaign' : `campaign ${campaignId}`}`;
  return operator === 'within_last' ? `${what} within the last ${days(value)}` : what;
};

const days = (value: Condition['value']): string => (value === 1 ? '1 day' : `${value} days`);

const describeValue = (operator: Operator, value: Condition['value']): string => {
  const parts = [value].flat().map((part) => JSON.stringify(part));
  return parts.join(operator === 'between' ? ' and ' : ', ');
};
