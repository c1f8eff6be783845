import { z } from 'zod';
import { AskedPeople, type AskedPeopleParts, PEOPLE_ASKED, type Question } from '../profile/asked-people';
import type { Profile } from '../profile/profile-cache';
import { RemoteFailure } from '../remote/remote-failure';

/** A person as a rules engine is told of them: no name, no address. */
export interface JudgedPerson {
  readonly user_id: string;
  readonly locale: string | null;
  readonly country: string | null;
  readonly time_zone: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

const answer = z.object({
  users: z.array(z.object({ user_id: z.string(), variables: z.record(z.string(), z.unknown()) })).max(PEOPLE_ASKED),
});

/** What a rules engine makes of people by one of its rules: the variables `personalization.…` of a content. */
export class Personalizer {
  readonly #asked: AskedPeople<JudgedPerson>;

  constructor(parts: Omit<AskedPeopleParts<JudgedPerson>, 'ask'>) {
    const { service } = parts;
    this.#asked = new AskedPeople({
      ...parts,
      ask: async ({ organizationId, ruleId = '' }, people) => {
        const path = `/api/v1/rules/${encodeURIComponent(ruleId)}/personalize`;
        const question = { method: 'POST', path, organizationId } as const;
        const said = answer.safeParse(await service.json({ ...question, body: { users: people } }));
        if (!said.success) throw new RemoteFailure('garbage', 'an answer that holds no variables of people');
        return new Map(said.data.users.map(({ user_id, variables }) => [user_id, variables]));
      },
    });
  }

  /** Variables for each person of whom the rule says something; where it says nothing, the template's defaults stand. */
  of(about: Required<Question>, people: readonly JudgedPerson[]): Promise<ReadonlyMap<string, Profile>> {
    return this.#asked.of(about, people);
  }
}
