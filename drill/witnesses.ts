import { join } from 'node:path';
import type { DrillOptions } from './options';
import { type Outsider, startOutsider } from './outside';
import { programs } from './programs';
import type { Stage } from './stage';

/** Where the independent witnesses write. */
export interface Witnesses {
  readonly provider: string;
  readonly mail: string;
  readonly bus: string;
}

export const witnessesIn = (dir: string): Witnesses => ({
  provider: join(dir, 'provider'),
  mail: join(dir, 'mail.tsv'),
  bus: join(dir, 'bus.tsv'),
});

const PROVIDER_LATENCY_MS = 100;

/** The provider or the mail server, and the recorder; answers how a sender finds the first. */
export async function openWitnesses(
  options: DrillOptions,
  stage: Stage,
  outside: Outsider[],
): Promise<NodeJS.ProcessEnv> {
  const { provider, mail, bus } = witnessesIn(stage.dir);
  const open = async (name: string, program: string, args: readonly string[]): Promise<Outsider> => {
    const outsider = await startOutsider(program, args, join(stage.dir, `${name}.log`));
    outside.push(outsider);
    return outsider;
  };
  await open('recorder', programs.recorder, [stage.parts.natsUrl, bus]);
  const seed = ['--seed', options.seed];
  if (options.transport === 'smtp') {
    const { port } = await open('mail-server', programs.mailServer, ['--log', mail, ...seed]);
    return { SMTP_URL: `smtp://127.0.0.1:${port}`, PROVIDER_CONCURRENCY: '8' };
  }
  const temper = ['--refuse', '0.1', '--hang', '0.05', '--latency', String(PROVIDER_LATENCY_MS)];
  const world = ['--nats', stage.parts.natsUrl, '--log', provider, ...temper, ...seed];
  const { port } = await open('provider', programs.simulator, world);
  return { PROVIDER_URL: `http://127.0.0.1:${port}` };
}
