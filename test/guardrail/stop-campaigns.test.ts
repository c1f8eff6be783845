import { resumeCampaign } from '../../src/campaign/change-status';
import type { Guardrails } from '../../src/guardrail/guardrails';
import { stopCampaigns } from '../../src/guardrail/stop-campaigns';
import { email } from '../campaign/campaign-world';
import { openRolloutWorld, type RolloutWorld, type Run } from '../experiment/rollout-world';

let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(1_000);
});
afterAll(() => world.close());

const everybody = [{ name: 'A', allocation: 100, channels: [email('A')] }];

/** A campaign that was sent to everybody, of which the ledger counts this besides. */
async function sent(guardrails: Guardrails | null, counted: Counted): Promise<Run> {
  const run = await world.start({}, everybody, { guardrails });
  await world.deliver(run);
  await count(run, counted);
  return run;
}

type Counted = Readonly<Partial<Record<'delivered' | 'complained' | 'bounced_hard' | 'unsubscribed', number>>>;

async function count({ execNo }: Run, counted: Counted): Promise<void> {
  const sets = Object.entries(counted).map(([column, more]) => `${column} = ${column} + ${more}`);
  await world.database.dispatcher.query(
    `update campaign.counter set ${sets.join(', ')} where ctid = (
       select ctid from campaign.counter where exec_no = $1 and sent > 0 limit 1)`,
    [execNo],
  );
}

const stopped = () => stopCampaigns(world.database.dispatcher, world.parts);

async function campaignOf({ campaignId }: Run) {
  const [row] = await world.database.dispatcher.query<{ status: string; reason: string | null; told: number }>(
    `select c.status, c.pause_reason as reason, (select count(*)::int from campaign.outbox x
       where x.campaign_no = c.campaign_no and x.kind = 'campaign.paused') as told
     from campaign.campaign c where c.id = $1`,
    [campaignId],
  );
  return row;
}

describe('a campaign that watches itself', () => {
  test('stops where complaints are over the limit beyond chance, says why and tells it once', async () => {
    const run = await sent({ complaint: 30, minimumSample: 500 }, { delivered: 900, complained: 20 });
    const [one, other] = await Promise.all([stopped(), stopped()]);
    expect([...one, ...other]).toEqual([run.campaignId]);
    const reason = 'complaints: 20 of 900 messages, 2.22 %; the limit is 0.3 %';
    expect(await campaignOf(run)).toEqual({ status: 'paused', reason, told: 1 });
  });

  test('goes on where a share is a little over its limit, which chance explains', async () => {
    await sent({ complaint: 30, minimumSample: 500 }, { delivered: 900, complained: 4 });
    expect(await stopped()).toEqual([]);
  });

  test('judges nothing of too few messages', async () => {
    await sent({ unsubscribe: 100, minimumSample: 1_000 }, { delivered: 999, unsubscribed: 400 });
    expect(await stopped()).toEqual([]);
  });

  test('watches what has a limit and nothing else', async () => {
    await sent({ unsubscribe: 100, minimumSample: 500 }, { delivered: 900, complained: 500, bounced_hard: 500 });
    await sent(null, { delivered: 900, complained: 500, unsubscribed: 500 });
    expect(await stopped()).toEqual([]);
  });

  test('is watched for those who still wait for a login, too, while it waits for its next occurrence', async () => {
    const run = await sent({ complaint: 30, minimumSample: 500 }, { delivered: 900, complained: 20 });
    await world.database.dispatcher.query(
      `with aside as (update campaign.execution set aside = true where exec_no = $1 returning campaign_no)
       update campaign.campaign c set status = 'scheduled', type = 'RECURRING',
         schedule = '{"at": "2099-01-01T09:00:00.000Z", "recurrence": {"cron": "0 9 * * *", "timeZone": "UTC"}}'
       from aside where c.campaign_no = aside.campaign_no`,
      [run.execNo],
    );
    expect(await stopped()).toEqual([run.campaignId]);
    expect(await campaignOf(run)).toMatchObject({ status: 'paused' });
    const [execution] = await world.database.dispatcher.query<{ status: string }>(
      'select status from campaign.execution where exec_no = $1',
      [run.execNo],
    );
    expect(execution?.status).toBe('paused');
  });

  test('is forgiven by the person who resumes it what was counted until then, and stops at more of it', async () => {
    const run = await sent({ hardBounce: 500, minimumSample: 50 }, { delivered: 700, bounced_hard: 200 });
    expect(await stopped()).toEqual([run.campaignId]);
    await resumeCampaign(world.scope, { id: run.campaignId });
    expect(await stopped()).toEqual([]);
    await world.database.dispatcher.query(
      'update campaign.counter set sent = sent + 300, bounced_hard = bounced_hard + 200 where exec_no = $1 and sent > 0',
      [run.execNo],
    );
    expect(await stopped()).toEqual([run.campaignId]);
  });
});
