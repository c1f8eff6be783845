import type { BaseLogger } from 'pino';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import { inGroups } from '../shared/in-groups';
import { isStorable } from '../shared/storable-text';
import { type Profile, ProfileCache } from './profile-cache';

export interface AskedPeopleParts<Who> {
  readonly service: RemoteService;
  readonly log: BaseLogger;
  /** Age up to which an answer is used without asking again. */
  readonly freshMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Asks about so many people at once; throws RemoteFailure. Whom the answer leaves out, it knows nothing of. */
  readonly ask: (about: Question, people: readonly Who[]) => Promise<ReadonlyMap<string, Profile>>;
}

/** Whose people, and by which of its rules where it has several. */
export interface Question {
  readonly organizationId: string;
  readonly ruleId?: string;
}

/** People in one question. */
export const PEOPLE_ASKED = 100;
/** Characters of one answer as JSON; a larger one is none. */
const LARGEST = 16_384;

/** What a service says of people, asked for in batches and remembered for a while. */
export class AskedPeople<Who extends { readonly user_id: string }> {
  readonly #cache: ProfileCache;

  constructor(private readonly parts: AskedPeopleParts<Who>) {
    this.#cache = new ProfileCache(parts.freshMs, parts.clock);
  }

  /**
   * An answer for each person that the service knows. Where it cannot be asked, the last one that it gave, however old;
   * whoever has none is missing. Never throws for trouble of the service.
   */
  async of(about: Question, people: readonly Who[]): Promise<ReadonlyMap<string, Profile>> {
    const keyOf = ({ user_id }: Pick<Who, 'user_id'>) => `${about.organizationId}\n${about.ruleId ?? ''}\n${user_id}`;
    const unknown = people.filter((person) => this.#cache.fresh(keyOf(person)) === undefined);
    await Promise.all([...inGroups(unknown, PEOPLE_ASKED)].map((group) => this.#fetch(about, group, keyOf)));
    const found = people.flatMap((person) => {
      const said = this.#cache.last(keyOf(person));
      return said ? [[person.user_id, said] as const] : [];
    });
    return new Map(found);
  }

  async #fetch(about: Question, people: readonly Who[], keyOf: (person: Who) => string): Promise<void> {
    const { service, log, ask } = this.parts;
    try {
      const said = await ask(about, people);
      // Whom the service does not know is known to have nothing: nobody is asked about twice within the time.
      for (const person of people) this.#cache.keep(keyOf(person), usable(said.get(person.user_id)));
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      remoteFallbacks.inc({ service: service.name }, people.length);
      log.warn({ service: service.name, failure: error.kind, people: people.length }, '[SEND] without fresh answers');
    }
  }
}

function usable(said: Profile | undefined): Profile {
  if (said === undefined) return {};
  const text = JSON.stringify(said);
  return text.length <= LARGEST && isStorable(text) && !text.includes('\\u0000') ? said : {};
}
