import { OPERATORS, type Operator } from './rule.types';

/** What a field holds decides which operators it takes and what their values may be. */
export type FieldKind = ColumnKind | 'attribute' | 'behaviour';
export type ColumnKind = 'text' | 'boolean' | 'time' | 'tags';

/** What a person may have done with a campaign, or it with them. */
const BEHAVIOURS = ['sent', 'opened', 'clicked', 'converted'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** `column` is a column of campaign.contact; `path` leads into its attributes; without a `campaignId`, any campaign. */
export type RuleField =
  | { readonly kind: ColumnKind; readonly column: string }
  | { readonly kind: 'attribute'; readonly path: readonly string[] }
  | { readonly kind: 'behaviour'; readonly event: Behaviour; readonly campaignId?: string };

/** The only names that ever become part of an SQL text; everything else of a rule is a parameter. */
const COLUMNS: ReadonlyMap<string, ColumnKind> = new Map([
  ['external_id', 'text'],
  ['email', 'text'],
  ['phone', 'text'],
  ['first_name', 'text'],
  ['last_name', 'text'],
  ['locale', 'text'],
  ['time_zone', 'text'],
  ['country', 'text'],
  ['email_opted_in', 'boolean'],
  ['sms_opted_in', 'boolean'],
  ['whatsapp_verified', 'boolean'],
  ['express_consent', 'boolean'],
  ['do_not_sell', 'boolean'],
  ['push_token', 'text'],
  ['email_valid', 'boolean'],
  ['tags', 'tags'],
  ['created_at', 'time'],
  ['updated_at', 'time'],
]);

const ORDER: readonly Operator[] = [
  'greater_than',
  'greater_than_or_equal',
  'less_than',
  'less_than_or_equal',
  'between',
];
const EQUALITY: readonly Operator[] = ['equals', 'not_equals', 'in', 'not_in'];
const TIME: readonly Operator[] = ['before', 'after', 'within_last'];

const TAKES: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: [...EQUALITY, ...ORDER, 'contains', 'starts_with', 'exists'],
  boolean: ['equals', 'not_equals', 'exists'],
  time: [...ORDER, ...TIME, 'exists'],
  tags: ['has_tag', 'exists'],
  attribute: OPERATORS.filter((operator) => operator !== 'has_tag'),
  behaviour: ['within_last', 'exists'],
};

/** The operators that a field takes. */
export const operatorsOf = ({ kind }: RuleField): readonly Operator[] => TAKES[kind];

/** The fields that there are, for who wrote another. */
export const KNOWN_FIELDS = [
  ...COLUMNS.keys(),
  'attributes.…',
  ...BEHAVIOURS.map((event) => `behaviour.${event}`),
].join(', ');

/** Dots part the keys of an attribute's path; a key that holds a dot is put in double quotes. */
const SEGMENT = /^(?:"([^"]+)"|([^".]+))(?:\.|$)/;

/** The field that a name means; nothing when there is no such field. Columns may be written in camelCase. */
export const findField = (name: string): RuleField | undefined => {
  if (name.startsWith('attributes.')) return attributeField(name.slice('attributes.'.length));
  if (name.startsWith('behaviour.')) return behaviourField(name.slice('behaviour.'.length));
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const kind = COLUMNS.get(column);
  return kind && { kind, column };
};

const attributeField = (text: string): RuleField | undefined => {
  const path: string[] = [];
  let rest = text;
  while (rest !== '') {
    const match = SEGMENT.exec(rest);
    if (!match || path.length === 10) return undefined;
    path.push(match[1] ?? match[2] ?? '');
    rest = rest.slice(match[0].length);
  }
  return path.length === 0 || text.endsWith('.') ? undefined : { kind: 'attribute', path };
};

/** `opened`, or `opened.cmp_…`. */
const behaviourField = (text: string): RuleField | undefined => {
  const [name, campaignId, more] = text.split('.');
  const event = BEHAVIOURS.find((one) => one === name);
  if (!event || more !== undefined) return undefined;
  if (campaignId === undefined) return { kind: 'behaviour', event };
  return CAMPAIGN_ID.test(campaignId) ? { kind: 'behaviour', event, campaignId } : undefined;
};

const CAMPAIGN_ID = /^cmp_[\w-]{1,60}$/;
