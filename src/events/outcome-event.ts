import { instantOf, isRecord, parseEnvelope, textOf, UnreadableEvent } from './receipt';

/** Something a person did: `event.stored` of the event service, or `order.completed` of a shop. */
export interface OutcomeEvent {
  readonly organizationId: string;
  readonly source: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly externalId: string;
  readonly at: number;
  /** Decimals of four places, by the name of the property. */
  readonly amounts: Readonly<Record<string, string>>;
  readonly currency: string | null;
}

const MAX_AMOUNT = 1e12;

/** Reads an event; it is identified by organization, source and its own id. Throws `UnreadableEvent`. */
export function parseOutcomeEvent(subject: string, text: string): OutcomeEvent {
  const { id, source, organizationId, data } = parseEnvelope(text);
  const stored = subject === 'event.stored';
  const properties = isRecord(data.properties) ? data.properties : data;
  const eventId = typeof data.eventId === 'string' ? textOf(data, 'eventId') : (id ?? textOf(data, 'orderId'));
  return {
    organizationId,
    source: source ?? 'unknown',
    eventId,
    eventType: stored ? textOf(data, 'eventType') : subject,
    externalId: textOf(data, 'userId'),
    at: instantOf(data.at),
    amounts: amountsOf(properties),
    currency: typeof properties.currency === 'string' ? properties.currency.slice(0, 3) : null,
  };
}

function amountsOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) {
    const amount = amountOf(value);
    if (amount !== undefined) amounts[name] = amount;
  }
  if (properties.value !== undefined && amounts.value === undefined) throw new UnreadableEvent('value is no amount');
  return amounts;
}

/** Numbers, and texts that look like one, in four places: what is stored and what is counted are the same figure. */
function amountOf(value: unknown): string | undefined {
  const amount = typeof value === 'string' && /^-?\d{1,12}(\.\d{1,10})?$/.test(value) ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount) || Math.abs(amount) >= MAX_AMOUNT) return undefined;
  return amount.toFixed(4);
}

/** The amount that a goal counts: of its field, else of `value`; nothing told is nothing earned. */
export function amountFor(event: OutcomeEvent, valueField: string | null): string {
  const name = (valueField ?? 'value').replace(/^properties\./, '');
  return event.amounts[name] ?? '0.0000';
}
