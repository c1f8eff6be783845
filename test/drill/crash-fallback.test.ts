import { build } from '../demo/built-demo';
import { ofChannels } from './crash-cases';
import { dieTwice, SometimesTable } from './doomed';
import { type DrillStage, openDrillStage } from './drill-stage';

const PEOPLE = 1_500;

let stage: DrillStage;
const sometimes = new SometimesTable();

beforeAll(async () => {
  await build();
  // One attempt on each channel: every refusal is a channel's last.
  stage = await openDrillStage({ recipients: PEOPLE, channels: 'mixed', settings: { MAX_ATTEMPTS: '1' } });
  await stage.worker('dispatcher', 'dispatcher', stage.provider).start();
}, 180_000);
afterAll(async () => {
  sometimes.print();
  await stage.close();
}, 60_000);

test.each(ofChannels.refused)(
  'senders that die at $point, twice in a row, lose nobody whom the next channel takes, and write to nobody twice',
  async (crash) => {
    const doomed = stage.worker('sender', 'sender-doomed', stage.provider);
    const { signals, made } = await dieTwice(doomed, crash, () => stage.campaigns.startMixed());
    sometimes.add({ point: crash.point, on: 'sender', signals });
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
    await stage.worker('sender', 'sender', stage.provider).start();
    const { differences, figures, ledger } = await stage.verdict(made);
    const are = (disposition: string) => ledger.filter((row) => row.disposition === disposition).length;
    expect({ differences, lost: figures.lost, acceptedTwice: figures.acceptedTwice }).toEqual({
      differences: [],
      lost: 0,
      acceptedTwice: 0,
    });
    expect(are('sent')).toBe(figures.accepted);
    expect(are('sent') + are('failed')).toBe(PEOPLE);
    // A tenth is refused, and of those who have a second channel a tenth of that.
    expect(are('failed')).toBeLessThan(PEOPLE / 10);
    const [moved] = await stage.database.query<{ n: number }>(
      'select count(*) as n from campaign.message where exec_no = $1 and channel <> slot and disposition = 2',
      [made.execNo],
    );
    expect(moved?.n).toBeGreaterThan(PEOPLE / 40);
  },
  180_000,
);
