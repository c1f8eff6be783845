import type { Database } from '../adapters/postgres';
import { freezeProfiles, frozenProfiles, readProfiles } from '../profile/profile-freezing';
import type { Profile, Profiles } from '../profile/profiles';
import type { ContentShelf } from './content-shelf';
import type { ChunkRef, GuardedMessage } from './guard';
import type { RunningExecution } from './running-executions';

const SPEAKS_OF_PROFILE = /^profile\b/;
const none: ReadonlyMap<number, Profile> = new Map();

/** Profiles for executions whose content speaks of them; the others pay nothing. */
export class KeptProfiles {
  constructor(
    private readonly database: Database,
    private readonly shelf: ContentShelf,
    private readonly profiles: Profiles | undefined,
  ) {}

  /** Before a guard: what is fetched is kept for its message before the message can leave. */
  async prepare(execution: RunningExecution, { execNo, chunkNo }: Pick<ChunkRef, 'execNo' | 'chunkNo'>): Promise<void> {
    if (!this.profiles || !(await this.#speaksOfProfiles(execution))) return;
    const { orgNo, plan } = execution;
    const { organizationId, test } = plan;
    const ofContactNo = test?.sampleContactNo ?? null;
    await freezeProfiles(this.database, this.profiles, { execNo, chunkNo, orgNo, organizationId, ofContactNo });
  }

  /** By the number of the message. Who sends keeps "nothing", too: a later attempt of the same key must say no more. */
  async of(execution: RunningExecution, messages: readonly GuardedMessage[]): Promise<ReadonlyMap<number, Profile>> {
    if (messages.length === 0 || !(await this.#speaksOfProfiles(execution))) return none;
    return this.profiles
      ? frozenProfiles(this.database, execution, messages)
      : readProfiles(this.database, execution.execNo, messages);
  }

  async #speaksOfProfiles({ orgNo, plan }: RunningExecution): Promise<boolean> {
    for (const hash of plan.variants.flatMap(({ content }) => Object.values(content))) {
      const { variables } = this.shelf.known(orgNo, hash) ?? (await this.shelf.fetch(orgNo, hash));
      if (variables.some((variable) => SPEAKS_OF_PROFILE.test(variable))) return true;
    }
    return false;
  }
}
