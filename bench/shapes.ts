import { join } from 'node:path';
import { openOrganization } from '../drill/campaigns';
import { makeDirectory } from '../drill/people';
import { drillIds } from '../drill/stage';
import { openDatabase } from '../src/adapters/postgres';
import { createOrm } from '../src/orm';
import { sameForAll } from './emails';
import { machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { cpuOf, microsPerMessage } from './process-use';
import { allCounted } from './run-watch';
import { dearestStatements, forgetStatements } from './statements';

/** The same number of messages, cut into campaigns in three ways. */
interface Shape {
  readonly organizations: number;
  readonly campaignsOfEach: number;
  readonly people: number;
}

const shapesOf = (recipients: number): Shape[] => [
  { organizations: 1, campaignsOfEach: 1, people: recipients },
  { organizations: 10, campaignsOfEach: 1, people: recipients / 10 },
  { organizations: 200, campaignsOfEach: 5, people: recipients / 1_000 },
];

/** One shape, measured. */
interface ShapeRun {
  readonly name: string;
  readonly rate: number;
  readonly micros: Readonly<Record<string, number>>;
}

/** Messages a second of each shape: campaigns are open before the service starts; counted from the first judgement. */
export async function shapesBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const load = machineLoad();
  const runs: ShapeRun[] = [];
  for (const shape of shapesOf(options.recipients)) {
    const run = await measureShape(options, shape, print);
    print(describe(run));
    runs.push(run);
  }
  const first = runs[0]?.rate ?? 1;
  const ofFirst = runs.map(({ rate }) => Math.round((rate / first) * 1_000) / 1_000);
  return {
    table: [
      ...runs.map((run, index) => `${describe(run)}, ${ofFirst[index]?.toFixed(2)} of the first`),
      `load of the machine: ${load} before, ${machineLoad()} after`,
    ],
    figures: {
      messagesPerSecond: runs.map(({ rate }) => Math.round(rate)),
      ofFirst,
      cpuMicrosPerMessage: runs.map(({ micros }) => micros),
      load,
    },
  };
}

const nameOf = ({ organizations, campaignsOfEach, people }: Shape): string =>
  `${organizations * campaignsOfEach} × ${people} recipients, ${organizations} organization(s)`;

const describe = ({ name, rate, micros }: ShapeRun): string =>
  `${name}: ${Math.round(rate)} messages/s, core-µs a message: ${Object.entries(micros)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`;

async function measureShape(options: BenchOptions, shape: Shape, print: (line: string) => void): Promise<ShapeRun> {
  const ground = await openGround(
    { ...options, dir: options.dir && join(options.dir, `${shape.organizations}-organizations`) },
    0,
    print,
  );
  const { parts, database } = ground.stage;
  try {
    const execNos = await openShape(parts.databaseUrl, shape);
    print(`${execNos.length} campaigns are open`);
    if (options.profile) await forgetStatements(parts.adminUrl);
    const measured = await ground.startService();
    const cpu = cpuOf(measured);
    const expected = shape.organizations * shape.campaignsOfEach * shape.people;
    const { sinceFirstMs } = await allCounted(database, execNos, expected, options.minutes);
    const micros = microsPerMessage(cpu, cpuOf(measured), expected);
    if (options.profile) for (const line of await dearestStatements(parts.adminUrl)) print(line);
    return { name: nameOf(shape), rate: expected / (sinceFirstMs / 1_000), micros };
  } finally {
    await ground.close();
  }
}

async function openShape(url: string, { organizations, campaignsOfEach, people }: Shape): Promise<number[]> {
  const orm = await createOrm({ url, applicationName: 'bench', poolSize: 2 });
  const database = openDatabase({ url, role: 'campaign_app', applicationName: 'bench', poolSize: 2 });
  const execNos: number[] = [];
  try {
    for (let n = 0; n < organizations; n++) {
      const campaigns = await openOrganization({ orm, database, ids: drillIds }, `org_shape_${n}`);
      await makeDirectory(database, campaigns.organizationNo, people);
      for (let m = 0; m < campaignsOfEach; m++) execNos.push((await campaigns.start(sameForAll)).execNo);
    }
  } finally {
    await Promise.all([orm.close(), database.close()]);
  }
  return execNos;
}
