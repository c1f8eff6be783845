import type { BaseLogger } from 'pino';
import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import type { RemoteService } from '../remote/remote-service';

/** What a profile may hold, as a JSON Schema says it: `properties` by their names, and those within them. */
export interface ProfileSchema {
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
}

export interface ProfileSchemaParts {
  readonly service: RemoteService;
  readonly log: BaseLogger;
  /** Age up to which a schema is used without asking again. */
  readonly freshMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
}

interface Kept {
  readonly schema: ProfileSchema | undefined;
  readonly at: number;
}

const answer = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
/** Organizations remembered by one process. */
const KEPT = 1_000;

/** What a profile service says that its profiles hold; one that says nothing of it is asked all the same. */
export class ProfileSchemas {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly parts: ProfileSchemaParts) {}

  /** As it was said last; undefined where it was not, or there is none. */
  known(organizationId: string): ProfileSchema | undefined {
    return this.#kept.get(organizationId)?.schema;
  }

  /** Asks where the answer is not fresh. Never throws: where the service cannot be asked, what it said last stands. */
  async refresh(organizationId: string): Promise<void> {
    const { clock, freshMs, log, service } = this.parts;
    const kept = this.#kept.get(organizationId);
    if (kept && clock() - kept.at <= freshMs) return;
    try {
      this.#keep(organizationId, await this.#ask(organizationId));
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'unknown') return this.#keep(organizationId, undefined);
      log.warn({ service: service.name, failure: error.kind }, '[CONTENT] without a fresh schema of profiles');
    }
  }

  async #ask(organizationId: string): Promise<ProfileSchema> {
    const question = { method: 'GET', path: '/api/v1/users/profile/schema', organizationId } as const;
    const said = answer.safeParse(await this.parts.service.json(question));
    if (!said.success) throw new RemoteFailure('garbage', 'an answer that is no schema');
    return said.data;
  }

  #keep(organizationId: string, schema: ProfileSchema | undefined): void {
    this.#kept.delete(organizationId);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(organizationId, { schema, at: this.parts.clock() });
  }
}

/** Those of the variables `profile.…` that no profile has; what a schema leaves open may be anything. */
export const unknownToProfiles = (schema: ProfileSchema, variables: readonly string[]): readonly string[] =>
  variables.filter((variable) => /^profile[.[]/.test(variable) && isUnknown(schema, stepsOf(variable)));

const stepsOf = (variable: string): readonly string[] => variable.match(/[\w-]+/g)?.slice(1) ?? [];

function isUnknown(schema: unknown, [step, ...others]: readonly string[]): boolean {
  if (step === undefined || !isSchema(schema)) return false;
  const { properties, additionalProperties, items } = schema;
  if (/^\d+$/.test(step)) return isUnknown(items, others);
  if (properties === undefined) return false;
  if (Object.hasOwn(properties, step)) return isUnknown(properties[step], others);
  return additionalProperties !== true;
}

const isSchema = (value: unknown): value is ProfileSchema => typeof value === 'object' && value !== null;
