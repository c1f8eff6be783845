import { contentHash } from '../shared/canonical-json';

/** One field before and after; null is no value. */
export interface AuditChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What an object was at some moment, in the form that the log keeps. */
export type AuditState = ReadonlyMap<string, string | null>;

/** Words of ours, never of a person's. Every other text is kept as its digest. */
const plain = new Set([
  'status',
  'pausedFrom',
  'approval',
  'type',
  'purpose',
  'role',
  'occurrence',
  'from',
  'until',
  'timeZone',
  'onQuietHours',
  'channelStrategy',
  'amount',
  'currency',
  'at',
]);
/** Settings of which each is told by itself: a digest of them all would not say that the budget was raised. */
const opened = new Set(['delivery', 'throttle', 'budget', 'costPerMessage', 'schedule']);
/** The entry itself says who and when; the rest are keys of rows. */
const unsaid = new Set(['updatedBy', 'updatedAt', 'campaignNo', 'segmentNo', 'organizationNo']);

/** The state of an object: numbers, dates and our own words as they are, everything else as a digest. */
export const stateOf = (object: object): AuditState =>
  new Map(
    Object.entries(object)
      .filter(([field]) => !unsaid.has(field))
      .flatMap(([field, value]) => keptForms(field, value)),
  );

function keptForms(field: string, value: unknown, path = field): [string, string | null][] {
  if (!opened.has(field) || typeof value !== 'object' || value === null) return [[path, keptForm(field, value)]];
  return Object.entries(value).flatMap(([name, one]): [string, string | null][] =>
    // By channel, and a decimal: both were judged.
    field === 'costPerMessage' ? [[`${path}.${name}`, String(one)]] : keptForms(name, one, `${path}.${name}`),
  );
}

/** What differs between two states of an object; of a new one, everything that it has. */
export function differences(before: AuditState, after: AuditState): readonly AuditChange[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = fields.map((field) => ({
    field,
    before: before.get(field) ?? null,
    after: after.get(field) ?? null,
  }));
  return changes.filter(({ before: was, after: is }) => was !== is);
}

/** The state of what does not exist yet. */
export const nothing: AuditState = new Map();

function keptForm(field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && plain.has(field)) return value;
  // A winner is a variant: its id is a word of ours.
  if (field === 'winner' && typeof value === 'object' && 'variantId' in value) return String(value.variantId);
  return `sha256:${contentHash(value)}`;
}
