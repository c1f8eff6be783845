import { openOrganization } from '../drill/campaigns';
import { makeDirectory } from '../drill/people';
import { drillIds } from '../drill/stage';
import { openDatabase } from '../src/adapters/postgres';
import { createOrm } from '../src/orm';
import { sameForAll } from './emails';
import { machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { allCounted } from './run-watch';

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

/** Messages a second of each shape: campaigns are open before the service starts; counted from the first judgement. */
export async function shapesBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const rates: number[] = [];
  const lines: string[] = [`load of the machine: ${machineLoad()}`];
  for (const shape of shapesOf(options.recipients)) {
    const rate = await measureShape(options, shape, print);
    rates.push(rate);
    const { organizations, campaignsOfEach, people } = shape;
    const campaigns = organizations * campaignsOfEach;
    lines.push(
      `${campaigns} × ${people} recipients, ${organizations} organization(s): ${Math.round(rate)} messages/s, ` +
        `${(rate / (rates[0] ?? rate)).toFixed(2)} of the first`,
    );
  }
  const ofFirst = rates.map((rate) => Math.round((rate / (rates[0] ?? rate)) * 1_000) / 1_000);
  return { table: lines, figures: { messagesPerSecond: rates.map(Math.round), ofFirst, load: machineLoad() } };
}

async function measureShape(options: BenchOptions, shape: Shape, print: (line: string) => void): Promise<number> {
  const ground = await openGround({ ...options, dir: undefined }, 0, print);
  try {
    const execNos = await openShape(ground.stage.parts.databaseUrl, shape);
    print(`${execNos.length} campaigns are open`);
    await ground.startService();
    const expected = shape.organizations * shape.campaignsOfEach * shape.people;
    const { sinceFirstMs } = await allCounted(ground.stage.database, execNos, expected, options.minutes);
    return expected / (sinceFirstMs / 1_000);
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
