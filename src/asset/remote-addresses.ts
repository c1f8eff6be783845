import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import type { Clock } from '../shared/clock';
import { inGroups } from '../shared/in-groups';
import { type AddressKind, keepAddresses, keptAddresses } from './address-store';

/** Things in one question. */
const ASKED = 100;

/** What a service said of things: an address, or null where it has none. Of what is left out it said nothing usable. */
export type SaidAddresses = ReadonlyMap<string, string | null>;

/** One question about up to 100 things. Throws RemoteFailure. */
export type AskAddresses<Thing> = (
  service: RemoteService,
  organizationId: string,
  things: readonly Thing[],
) => Promise<SaidAddresses>;

/** Something whose address another service knows. */
export interface Addressed {
  readonly key: string;
}

export interface RemoteAddressParts<Thing extends Addressed> {
  readonly database: Database;
  readonly service: RemoteService;
  readonly now: Clock;
  readonly log: BaseLogger;
  readonly kind: AddressKind;
  readonly ask: AskAddresses<Thing>;
  /** Age up to which an address is used without asking again. */
  readonly freshMs: number;
  /** How long an answer is waited for; one that comes later is kept for the next time. */
  readonly patienceMs: number;
}

/** Whose things they are. */
export interface AddressOwner {
  readonly organizationId: string;
  readonly organizationNo: number;
}

/** Addresses that another service knows, asked for in batches. What it said last outlives it, what it does not know is never kept. */
export class RemoteAddresses<Thing extends Addressed> {
  constructor(private readonly parts: RemoteAddressParts<Thing>) {}

  /**
   * What is known of each: fresh where the service can be asked, else what it said last, however old; null where it has just
   * said that it knows none. What is left out nobody ever said. Never throws for trouble of the service.
   */
  async of(owner: AddressOwner, things: readonly Thing[]): Promise<SaidAddresses> {
    const { database, kind, now, freshMs } = this.parts;
    const keys = things.map(({ key }) => key);
    const kept = await keptAddresses(database, { orgNo: owner.organizationNo, kind }, keys);
    const known = new Map<string, string | null>(kept.map(({ key, address }) => [key, address]));
    const freshFrom = now().getTime() - freshMs;
    const fresh = new Set(kept.filter(({ answeredAt }) => answeredAt.getTime() >= freshFrom).map(({ key }) => key));
    const open = things.filter(({ key }) => !fresh.has(key));
    return open.length === 0 ? known : new Map([...known, ...(await this.#heard(owner, open))]);
  }

  /** What is said while somebody waits. */
  async #heard(owner: AddressOwner, open: readonly Thing[]): Promise<SaidAddresses> {
    const heard = new Map<string, string | null>();
    const asking = inGroups(open, ASKED).map(async (group) => {
      for (const [key, address] of await this.#ask(owner, group)) heard.set(key, address);
    });
    await inTime(Promise.all(asking), this.parts.patienceMs);
    const missed = open.filter(({ key }) => !heard.has(key)).length;
    if (missed > 0) remoteFallbacks.inc({ service: this.parts.service.name }, missed);
    return new Map(heard);
  }

  async #ask({ organizationId, organizationNo: orgNo }: AddressOwner, group: readonly Thing[]): Promise<SaidAddresses> {
    const { database, service, now, log, kind, ask } = this.parts;
    try {
      const at = now();
      const said = await ask(service, organizationId, group);
      await keepAddresses(database, { orgNo, kind }, { said, at });
      return said;
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      const told = { service: service.name, failure: error.kind, kind, asked: group.length };
      log.warn(told, '[CONTENT] without fresh addresses');
      return new Map();
    }
  }
}

/** Waits for it, but no longer than this. */
async function inTime(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
