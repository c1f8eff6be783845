import type { DrillCampaign } from '../../drill/campaigns';
import { countEnded } from '../../drill/ledger-view';
import type { Worker } from '../../drill/worker';
import { DISPOSITION } from '../../src/shared/ledger-codes';
import { build } from '../demo/built-demo';
import { until } from '../support/until';
import { type DrillStage, openDrillStage } from './drill-stage';

const PEOPLE = 3_000;
let stage: DrillStage;
let workers: Worker[];

beforeAll(async () => {
  await build();
  stage = await openDrillStage({ recipients: PEOPLE, latencyMs: 40, durable: true });
  workers = (['dispatcher', 'sender'] as const).map((role) => stage.worker(role, role, stage.provider));
  await Promise.all(workers.map((worker) => worker.start()));
}, 180_000);
afterAll(() => stage.close(), 60_000);

async function recipients({ execNo }: DrillCampaign): Promise<number[]> {
  const rows = await stage.database.query<{ contact_no: number }>(
    'select contact_no from campaign.message where exec_no = $1 and disposition = $2 order by contact_no',
    [execNo, DISPOSITION.sent],
  );
  return rows.map((row) => row.contact_no);
}

/** As a power cut: processes and servers, all at once. */
async function killEverything(): Promise<void> {
  const { postgres, nats, redis } = stage.parts;
  await Promise.all([...workers, postgres, nats, redis].map((one) => one.kill9()));
  await Promise.all([postgres, nats, redis].map((part) => part.restart()));
}

test('paused in mid-run, everything killed, started again and resumed: the same people, once each', async () => {
  const through = await stage.campaigns.start();
  expect((await stage.verdict(through)).differences).toEqual([]);

  const broken = await stage.campaigns.start();
  await until('the middle of the run', async () => (await countEnded(stage.database, broken.execNo)) > PEOPLE / 4);
  await stage.campaigns.pause(broken.campaignId);
  const paused = await countEnded(stage.database, broken.execNo);
  expect(paused).toBeLessThan(PEOPLE);
  await killEverything();
  await until('the database', () => countEnded(stage.database, broken.execNo).catch(() => undefined));
  await Promise.all(workers.map((worker) => worker.start()));
  await stage.campaigns.resume(broken.campaignId);
  const { differences, figures } = await stage.verdict(broken);

  expect(differences).toEqual([]);
  expect(figures).toMatchObject({ accepted: PEOPLE, acceptedTwice: 0, lost: 0 });
  expect(await recipients(broken)).toEqual(await recipients(through));
}, 300_000);
