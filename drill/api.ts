import { developmentSecrets } from '../src/config-settings';
import { signToken } from '../src/identity/token';
import { freePort } from '../src/local/free-port';
import { systemClock } from '../src/shared/clock';
import type { Role } from '../src/shared/viewer';
import { drillOrganization } from './campaigns';
import type { Stage } from './stage';
import type { Worker } from './worker';

/** The public API of the drilled service, as a process of its own. */
export interface DrillApi {
  readonly worker: Worker;
  /** Throws when the API cannot be reached, dies, or answers with errors. */
  ask<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
}

/** Makes the process, not started yet, and a token of the drill's organization. */
export async function makeApi(stage: Stage, role: Role): Promise<DrillApi> {
  const port = await freePort();
  const token = await signToken({
    ...{ organizationId: drillOrganization, role, userId: 'drill' },
    ...{ secret: developmentSecrets.jwtSecret, now: systemClock(), lifetimeSeconds: 3_600 },
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    worker: stage.worker('api', `api-${role}`, { PORT: String(port), HOST: '127.0.0.1' }),
    ask: async <Data>(query: string, variables: Readonly<Record<string, unknown>>) => {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body });
      const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
      if (!data || errors) throw new Error(`the graph refuses: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}
