import type { BaseLogger } from 'pino';
import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import type { MessageIdKeys } from '../shared/message-id';
import type { IngestContext } from './ingest-context';
import type { Nudges } from './nudges';
import { OrganizationNumbers } from './organization-numbers';

export interface IngestPartsOptions {
  readonly database: Database;
  readonly bus: Bus;
  readonly log: BaseLogger;
  readonly clock: Clock;
  readonly ids: MessageIdKeys;
  readonly nudges: Nudges;
  readonly context: IngestContext;
  /** How long a session lasts that is not told to have ended. */
  readonly sessionMinutes: number;
}

/** What the handlers of both streams need. */
export interface IngestParts extends IngestPartsOptions {
  readonly organizations: OrganizationNumbers;
  /** After a commit: who watches these executions' campaigns, and who publishes and dispatches, hears of it. */
  announce(execNos: readonly number[]): Promise<void>;
}

export function createIngestParts(options: IngestPartsOptions): IngestParts {
  const { bus, context, database, nudges } = options;
  const announce = async (execNos: readonly number[]) => {
    const wanted = new Set(execNos);
    const facts = await context.executions.load(database, wanted);
    for (const execNo of wanted) {
      const campaignId = facts.get(execNo)?.campaignId;
      if (campaignId) nudges.campaign(campaignId);
    }
    bus.publishCore('nudge.outbox');
  };
  return { ...options, organizations: new OrganizationNumbers(), announce };
}
