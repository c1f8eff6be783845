import type { Judgement } from './judgement';
import type { LedgerRow } from './ledger-view';
import type { MailRow } from './mail-log';

/** What a mail server's log says, beside the differences. */
export interface MailFigures {
  readonly delivered: number;
  readonly deliveredTwice: number;
  readonly answersLost: number;
  readonly unknown: number;
}

/**
 * The mail server's log against the ledger. Without keys a mail may be in it that the ledger calls unknown, but never
 * one twice, and never a lost answer that the ledger passes over.
 */
export async function judgeMail(
  log: AsyncIterable<MailRow>,
  ledger: readonly LedgerRow[],
  judgement: Judgement,
): Promise<MailFigures> {
  const dispositions = new Map(ledger.map((row) => [row.messageId, row.disposition]));
  const delivered = new Set<string>();
  let [answersLost, deliveredTwice] = [0, 0];
  for await (const { messageId, answerLost } of log) {
    const disposition = dispositions.get(messageId);
    if (delivered.has(messageId)) {
      deliveredTwice += 1;
      judgement.add('delivered twice', messageId);
    }
    delivered.add(messageId);
    if (answerLost) answersLost += 1;
    if (answerLost && disposition !== 'unknown')
      judgement.add('answer lost, not unknown', `${messageId} ${disposition}`);
    if (disposition !== 'sent' && disposition !== 'unknown')
      judgement.add('delivered, not sent in the ledger', `${messageId} ${disposition}`);
  }
  for (const [messageId, disposition] of dispositions)
    if (disposition === 'sent' && !delivered.has(messageId))
      judgement.add('sent in the ledger, never delivered', messageId);
  const unknown = ledger.filter((row) => row.disposition === 'unknown').length;
  return { delivered: delivered.size, deliveredTwice, answersLost, unknown };
}
