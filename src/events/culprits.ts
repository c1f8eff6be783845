import type { BusMessage } from '../adapters/nats';

/** Something parsed, with what it came in. */
export interface Item<Event> {
  readonly message: Pick<BusMessage, 'subject' | 'deliveries' | 'text'>;
  readonly event: Event;
}

/** Offers of one message before it is set aside although its error might pass. */
const MOST_DELIVERIES = 10;

/**
 * Applies a batch. When it fails because of one message, halves find that one: it is reported, the others are applied.
 * Trouble that is not the messages' fault (connection, deadlock, disk) is thrown: all of them are offered again.
 */
export async function applyOrFindCulprits<Event>(
  items: readonly Item<Event>[],
  apply: (items: readonly Item<Event>[]) => Promise<void>,
  report: (item: Item<Event>, error: Error) => Promise<void>,
): Promise<void> {
  if (items.length === 0) return;
  try {
    await apply(items);
  } catch (error) {
    if (!(error instanceof Error) || isTrouble(error)) throw error;
    const [only, ...others] = items;
    if (only && others.length === 0) return report(only, error);
    const half = Math.ceil(items.length / 2);
    await applyOrFindCulprits(items.slice(0, half), apply, report);
    await applyOrFindCulprits(items.slice(half), apply, report);
  }
}

/** Worth another try: the data itself is not refused, and it has not been tried often yet. */
export const mayPass = ({ message }: Item<unknown>, error: Error): boolean =>
  !isDataError(error) && message.deliveries < MOST_DELIVERIES;

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** SQLSTATE classes of connection, rollback, resources, operator and system; and errors of sockets. */
const isTrouble = (error: Error): boolean => {
  const code = codeOf(error);
  return /^(08|40|53|55|57|58)/.test(code) || /^E[A-Z]+$/.test(code) || /connection|timeout/i.test(error.message);
};

/** The data itself is refused: trying again cannot help. */
const isDataError = (error: Error): boolean => /^(22|23)/.test(codeOf(error));
