import type { Condition, Rule, Scalar } from '../../src/segment/rule.types';

/** One message's life: what was between a person and a campaign. */
export interface Contacted {
  readonly campaignId: string;
  readonly isTest: boolean;
  readonly sentAt: Date | null;
  readonly opened: readonly Touched[];
  readonly clicked: readonly Touched[];
  readonly converted: readonly Date[];
}

export interface Touched {
  readonly at: Date;
  readonly machine: boolean;
}

/** A contact as the evaluator sees one: columns in their database names. */
export interface Person {
  readonly external_id: string;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly country: string | null;
  readonly email_opted_in: boolean;
  readonly tags: readonly string[];
  readonly created_at: Date;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly history?: readonly Contacted[];
}

/** Says by plain reading of SPEC §4 whether a rule holds for a person; shares no code with the compiler. */
export const holds = (rule: Rule, person: Person, now: Date): boolean => {
  if ('all' in rule) return rule.all.every((child) => holds(child, person, now));
  if ('any' in rule) return rule.any.some((child) => holds(child, person, now));
  if ('not' in rule) return !holds(rule.not, person, now);
  if (rule.field.startsWith('behaviour.')) return behaved(rule, person, now);
  return conditionHolds(rule, fieldValue(rule.field, person), now);
};

const behaved = ({ field, operator, value }: Condition, { history = [] }: Person, now: Date): boolean => {
  const [, event, campaignId] = field.split('.');
  const times = history
    .filter((one) => !one.isTest && (campaignId === undefined || one.campaignId === campaignId))
    .flatMap((one) => timesOf(one, event));
  if (operator === 'exists') return times.length > 0 === value;
  return times.some((at) => timeHolds('within_last', value, at.getTime(), now));
};

const timesOf = ({ sentAt, opened, clicked, converted }: Contacted, event: string | undefined): readonly Date[] => {
  const human = (touches: readonly Touched[]) => touches.filter(({ machine }) => !machine).map(({ at }) => at);
  if (event === 'opened') return human(opened);
  if (event === 'clicked') return human(clicked);
  return event === 'converted' ? converted : [sentAt].filter((at) => at !== null);
};

const fieldValue = (field: string, person: Person): unknown => {
  if (!field.startsWith('attributes.')) return person[field as keyof Person];
  const keys = field.slice('attributes.'.length).match(/"[^"]+"|[^.]+/g) ?? [];
  return keys.reduce<unknown>((value, key) => step(value, key.replaceAll('"', '')), person.attributes);
};

const step = (value: unknown, key: string): unknown => {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
};

const conditionHolds = ({ field, operator, value: wanted }: Condition, actual: unknown, now: Date): boolean => {
  const known =
    actual !== undefined && actual !== null && !(field === 'tags' && Array.isArray(actual) && actual.length === 0);
  const list = [wanted].flat();
  switch (operator) {
    case 'exists':
      return known === wanted;
    case 'equals':
      return known && same(actual, wanted);
    case 'not_equals':
      return !(known && same(actual, wanted));
    case 'in':
      return known && list.some((one) => same(actual, one));
    case 'not_in':
      return !(known && list.some((one) => same(actual, one)));
    case 'contains':
      return Array.isArray(actual)
        ? actual.includes(wanted)
        : typeof wanted === 'string' && typeof actual === 'string' && actual.includes(wanted);
    case 'has_tag':
      return Array.isArray(actual) && actual.includes(wanted);
    case 'starts_with':
      return typeof actual === 'string' && actual.startsWith(String(wanted));
    case 'before':
    case 'after':
    case 'within_last':
      return timeHolds(operator, wanted, time(actual), now);
    default:
      return orderHolds(operator, comparison(list, actual, field.startsWith('attributes.')), list);
  }
};

const same = (actual: unknown, wanted: unknown): boolean => typeof actual === typeof wanted && actual === wanted;

const time = (actual: unknown): number | undefined => {
  if (actual instanceof Date) return actual.getTime();
  return typeof actual === 'string' &&
    /^[1-9]\d{3}-\d\d-\d\d(T([01]\d|2[0-3]):[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(actual)
    ? isoTime(actual)
    : undefined;
};

const isoTime = (text: string): number | undefined => {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.getUTCDate() !== Number(text.slice(8, 10))) return undefined;
  const at = Date.parse(text.length > 10 && !/(Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(at) ? undefined : at;
};

const timeHolds = (operator: string, wanted: unknown, at: number | undefined, now: Date): boolean => {
  if (at === undefined) return false;
  if (operator === 'within_last') return at >= now.getTime() - Number(wanted) * 86_400_000 && at <= now.getTime();
  const limit = time(wanted) ?? Number.NaN;
  return operator === 'before' ? at < limit : at > limit;
};

const orderHolds = (operator: string, compare: (one: Scalar) => number, wanted: readonly Scalar[]): boolean => {
  const [first = Number.NaN, second = Number.NaN] = wanted.map(compare);
  if (operator === 'between') return first >= 0 && second <= 0;
  if (operator === 'greater_than') return first > 0;
  if (operator === 'greater_than_or_equal') return first >= 0;
  return operator === 'less_than' ? first < 0 : first <= 0;
};

/** How the actual value stands to a wanted one: below 0, 0, above 0, or NaN when they do not compare. */
const comparison = (wanted: readonly Scalar[], actual: unknown, isAttribute: boolean): ((one: Scalar) => number) => {
  if (wanted.every((one) => typeof one === 'number')) {
    return (one) => (typeof actual === 'number' ? actual - Number(one) : Number.NaN);
  }
  if (actual instanceof Date || (isAttribute && wanted.every((one) => time(one) !== undefined))) {
    return (one) => (time(actual) ?? Number.NaN) - (time(one) ?? Number.NaN);
  }
  return (one) =>
    typeof actual === 'string' ? Buffer.compare(Buffer.from(actual), Buffer.from(String(one))) : Number.NaN;
};
