import { randomUUID } from 'node:crypto';
import pino from 'pino';
import type { DrillCampaign } from '../../drill/campaigns';
import { countEnded } from '../../drill/ledger-view';
import type { Worker } from '../../drill/worker';
import { type Bus, openBus } from '../../src/adapters/nats';
import { type Database, openDatabase } from '../../src/adapters/postgres';
import { type SendWindow, weekDays } from '../../src/send-window/send-window';
import { build } from '../demo/built-demo';
import { startRemoteWorld } from '../remote/remote-world';
import { until } from '../support/until';
import { type CrashCase, ofOccasions } from './crash-cases';
import { dieTwice, SometimesTable } from './doomed';
import { type DrillStage, openDrillStage } from './drill-stage';
import { login, receipt, upTo } from './receipts';

const PEOPLE = 1_000;
const patience = 120_000;

let stage: DrillStage;
let bus: Bus;
let owner: Database;
let dispatcher: Worker;
let sender: Worker;
const sometimes = new SometimesTable();

beforeAll(async () => {
  await build();
  stage = await openDrillStage({ recipients: PEOPLE, latencyMs: 40 });
  bus = await openBus({ url: stage.parts.natsUrl, name: 'occasions', log: pino({ level: 'silent' }) });
  owner = openDatabase({ url: stage.parts.databaseUrl, applicationName: 'occasions', poolSize: 1 });
  [dispatcher, sender] = (['dispatcher', 'sender'] as const).map((role) =>
    stage.worker(role, role, stage.provider),
  ) as [Worker, Worker];
  await Promise.all([dispatcher.start(), sender.start()]);
}, 180_000);
afterAll(async () => {
  sometimes.print();
  await Promise.all([bus.close(), owner.close()]);
  await stage.close();
}, 60_000);

/** Two dispatchers die at the point, one after the other, and a third one takes over. */
async function outlive<Made>(crash: CrashCase, provoke: () => Promise<Made>): Promise<Made> {
  await dispatcher.stop();
  const doomed = stage.worker('dispatcher', 'dispatcher-doomed', stage.provider);
  const { signals, made } = await dieTwice(doomed, crash, provoke);
  sometimes.add({ point: crash.point, on: 'dispatcher', signals });
  expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
  await dispatcher.start();
  return made;
}

const exact = { differences: [], figures: { accepted: PEOPLE, acceptedTwice: 0, lost: 0 } };

async function count(sql: string, ...values: unknown[]): Promise<number> {
  const [row] = await stage.database.query<{ n: number }>(`select count(*) as n from campaign.${sql}`, values);
  return row?.n ?? -1;
}

test.each(ofOccasions.due)(
  'campaigns that are due when dispatchers die at $point start once each',
  async (crash) => {
    const ids = await outlive(crash, async () => {
      const drafts = [await stage.campaigns.draft(), await stage.campaigns.draft()];
      for (const id of drafts) await stage.campaigns.makeDue(id);
      return drafts;
    });
    for (const id of ids) {
      const campaign = await until('its one execution', () => stage.campaigns.find(id).catch(() => undefined));
      expect(await stage.verdict(campaign)).toMatchObject(exact);
    }
  },
  patience,
);

test.each(ofOccasions.ruled)(
  'a campaign whose rule is being asked by dispatchers that die at $point is asked about again, and starts once',
  async (crash) => {
    const rules = await startRemoteWorld(({ body }, response) => {
      const { campaigns } = body as { campaigns: { campaign_id: string }[] };
      const said = campaigns.map(({ campaign_id }) => ({ campaign_id, decision: 'START' }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ campaigns: said }));
    });
    const settings = { ...stage.provider, RULES_SERVICE_URL: rules.url };
    await dispatcher.stop();
    const { signals, made: id } = await dieTwice(stage.worker('dispatcher', 'ruled', settings), crash, async () => {
      const draft = await stage.campaigns.draft();
      await owner.query(
        `update campaign.campaign set delivery = delivery || '{"schedulingRuleId": "open"}' where id = $1`,
        [draft],
      );
      await stage.campaigns.makeDue(draft);
      return draft;
    });
    sometimes.add({ point: crash.point, on: 'dispatcher', signals });
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
    expect(await count("campaign where id = $1 and status = 'scheduled'", id)).toBe(1);
    await dispatcher.start({ RULES_SERVICE_URL: rules.url });
    const campaign = await until('its one execution', () => stage.campaigns.find(id).catch(() => undefined));
    expect(await stage.verdict(campaign)).toMatchObject(exact);
    expect(rules.asked.length).toBeGreaterThanOrEqual(3);
    await rules.close();
  },
  patience,
);

test.each(ofOccasions.again)(
  'a campaign to those whom another was sent, judged by dispatchers that die at $point, reaches each of them once',
  async (crash) => {
    const first = await stage.campaigns.start();
    expect(await stage.verdict(first)).toMatchObject(exact);
    const again = await outlive(crash, () => stage.campaigns.startAgain(first.campaignId));
    expect(await stage.verdict(again)).toMatchObject(exact);
  },
  patience,
);

test.each(ofOccasions.cancelled)(
  'a campaign cancelled in mid-run, its sender killed and its dispatchers dead at $point, accounts for everybody',
  async (crash) => {
    const campaign = await stage.campaigns.start();
    await until('the first messages', async () => (await countEnded(stage.database, campaign.execNo)) > 0);
    await sender.kill9();
    await outlive(crash, () => stage.campaigns.cancel(campaign.campaignId));
    await sender.start();
    const verdict = await until('an exact account', async () => {
      const found = await stage.verdict(campaign, 'cancelled');
      return found.differences.length === 0 && found;
    });
    const cancelled = verdict.ledger.filter((row) => row.disposition === 'cancelled');
    expect(cancelled.length).toBeGreaterThan(0);
    expect(verdict.figures.accepted).toBeGreaterThan(0);
    expect(verdict.figures.accepted + cancelled.length).toBeLessThanOrEqual(PEOPLE);
  },
  patience,
);

test.each(ofOccasions.bounced)(
  'messages that bounce softly while dispatchers die at $point are tried once more',
  async (crash) => {
    const campaign = await stage.campaigns.start();
    expect(await stage.verdict(campaign)).toMatchObject(exact);
    const { execNo } = campaign;
    const attempts = await attemptsOf(execNo);
    await outlive(crash, () => bus.publishBatch(attempts.map((told) => receipt({ kind: 'bounced', execNo, ...told }))));
    // All of them: a chunk of those that come later would be due later.
    const queued = () => count('message where exec_no = $1 and disposition = 0', execNo);
    await until('the queue', async () => (await queued()) === attempts.length);
    await owner.query('update campaign.chunk set due_at = now() where exec_no = $1 and state = 0', [execNo]);
    const { differences, figures } = await stage.verdict(campaign);
    // Under another key, and of those alone: what a soft bounce is for.
    expect(differences).toEqual([expect.stringMatching(new RegExp(`^accepted twice \\(${attempts.length}\\)`))]);
    expect(figures).toMatchObject({ accepted: PEOPLE, lost: 0 });
  },
  patience,
);

/** Ten sent messages, and as what their soft bounces come. */
async function attemptsOf(execNo: number) {
  const rows = await stage.database.query<{ seq: number; attempt: number }>(
    `select seq, attempt from campaign.message where exec_no = $1 and attempt = 1 and delivered_at is not null
     order by seq limit 10`,
    [execNo],
  );
  return rows.map(({ seq, attempt }) => ({ seq, more: { attempt, bounceType: 'soft', reason: 'mailbox full' } }));
}

test.each(ofOccasions.parked)(
  'receipts that came too early, taken up by dispatchers that die at $point, count once',
  async (crash) => {
    const execNo = await nextExecution();
    // The last one is about a message that will never be: it is taken up again and again.
    const early = [...upTo(30).map((seq) => ({ execNo, seq })), { execNo: execNo + 1_000_000, seq: 1 }];
    await bus.publishBatch(early.map((told) => receipt({ kind: 'opened', ...told })));
    await until('the parked receipts', async () => (await count('parked_event')) >= early.length);
    await owner.query(`update campaign.parked_event set due_at = now() + interval '1 hour'`);
    const campaign = await stage.campaigns.start();
    expect(campaign.execNo).toBe(execNo);
    expect(await stage.verdict(campaign)).toMatchObject(exact);
    await outlive(crash, () => owner.query('update campaign.parked_event set due_at = now()'));
    await until(
      'their message',
      async () => (await count('message where exec_no = $1 and opened_at is not null', execNo)) === 30,
    );
    expect(await count('touch where exec_no = $1 and kind = 1', execNo)).toBe(30);
    expect(await stage.verdict(campaign)).toMatchObject(exact);
    await owner.query('delete from campaign.parked_event');
  },
  patience,
);

/** Numbers are given one after the other, and nobody else starts anything here. */
async function nextExecution(): Promise<number> {
  const [row] = await owner.query<{ no: number }>('select campaign.next_exec_no(now()) as no');
  return (row?.no ?? 0) + 1;
}

test.each(ofOccasions.unreadable)(
  'messages that nobody can read, met by dispatchers that die at $point, are set aside and harm no run',
  async (crash) => {
    const mark = randomUUID();
    const unreadable = upTo(3).map((n) => ({ subject: 'notification.delivered', id: mark + n, payload: mark + n }));
    const campaign = await outlive(crash, async () => {
      await bus.publishBatch(unreadable);
      return stage.campaigns.start();
    });
    expect(await stage.verdict(campaign)).toMatchObject(exact);
    // What a dispatcher held when it died is offered again after its time to acknowledge, the run may end before that.
    const rows = await until('all of them set aside', async () => {
      const found = await owner.query<{ payload: string }>(
        `select distinct payload from campaign.dead_letter where payload like $1 order by payload`,
        [`${mark}%`],
      );
      return found.length >= unreadable.length && found;
    });
    expect(rows.map((row) => row.payload)).toEqual(unreadable.map(({ payload }) => payload));
  },
  patience,
);

/** A campaign whose test has been sent; the rest of its people waits. */
async function startTested(): Promise<DrillCampaign> {
  const campaign = await stage.campaigns.startTest();
  const tested = () => count('message where exec_no = $1 and phase = 0 and disposition = 2', campaign.execNo);
  const waiting = () => count('message where exec_no = $1 and phase = 1 and disposition = 0', campaign.execNo);
  await until('its test', async () => (await tested()) + (await waiting()) === PEOPLE);
  return campaign;
}

/** The test's time is over at this moment. */
async function endTest({ execNo }: DrillCampaign): Promise<void> {
  await owner.query('update campaign.execution set release_at = now() where exec_no = $1', [execNo]);
  await owner.query('update campaign.chunk set due_at = now() where exec_no = $1 and phase = 1', [execNo]);
}

/** Everybody has one variant: those who waited the same one, by one epoch. */
async function expectOneWinner({ execNo }: DrillCampaign): Promise<void> {
  expect(await count('allocation_epoch where exec_no = $1', execNo)).toBe(1);
  const rows = await stage.database.query<{ phase: number; variants: number; lacking: number }>(
    `select phase, count(distinct variant_no)::int as variants, count(*) filter (where variant_no is null)::int as lacking
     from campaign.message where exec_no = $1 and disposition = 2 group by 1 order by 1`,
    [execNo],
  );
  expect(rows).toEqual([
    { phase: 0, variants: 2, lacking: 0 },
    { phase: 1, variants: 1, lacking: 0 },
  ]);
}

test.each(ofOccasions.decided)(
  'tests that end while dispatchers die at $point have one winner each, which all who waited get once',
  async (crash) => {
    // Two: the one after the commit that the first dispatcher dies of leaves the second one something to die of.
    const campaigns = [await startTested(), await startTested()];
    await outlive(crash, () => Promise.all(campaigns.map(endTest)));
    for (const campaign of campaigns) {
      expect(await stage.verdict(campaign)).toMatchObject(exact);
      await expectOneWinner(campaign);
      const events = `outbox where kind = 'campaign.winner.declared' and exec_no = $1`;
      expect(await count(events, campaign.execNo)).toBe(1);
    }
  },
  patience,
);

test.each(ofOccasions.claimed)(
  'people who waited, claimed by senders that die at $point, get one variant once',
  async (crash) => {
    const campaign = await startTested();
    await sender.stop();
    const doomed = stage.worker('sender', 'sender-doomed', stage.provider);
    const { signals } = await dieTwice(doomed, crash, () => endTest(campaign));
    sometimes.add({ point: crash.point, on: 'sender', signals });
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
    await sender.start();
    expect(await stage.verdict(campaign)).toMatchObject(exact);
    await expectOneWinner(campaign);
  },
  patience,
);

/** Hours of every day, so many minutes from now on the clock of people whose time zone is unknown. */
function windowIn(minutes: number): SendWindow {
  const clock = (ahead: number) => new Date(Date.now() + ahead * 60_000).toISOString().slice(11, 16);
  return { days: weekDays, from: clock(minutes), until: clock(minutes + 60) };
}

test.each(ofOccasions.shut)(
  'a window that shuts on everybody while senders die at $point, and is taken away, lets each of them have theirs once',
  async (crash) => {
    await sender.stop();
    // Under a limit, which nobody who is put off uses up.
    const { campaignId, ...campaign } = await stage.campaigns.start(undefined, { perMinute: 600_000 });
    await until('everybody judged', async () => (await count('message where exec_no = $1', campaign.execNo)) >= PEOPLE);
    await stage.campaigns.editInPause(campaignId, { sendWindows: [windowIn(180)] });
    const doomed = stage.worker('sender', 'sender-shut', stage.provider);
    const { signals } = await dieTwice(doomed, crash, async () => undefined);
    sometimes.add({ point: crash.point, on: 'sender', signals });
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
    await sender.start();
    await until(
      'nobody who is due',
      async () => (await count('chunk where exec_no = $1 and state = 0 and due_at <= now()', campaign.execNo)) === 0,
    );
    expect(await count('message where exec_no = $1 and sent_at is not null', campaign.execNo)).toBe(0);
    await stage.campaigns.editInPause(campaignId, { sendWindows: [] });
    expect(await stage.verdict({ campaignId, ...campaign })).toMatchObject(exact);
  },
  patience,
);

/** Those who take no mail are reached in the application: one in a hundred more. */
const IN_APP = PEOPLE + PEOPLE / 100;
const inApp = { differences: [], figures: { accepted: IN_APP, acceptedTwice: 0, lost: 0 } };

/** A campaign in the application, to people who are not there. */
async function startWaiting(): Promise<DrillCampaign> {
  await owner.query('delete from campaign.contact_session');
  const content = { title: 'News', body: 'Hello {{ first_name }}' };
  return stage.campaigns.startBy([{ kind: 'in_app', content }]);
}

const allWait = ({ execNo }: DrillCampaign) =>
  until('people who wait', async () => (await count('login_wait where exec_no = $1', execNo)) === IN_APP);
const everybodyLogsIn = () => bus.publishBatch(upTo(IN_APP).map(login));

test.each(ofOccasions.waiting)(
  'a campaign that only waits for logins, laid aside by dispatchers that die at $point, reaches everybody who comes',
  async (crash) => {
    const campaign = await outlive(crash, startWaiting);
    await until('it aside', async () => (await count('execution where exec_no = $1 and aside', campaign.execNo)) === 1);
    await allWait(campaign);
    await everybodyLogsIn();
    expect(await stage.verdict(campaign)).toMatchObject(inApp);
  },
  patience,
);

test.each(ofOccasions.loggedIn)(
  'logins taken in by dispatchers that die at $point bring everybody their message once',
  async (crash) => {
    const campaign = await startWaiting();
    await allWait(campaign);
    await outlive(crash, everybodyLogsIn);
    expect(await stage.verdict(campaign)).toMatchObject(inApp);
  },
  patience,
);

test.each(ofOccasions.present)(
  'people looked for once more by senders that die at $point wait or get theirs, and nobody is lost',
  async (crash) => {
    const campaign = await startWaiting();
    await allWait(campaign);
    await sender.stop();
    await everybodyLogsIn();
    await until('everybody', async () => (await count('login_wait')) === 0);
    await owner.query(`update campaign.contact_session set until = now() where contact_no % 2 = 0`);
    const doomed = stage.worker('sender', 'sender-doomed-logins', stage.provider);
    const { signals } = await dieTwice(doomed, crash, async () => undefined);
    sometimes.add({ point: crash.point, on: 'sender', signals });
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
    await sender.start();
    await until('who has gone', async () => (await count('login_wait')) === IN_APP / 2);
    await everybodyLogsIn();
    expect(await stage.verdict(campaign)).toMatchObject(inApp);
  },
  patience,
);

test.each(ofOccasions.tooLate)(
  'waits that end while dispatchers die at $point end for everybody, as expired',
  async (crash) => {
    const campaign = await startWaiting();
    await allWait(campaign);
    await outlive(crash, () => owner.query(`update campaign.login_wait set until = now() - interval '1 minute'`));
    expect(await stage.verdict(campaign)).toMatchObject({ differences: [], figures: { accepted: 0, lost: 0 } });
    expect(await count('message_exception where exec_no = $1 and reason = 10', campaign.execNo)).toBe(IN_APP);
  },
  patience,
);

test.each(ofOccasions.upkeep)(
  'what an abandoned import left is gone after dispatchers that died at $point, and runs are exact',
  async (crash) => {
    await owner.query(`insert into staging.contact_load (org_no, created_at) values ($1, now() - interval '2 days')`, [
      stage.campaigns.organizationNo,
    ]);
    const loads = async () => (await owner.query('select 1 from staging.contact_load')).length;
    await outlive(crash, async () => undefined);
    await until('a clean staging table', async () => (await loads()) === 0);
    expect(await stage.verdict(await stage.campaigns.start())).toMatchObject(exact);
  },
  patience,
);

test('each point was passed, and killed its process twice', () => {
  const wanted = Object.values<readonly CrashCase[]>(ofOccasions).flatMap((some) => some.map(({ point }) => point));
  expect(sometimes.deaths.map(({ point }) => point)).toEqual(wanted);
});
