import type { Database } from '../adapters/postgres';
import type { Personalizer } from '../personalization/personalizer';
import {
  freezeProfiles,
  frozenProfiles,
  type PersonTeller,
  readProfiles,
  type SaidOfPerson,
} from '../profile/profile-freezing';
import type { Profiles } from '../profile/profiles';
import type { ContentShelf } from './content-shelf';
import type { ChunkRef, GuardedMessage } from './guard';
import type { RunningExecution } from './running-executions';

/** Services that say something of a person. */
export interface PersonServices {
  readonly profiles?: Profiles | undefined;
  readonly personalizer?: Personalizer | undefined;
}

type Spoken = 'profile' | 'personalization';
const SPOKEN = /^(profile|personalization)\b/;
const none: ReadonlyMap<number, SaidOfPerson> = new Map();

/** Profiles, and what rules make of people, for executions whose content speaks of them; the others pay nothing. */
export class KeptProfiles {
  constructor(
    private readonly database: Database,
    private readonly shelf: ContentShelf,
    private readonly services: PersonServices,
  ) {}

  /** Before a guard: what is fetched is kept for its message before the message can leave. */
  async prepare(execution: RunningExecution, { execNo, chunkNo }: Pick<ChunkRef, 'execNo' | 'chunkNo'>): Promise<void> {
    const teller = this.#tellerOf(execution, await this.#spokenOf(execution));
    if (!teller) return;
    const { orgNo, plan } = execution;
    const ofContactNo = plan.test?.sampleContactNo ?? null;
    await freezeProfiles(this.database, teller, { execNo, chunkNo, orgNo, ofContactNo });
  }

  /** By the number of the message. Who sends keeps "nothing", too: a later attempt of the same key must say no more. */
  async of(
    execution: RunningExecution,
    messages: readonly GuardedMessage[],
  ): Promise<ReadonlyMap<number, SaidOfPerson>> {
    const spoken = await this.#spokenOf(execution);
    if (messages.length === 0 || spoken.size === 0) return none;
    return this.#tellerOf(execution, spoken)
      ? frozenProfiles(this.database, execution, messages)
      : readProfiles(this.database, execution.execNo, messages);
  }

  /** Nothing where no service is there that could say what the content speaks of. */
  #tellerOf({ plan }: RunningExecution, spoken: ReadonlySet<Spoken>): PersonTeller | undefined {
    const { organizationId, personalizationRuleId: ruleId } = plan;
    const profiles = spoken.has('profile') ? this.services.profiles : undefined;
    const personalizer = spoken.has('personalization') && ruleId !== undefined ? this.services.personalizer : undefined;
    if (!profiles && !personalizer) return undefined;
    return {
      needsData: personalizer !== undefined,
      tell: async (people) => {
        const userIds = people.map(({ user_id }) => user_id);
        const [known, made] = await Promise.all([
          profiles?.of(organizationId, userIds),
          personalizer?.of({ organizationId, ruleId: ruleId ?? '' }, people),
        ]);
        return (userId) => ({ profile: known?.get(userId) ?? {}, personalization: made?.get(userId) ?? {} });
      },
    };
  }

  async #spokenOf({ orgNo, plan }: RunningExecution): Promise<ReadonlySet<Spoken>> {
    const spoken = new Set<Spoken>();
    for (const hash of plan.variants.flatMap(({ content }) => Object.values(content))) {
      const { variables } = this.shelf.known(orgNo, hash) ?? (await this.shelf.fetch(orgNo, hash));
      for (const variable of variables) {
        const root = SPOKEN.exec(variable)?.[1];
        if (root === 'profile' || root === 'personalization') spoken.add(root);
      }
    }
    return spoken;
  }
}
