import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import { AskedPeople, type AskedPeopleParts, PEOPLE_ASKED } from './asked-people';
import type { Profile } from './profile-cache';

export type { Profile } from './profile-cache';

export type ProfileParts = Omit<AskedPeopleParts<never>, 'ask'>;

const answer = z.object({
  profiles: z.array(z.looseObject({ user_id: z.string() })).max(PEOPLE_ASKED),
});

/** What a profile service knows of people. */
export class Profiles {
  readonly #asked: AskedPeople<{ readonly user_id: string }>;

  constructor(parts: ProfileParts) {
    const { service } = parts;
    this.#asked = new AskedPeople({
      ...parts,
      ask: async ({ organizationId }, people) => {
        const question = { method: 'POST', path: '/api/v1/users/profiles/batch', organizationId } as const;
        const body = { user_ids: people.map(({ user_id }) => user_id) };
        const said = answer.safeParse(await service.json({ ...question, body }));
        if (!said.success) throw new RemoteFailure('garbage', 'an answer that holds no profiles');
        return new Map(said.data.profiles.map((profile) => [profile.user_id, profile]));
      },
    });
  }

  /** A profile for each person that the service knows; where there is none, a template has what the directory knows. */
  of(organizationId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
    return this.#asked.of(
      { organizationId },
      userIds.map((user_id) => ({ user_id })),
    );
  }
}
