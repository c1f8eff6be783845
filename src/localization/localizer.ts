import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import type { Clock } from '../shared/clock';
import { inGroups } from '../shared/in-groups';
import { type KeptAnswer, keepAnswers, keptAnswers } from './answer-store';
import { askLocalized, PLACES_ASKED } from './localization-question';
import { type Localized, localizedOf } from './localized';
import type { LocalizedKind } from './localized-keys';
import { type Place, placesOf } from './place';

export interface LocalizerParts {
  readonly database: Database;
  readonly service: RemoteService;
  readonly now: Clock;
  readonly log: BaseLogger;
  /** Age up to which an answer is used without asking again. */
  readonly freshMs: number;
}

/** What of one kind is to be known, for whom. */
export interface LocalizedWish {
  readonly organizationId: string;
  readonly organizationNo: number;
  readonly kind: LocalizedKind;
  readonly keys: readonly string[];
  readonly places: readonly Place[];
  /** Past this what is known already will do; absent: the service's own patience. */
  readonly patienceMs?: number;
}

/** Translated strings and prices by location that a service keeps, asked for in batches; its answers outlive it. */
export class Localizer {
  constructor(private readonly parts: LocalizerParts) {}

  /**
   * What is known for each place: fresh where the service can be asked, else what it said last, however old. A place of
   * which it never said anything is incomplete. Never throws for trouble of the service.
   */
  async of(wish: LocalizedWish): Promise<ReadonlyMap<string, Localized>> {
    const places = placesOf(wish.kind, wish.places);
    const known = await this.#known(wish, places);
    const stale = [...places].filter(([key]) => !this.#isFresh(known.get(key) ?? [], wish.keys));
    if (stale.length === 0) return this.#view(places, known, wish);
    const asking = Promise.all([...inGroups(stale, PLACES_ASKED)].map((group) => this.#fetch(wish, group)));
    await (wish.patienceMs === undefined ? asking : Promise.race([asking, pause(wish.patienceMs)]));
    return this.#view(places, await this.#known(wish, places), wish);
  }

  async #known(wish: LocalizedWish, places: ReadonlyMap<string, Place>): Promise<Map<string, KeptAnswer[]>> {
    const { organizationNo, kind, keys } = wish;
    const rows = await keptAnswers(this.parts.database, organizationNo, { kind, keys, places: [...places.keys()] });
    return Map.groupBy(rows, ({ place }) => place);
  }

  #isFresh(answers: readonly KeptAnswer[], keys: readonly string[]): boolean {
    const freshFrom = this.#freshFrom();
    return answers.filter(({ answeredAt }) => answeredAt.getTime() >= freshFrom).length === keys.length;
  }

  async #fetch(wish: LocalizedWish, group: readonly (readonly [string, Place])[]): Promise<void> {
    const { organizationId, organizationNo, kind, keys } = wish;
    const places = group.map(([, place]) => place);
    try {
      const at = this.parts.now();
      const said = await askLocalized(this.parts.service, { organizationId, kind, keys, places });
      await keepAnswers(this.parts.database, organizationNo, {
        kind,
        keys,
        places: group.map(([key]) => key),
        said,
        at,
      });
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      const { service, log } = this.parts;
      remoteFallbacks.inc({ service: service.name }, group.length);
      log.warn(
        { service: service.name, failure: error.kind, kind, places: group.length },
        '[CONTENT] without fresh answers',
      );
    }
  }

  #view(places: ReadonlyMap<string, Place>, known: Map<string, KeptAnswer[]>, { kind, keys }: LocalizedWish) {
    const freshFrom = this.#freshFrom();
    return new Map(
      [...places.keys()].map((key) => [key, localizedOf(kind, keys, { answers: known.get(key) ?? [], freshFrom })]),
    );
  }

  #freshFrom(): number {
    return this.parts.now().getTime() - this.parts.freshMs;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
