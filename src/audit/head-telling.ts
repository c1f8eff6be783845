import type { BaseLogger } from 'pino';
import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import { eventId, toBusMessage } from '../events/envelope';
import { startLoop } from '../events/wakeable-loop';
import type { Running } from '../shared/lifecycle';

/** What telling heads takes. */
export interface HeadTellingParts {
  readonly database: Database;
  readonly bus: Pick<Bus, 'publishBatch'>;
  readonly log: BaseLogger;
  /** Whether this process is the one to tell: one is enough, and two do no harm. */
  leads(): Promise<boolean>;
}

interface Head {
  readonly org_no: number;
  readonly organization: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: Date;
}

const EVERY_MS = 60_000;
const HEADS = 500;

/** Tells every minute, in the log and on the bus, where each chain that has grown stands now. */
export function startHeadTelling(parts: HeadTellingParts): Running {
  const round = async () => (await parts.leads()) && tellHeads(parts);
  return startLoop({ name: 'audit heads', log: parts.log, idleMs: EVERY_MS, round });
}

/**
 * Whoever keeps what is told can prove later that nobody wrote the log anew, not even with the database in hand. True
 * when there may be more. Crash before the last statement: told again, as the same event.
 */
export async function tellHeads({ database, bus, log }: Omit<HeadTellingParts, 'leads'>): Promise<boolean> {
  const heads = await database.query<Head>(grown, [HEADS]);
  if (heads.length === 0) return false;
  await bus.publishBatch(heads.map((head) => toBusMessage(envelopeOf(head))));
  for (const { organization, seq, hash } of heads) log.info({ audit: { organization, seq, hash } }, '[AUDIT] head');
  await database.query(told, [heads.map(({ org_no }) => org_no), heads.map(({ seq }) => seq)]);
  return heads.length === HEADS;
}

const envelopeOf = ({ organization, seq, hash, at }: Head) => ({
  id: eventId('audit', organization, seq, hash),
  type: 'campaign.audit.checkpoint',
  version: 1 as const,
  source: 'campaign-service' as const,
  organizationId: organization,
  correlationId: `audit-${organization}-${seq}`,
  timestamp: at.toISOString(),
  data: { seq, hash },
});

const grown = `select h.org_no, o.id as organization, h.seq, encode(h.hash, 'hex') as hash, h.at
from campaign.audit_head h join campaign.organization o using (org_no) where h.seq > h.told_seq order by h.org_no limit $1`;
const told = `update campaign.audit_head h set told_seq = t.seq
from unnest($1::int[], $2::int[]) as t (org_no, seq) where h.org_no = t.org_no and h.told_seq < t.seq`;
