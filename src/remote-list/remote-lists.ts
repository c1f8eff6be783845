import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { Clock } from '../shared/clock';
import { DomainError } from '../shared/errors';
import { statementsOf } from '../statements';
import { ListFlights } from './list-flights';
import { newestLists, referencesOf } from './list-store';
import { isSame, type ListOwner, type ListSource, nameOf, type RemoteList, type RemoteReference } from './remote-list';

/** Reads the people of one kind of audience; throws RemoteFailure. */
export interface ListReader {
  /** As logs and metrics name it. */
  readonly service: string;
  read(owner: ListOwner, id: string): Promise<void>;
}

export interface RemoteListParts {
  readonly database: Database;
  readonly readers: Readonly<Partial<Record<ListSource, ListReader>>>;
  readonly now: Clock;
  readonly log: BaseLogger;
  /** Age up to which estimates and plans ask nobody. */
  readonly freshMs: number;
}

/** What lists are wanted for. */
export interface ListWish {
  /** A start asks anew; an estimate takes what is fresh. */
  readonly purpose: 'start' | 'estimate';
  /** How long the caller waits for what is being read. */
  readonly patienceMs: number;
}

/** What somebody refers to, and where the audience is that does. */
export interface PlacedReference extends RemoteReference {
  readonly path: string;
}

/** A start that was told to come again finds what was read for it, so long after its end. */
const START_FRESH_MS = 30_000;

/**
 * Sees to it that the audiences which others keep lie in our tables before anybody is judged by them (BR-CAM-002.2). Who
 * freezes a plan then takes the newest whole list. Where the service fails, the last good list stands in for it, with its
 * age, and somebody is told; where there is none either, AUDIENCE_REMOTE_UNAVAILABLE.
 */
export class RemoteLists {
  readonly #flights: ListFlights;

  constructor(private readonly parts: RemoteListParts) {
    this.#flights = new ListFlights(() => performance.now());
  }

  /** For what a campaign's audiences refer to. */
  async prepareCampaign(owner: ListOwner, campaignId: string, wish: ListWish): Promise<void> {
    const { organizationNo } = owner;
    const references = await inOrganization(this.parts.database, organizationNo, (tx) =>
      referencesOf(statementsOf(tx), organizationNo, campaignId),
    );
    // One that waits for a place may wait for hours: it is not read anew for each look at the clock.
    const waits = references.some((reference) => reference.waits);
    const placed = references.map((one) => ({ ...one, path: `audiences[${one.position}]` }));
    await this.prepare(owner, placed, waits ? { ...wish, purpose: 'estimate' } : wish);
  }

  /** Throws AUDIENCE_REMOTE_READING where one is still being read when the patience is over. */
  async prepare(owner: ListOwner, references: readonly PlacedReference[], wish: ListWish): Promise<void> {
    if (references.length === 0) return;
    const present = await this.#newest(owner, references);
    const stale = references.filter((reference) => !this.#isFresh(present, reference, wish));
    await Promise.all(stale.map((reference) => this.#read(owner, reference, { wish, present })));
  }

  /** Whether a list is older than what estimates and plans take: its service could not be asked for a newer one. */
  isStale({ readAt }: RemoteList): boolean {
    return this.parts.now().getTime() - Date.parse(readAt) > this.parts.freshMs;
  }

  /** When all readings under way have ended: they write, so the database must still be there. */
  settled(): Promise<void> {
    return this.#flights.settled();
  }

  #isFresh(present: readonly RemoteList[], reference: RemoteReference, { purpose }: ListWish): boolean {
    const list = present.find((one) => isSame(one, reference));
    const most = purpose === 'start' ? START_FRESH_MS : this.parts.freshMs;
    return list !== undefined && this.parts.now().getTime() - Date.parse(list.readAt) <= most;
  }

  async #read(
    owner: ListOwner,
    reference: PlacedReference,
    { wish, present }: { wish: ListWish; present: readonly RemoteList[] },
  ): Promise<void> {
    const reader = this.parts.readers[reference.source];
    if (!reader) throw unavailable(reference, 'no such service is configured');
    const key = JSON.stringify([owner.organizationNo, reference.source, reference.id]);
    const landing = await this.#flights.ask(key, () => this.#readUnlessFresh(owner, reference, wish), wish.patienceMs);
    if (!landing) {
      const message = `${nameOf(reference)} is still being read: ask again in a moment`;
      throw new DomainError('AUDIENCE_REMOTE_READING', message, reference.path);
    }
    if (landing.failure) this.#fallBack(reference, reader, { present, failure: landing.failure });
  }

  /** Another caller's reading may have ended between our look and now. */
  async #readUnlessFresh(owner: ListOwner, reference: RemoteReference, wish: ListWish): Promise<void> {
    const present = await this.#newest(owner, [reference]);
    if (!this.#isFresh(present, reference, wish)) await this.parts.readers[reference.source]?.read(owner, reference.id);
  }

  #newest({ organizationNo }: ListOwner, references: readonly RemoteReference[]): Promise<readonly RemoteList[]> {
    return inOrganization(this.parts.database, organizationNo, (tx) =>
      newestLists(statementsOf(tx), organizationNo, references),
    );
  }

  #fallBack(
    reference: PlacedReference,
    { service }: ListReader,
    { present, failure }: { present: readonly RemoteList[]; failure: unknown },
  ): void {
    if (!(failure instanceof RemoteFailure)) throw failure;
    const last = present.find((one) => isSame(one, reference));
    // Who says that there is no such segment is no service that failed: an old list would be a wrong one.
    if (!last || failure.kind === 'unknown') throw unavailable(reference, failure.message);
    remoteFallbacks.inc({ service });
    const { source, id } = reference;
    const told = { service, source, remoteId: id, listReadAt: last.readAt, failure: failure.kind };
    this.parts.log.error(told, '[AUDIENCE] a remote audience cannot be read, its last good list is used');
  }
}

function unavailable(reference: PlacedReference, why: string): DomainError {
  const message = `${nameOf(reference)} cannot be read, and there is no earlier list of it: ${why}`;
  return new DomainError('AUDIENCE_REMOTE_UNAVAILABLE', message, reference.path);
}
