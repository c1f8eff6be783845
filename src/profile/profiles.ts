import type { BaseLogger } from 'pino';
import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import { inGroups } from '../shared/in-groups';
import { isStorable } from '../shared/storable-text';
import { type Profile, ProfileCache } from './profile-cache';

export type { Profile } from './profile-cache';

export interface ProfileParts {
  readonly service: RemoteService;
  readonly log: BaseLogger;
  /** Age up to which a profile is used without asking again. */
  readonly freshMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
}

/** People in one question. */
const BATCH = 100;
/** Characters of one profile as JSON; a larger one is none. */
const LARGEST = 16_384;

const answer = z.object({
  profiles: z.array(z.looseObject({ user_id: z.string() })).max(BATCH),
});

/** What a profile service knows of people, asked for in batches and remembered for a while. */
export class Profiles {
  readonly #cache: ProfileCache;

  constructor(private readonly parts: ProfileParts) {
    this.#cache = new ProfileCache(parts.freshMs, parts.clock);
  }

  /**
   * A profile for each person that the service knows. Where it cannot be asked, the last one that it gave, however old;
   * whoever has none is missing, and a template then has what the directory knows. Never throws.
   */
  async of(organizationId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
    const keyOf = (userId: string) => `${organizationId}\n${userId}`;
    const unknown = userIds.filter((userId) => this.#cache.fresh(keyOf(userId)) === undefined);
    const groups = inGroups(unknown, BATCH);
    await Promise.all([...groups].map((group) => this.#fetch(organizationId, group, keyOf)));
    const found = userIds.flatMap((userId) => {
      const profile = this.#cache.last(keyOf(userId));
      return profile ? [[userId, profile] as const] : [];
    });
    return new Map(found);
  }

  async #fetch(organizationId: string, userIds: readonly string[], keyOf: (userId: string) => string): Promise<void> {
    try {
      const found = await this.#ask(organizationId, userIds);
      // Whom the service does not know is known to have nothing: nobody is asked about twice within the time.
      for (const userId of userIds) this.#cache.keep(keyOf(userId), found.get(userId) ?? {});
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      const { service, log } = this.parts;
      remoteFallbacks.inc({ service: service.name }, userIds.length);
      log.warn({ service: service.name, failure: error.kind, people: userIds.length }, '[SEND] without fresh profiles');
    }
  }

  async #ask(organizationId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
    const question = { method: 'POST', path: '/api/v1/users/profiles/batch', organizationId } as const;
    const said = answer.safeParse(await this.parts.service.json({ ...question, body: { user_ids: userIds } }));
    if (!said.success) throw new RemoteFailure('garbage', 'an answer that holds no profiles');
    const usable = said.data.profiles.filter(isUsable);
    return new Map(usable.map((profile) => [profile.user_id, profile]));
  }
}

function isUsable(profile: Profile): boolean {
  const text = JSON.stringify(profile);
  return text.length <= LARGEST && isStorable(text) && !text.includes('\\u0000');
}
