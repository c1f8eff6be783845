import { hash } from 'node:crypto';
import { AcceptedKeys } from './accepted-keys';
import type { Judge } from './judge';
import type { WireMessage } from './wire-message';
import type { WorldLog, WorldRow } from './world-log';

export interface Receipt {
  readonly key: string;
  readonly attempt: number;
  readonly at: number;
  readonly organizationId: string;
}

export interface ProviderParts {
  readonly log: WorldLog;
  readonly judge: Judge;
  readonly clock: () => number;
  readonly onAccepted: (receipts: readonly Receipt[]) => void;
}

interface Result {
  readonly key: string;
  readonly status: 'accepted' | 'refused';
  readonly reason?: string;
  readonly permanent?: boolean;
}

/** A provider that takes idempotency keys: the same key is accepted once, and answered the same for ever. */
export class Provider {
  readonly counts = { requests: 0, messages: 0, accepted: 0, refused: 0, repeats: 0, hung: 0 };
  readonly #accepted = new AcceptedKeys();

  constructor(private readonly parts: ProviderParts) {}

  /** Remembers what an earlier life of this process wrote down. */
  recall(row: WorldRow): void {
    this.counts.requests = Math.max(this.counts.requests, row.requestNo);
    this.#count(row);
    if (row.verdict === 'accepted') this.#accepted.add(row.key);
  }

  /** Undefined: taken in, and never to be answered. Rows are on disk before this returns. */
  take(messages: readonly WireMessage[]): readonly Result[] | undefined {
    const requestNo = ++this.counts.requests;
    const hung = this.parts.judge.hangs(requestNo);
    const at = this.parts.clock();
    const rows = messages.map((message) => this.#judge(message, { requestNo, hung, at }));
    this.parts.log.append(rows);
    for (const row of rows) this.#count(row);
    if (hung) this.counts.hung++;
    this.parts.onAccepted(rows.filter(({ verdict }) => verdict === 'accepted').map(toReceipt));
    return hung ? undefined : rows.map(toResult);
  }

  #judge(message: WireMessage, request: Pick<WorldRow, 'requestNo' | 'hung' | 'at'>): WorldRow {
    const { key, attempt, organizationId } = message;
    const refused = this.parts.judge.refuses(key, attempt);
    const verdict = refused ? 'refused' : this.#accepted.add(key) ? 'accepted' : 'repeat';
    return { key, bodyHash: bodyHash(message), attempt, verdict, organizationId, ...request };
  }

  #count({ verdict }: WorldRow): void {
    this.counts.messages++;
    if (verdict === 'accepted') this.counts.accepted++;
    else if (verdict === 'refused') this.counts.refused++;
    else this.counts.repeats++;
  }
}

/** Kept until acknowledged, so it holds no more than it must. */
export const toReceipt = ({ key, attempt, at, organizationId }: WorldRow): Receipt => ({
  key,
  attempt,
  at,
  organizationId,
});

const toResult = ({ key, verdict }: WorldRow): Result =>
  verdict === 'refused'
    ? { key, status: 'refused', reason: 'mailbox unavailable', permanent: false }
    : { key, status: 'accepted' };

// Everything a person could see of it, by which way and to whom it went.
function bodyHash(message: WireMessage): string {
  const { key: _, messageId: __, attempt: ___, organizationId: ____, ...seen } = message;
  const fields = Object.entries(seen).sort(([one], [other]) => (one < other ? -1 : 1));
  const words = fields.flatMap(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return hash('sha256', words.join('\0'), 'hex');
}
