import { pino } from 'pino';
import { type Bus, openBus } from '../src/adapters/nats';
import { type Database, openDatabase } from '../src/adapters/postgres';

export const organizationId = 'org_bench';

/** The execution that everybody follows. */
export interface Subject {
  /** One more was sent: its new figure, and when it was committed. */
  change(): Promise<{ value: number; at: number }>;
  close(): Promise<void>;
}

export async function openSubject(databaseUrl: string, natsUrl: string): Promise<Subject> {
  const log = pino({ level: 'silent' });
  const bus: Bus = await openBus({ url: natsUrl, name: 'bench', log });
  await bus.ensureStreams();
  const database = openDatabase({ url: databaseUrl, role: 'campaign_dispatcher', applicationName: 'bench' });
  const execNo = await writeExecution(database);
  return {
    change: async () => {
      const [row] = await database.query<{ sent: number }>(
        'update campaign.counter set sent = sent + 1 where exec_no = $1 returning sent',
        [execNo],
      );
      const at = performance.timeOrigin + performance.now();
      bus.publishCore('nudge.campaign.cmp_bench');
      return { value: row?.sent ?? 0, at };
    },
    close: async () => {
      await bus.close();
      await database.close();
    },
  };
}

async function writeExecution(database: Database): Promise<number> {
  const plan = {
    ...{ campaignId: 'cmp_bench', organizationId, name: 'bench', salt: 's', goals: [], include: [], exclude: [] },
    ...{ holdoutPercentage: 0, assignment: { kind: 'HASH' }, channels: ['email'], throttle: null },
    ...{ expiresAfterHours: 72, trackClicks: true, trackOpens: true },
    variants: [{ no: 1, id: 'var_bench', name: 'A', isControl: false, allocation: 10_000, content: {} }],
  };
  await database.query("select campaign.ensure_ledger_partitions(now() - interval '1 month', 4)");
  const [row] = await database.query<{ no: number }>(
    `with org as (select campaign.ensure_organization($1) as no),
       made as (insert into campaign.campaign (id, org_no, name, type, created_by, created_at, updated_by, updated_at)
         select 'cmp_bench', no, 'bench', 'ONE_TIME', 'bench', now(), 'bench', now() from org returning campaign_no, org_no),
       run as (insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, plan, upper_contact_no,
           cursor_contact_no, audience_closed, created_at, started_at)
         select campaign.next_exec_no(now()), 'exe_bench', org_no, campaign_no, 0, 'once', $2, 0, 0, true, now(), now()
         from made returning exec_no, org_no)
     insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, sent)
     select exec_no, 1, 1, 0, date_trunc('minute', now()), org_no, 1 from run returning exec_no as no`,
    [organizationId, plan],
  );
  if (row === undefined) throw new Error('the execution could not be made');
  return row.no;
}
