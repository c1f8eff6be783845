import type { Database, Transaction } from '../../src/adapters/postgres';
import type { AudienceDraft } from '../../src/audience/audience-draft';
import { estimateAudience, presentPlan } from '../../src/campaign/audience-estimation';
import { startCampaign } from '../../src/campaign/start-campaign';
import { expandStep } from '../../src/dispatch/expand';
import { judgementSql } from '../../src/dispatch/judgement-sql';
import { createScope, type Scope } from '../../src/scope';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { CHANNEL, DISPOSITION, TOUCH } from '../../src/shared/ledger-codes';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { buildExecution } from '../events/ledger-builder';

const people = 20_000;

let world: World;
let ours: Scope;

beforeAll(async () => {
  world = await openWorld();
  ours = await readyScope(world, 'org-ours');
  for (const { viewer } of [ours, await world.scopeOf('org-theirs')])
    await world.ledger.query(
      `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, attributes)
       select $1, 'u-' || n, 'u' || n || '@example.com', true, true,
         jsonb_build_object('plan', 'plan-' || n % 500, 'note', repeat('x', 100)) from generate_series(1, $2::int) n`,
      [viewer.organizationNo, people],
    );
  await world.ledger.transaction(async (tx) => {
    await tx.query('set local role none');
    await tx.query('analyze campaign.contact');
  });
});
afterAll(() => world.close());

const daysAgo = (days: number) => new Date(world.now.getTime() - days * 86_400_000);

/** One campaign, sent to all of ours, yesterday if not before; each has clicked and bought, one in a hundred has opened it. */
async function messagesToEverybody(name: string, at = daysAgo(1)): Promise<{ campaignId: string; partition: string }> {
  const built = await buildExecution(world.ledger, {
    name,
    people: 0,
    organizationId: 'org-ours',
    judgedAt: at,
  });
  await world.ledger.query(
    `insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, slot, channel, disposition, eligible,
       sent_at, clicked_at, opened_at)
     select $1, n, org_no, contact_no, $2, 1, ${CHANNEL.email}, ${DISPOSITION.sent}, true, $2, $2,
       case when n % 100 = 0 then $2::timestamptz end
     from (select *, row_number() over (order by contact_no)::int as n from campaign.contact where org_no = $3) c`,
    [built.execNo, at, built.orgNo],
  );
  await world.ledger.query(
    `insert into campaign.touch (exec_no, seq, kind, at, org_no, channel)
     select exec_no, seq, ${TOUCH.opened}, opened_at, org_no, channel from campaign.message
     where exec_no = $1 and opened_at is not null
     union all select exec_no, seq, ${TOUCH.clicked}, clicked_at, org_no, channel from campaign.message where exec_no = $1`,
    [built.execNo],
  );
  await world.ledger.query(
    `insert into campaign.outcome (exec_no, seq, goal, org_no, source, event_id, at)
     select exec_no, seq, 1, org_no, 'shop', seq::text, sent_at from campaign.message where exec_no = $1`,
    [built.execNo],
  );
  const [row] = await world.ledger.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.oid = (select tableoid from campaign.message where exec_no = $1 limit 1)`,
    [built.execNo],
  );
  return { campaignId: built.campaignId, partition: row?.name ?? '' };
}

const analyze = () =>
  world.ledger.transaction(async (tx) => {
    await tx.query('set local role none');
    await tx.query('analyze campaign.message, campaign.touch, campaign.outcome, campaign.execution');
  });

/** Of which statistics are made that know nothing of an execution that comes after them, and expect a few rows of it. */
const manySmallExecutions = (at: Date) =>
  world.ledger.query(
    `insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, slot, channel, disposition, eligible)
     select campaign.next_exec_no($1) + n, 1, $2, 10 * n, $1, 1, ${CHANNEL.email}, ${DISPOSITION.sent}, true
     from generate_series(1, 2000) n`,
    [at, ours.viewer.organizationNo],
  );

/** The same database, keeping the plan of everything that reads contacts. */
function explaining(database: Database, plans: string[]): Database {
  const transaction: Database['transaction'] = (work, opening) =>
    database.transaction((tx) => {
      const query: Transaction['query'] = async (sql, values) => {
        if (sql.includes('campaign.contact c')) {
          const lines = await tx.query<Record<string, string>>(`explain ${sql}`, values);
          plans.push(lines.flatMap((line) => Object.values(line)).join('\n'));
        }
        return tx.query(sql, values);
      };
      return work({ ...tx, query });
    }, opening);
  return { ...database, transaction };
}

/** The plan of one step of an expansion of these audiences. */
async function explainStep(audiences: readonly AudienceDraft[]): Promise<string> {
  const plan = await presentPlan(ours, await createReady(ours, { audiences }));
  const parameters = new SqlParameters();
  const step = { orgNo: ours.viewer.organizationNo, afterContactNo: 0, upperContactNo: 1_000_000, limit: 500 };
  const sql = `explain with ${judgementSql(plan, { ...step, asOf: world.now }, parameters)} select * from judged`;
  const lines = await world.ledger.query<Record<string, string>>(sql, parameters.values);
  return lines.flatMap((line) => Object.values(line)).join('\n');
}

/** The plan of the judgement in a step of an execution of these audiences. */
async function planOfStep(audiences: readonly AudienceDraft[], batch: number): Promise<string> {
  const { executionId } = await startCampaign(ours, { id: await createReady(ours, { audiences }) });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const plans: string[] = [];
  const step = { execNo: row?.exec_no ?? 0, batch, chunkSize: 500 };
  expect(await expandStep(world.ledger, step)).toMatchObject({ closed: false });
  await expandStep(explaining(world.ledger, plans), step);
  return plans.at(-1) ?? '';
}

const rare = { kind: 'INCLUDE' as const, rules: { field: 'attributes.plan', operator: 'equals', value: 'plan-7' } };

describe('an estimate', () => {
  it('of a rare attribute finds its people by the index', async () => {
    const plans: string[] = [];
    const scope = createScope({ ...world.parts, directory: explaining(world.ledger, plans) }, ours.viewer);
    const estimate = await estimateAudience(scope, { audiences: [rare] });
    expect(estimate).toMatchObject({ people: people / 500, perAudience: [people / 500], sent: people / 500 });
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toContain('contact_by_attribute');
      expect(plan).not.toContain('Seq Scan on contact');
    }
  });

  it('of behaviour holds everybody against sets that are read once, while a step of an expansion looks its people up', async () => {
    const { campaignId, partition } = await messagesToEverybody('behaved');
    await analyze();
    const plans: string[] = [];
    const scope = createScope({ ...world.parts, directory: explaining(world.ledger, plans) }, ours.viewer);
    const any = ['opened', 'clicked', 'converted', 'sent'].flatMap((event) => [
      { field: `behaviour.${event}`, operator: 'within_last', value: 30 },
      { field: `behaviour.${event}.${campaignId}`, operator: 'exists' },
    ]);
    const opened = { field: `behaviour.opened.${campaignId}`, operator: 'within_last', value: 30 };
    const audiences = [{ any }, opened].map((rules) => ({ kind: 'INCLUDE' as const, rules }));
    const estimate = await estimateAudience(scope, { audiences });
    expect(estimate).toMatchObject({ people: people / 100, perAudience: [people, people / 100] });
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).not.toContain('SubPlan');
      expect(plan).not.toContain('Nested Loop');
    }
    const step = await explainStep(audiences);
    expect(step).toContain(`using ${partition}_contact_no_exec_no_slot_idx`);
    for (const table of [partition, partition.replace('message', 'touch'), 'outcome'])
      expect(step).not.toContain(`Seq Scan on ${table} `);
  });

  it('behind row-level security would read everybody, with the same result', async () => {
    const plans: string[] = [];
    const scope = createScope({ ...world.parts, database: explaining(world.parts.database, plans) }, ours.viewer);
    expect(await estimateAudience(scope, { audiences: [rare] })).toMatchObject({ people: people / 500 });
    for (const plan of plans) expect(plan).not.toContain('contact_by_attribute');
  });

  it('may change nothing on those connections', async () => {
    const scope = createScope({ ...world.parts, directory: world.ledger }, ours.viewer);
    await expect(scope.judge((tx) => tx.query('delete from campaign.contact'))).rejects.toThrow('read-only');
  });
});

describe('a step of an expansion', () => {
  it('of behaviour merges sets of its stretch of people, whatever the statistics know of the ledger', async () => {
    const known = await messagesToEverybody('known');
    await manySmallExecutions(daysAgo(40));
    await analyze();
    for (const { campaignId, partition } of [known, await messagesToEverybody('unknown', daysAgo(40))]) {
      const any = ['opened', 'clicked', 'converted', 'sent'].flatMap((event) => [
        { field: `behaviour.${event}.${campaignId}`, operator: 'within_last', value: 60 },
        { field: `behaviour.${event}`, operator: 'exists' },
      ]);
      const clicked = { field: `behaviour.clicked.${campaignId}`, operator: 'exists' };
      const plan = await planOfStep(
        [{ any }, clicked].map((rules) => ({ kind: 'INCLUDE' as const, rules })),
        2_000,
      );
      expect(plan.match(new RegExp(`using ${partition}_contact_no_exec_no_slot_idx`, 'g'))).toHaveLength(9);
      expect(plan).not.toMatch(new RegExp(`${partition}_pkey|Seq Scan on (${partition}|outcome|contact) |Nested Loop`));
    }
  });

  it('of behaviour among few people looks these up', async () => {
    const { campaignId, partition } = await messagesToEverybody('few');
    const clicked = { field: `behaviour.clicked.${campaignId}`, operator: 'exists' };
    const [some, more] = [7, 8].map((n) => ({ field: 'attributes.plan', operator: 'equals', value: `plan-${n}` }));
    const plan = await planOfStep([{ kind: 'INCLUDE', rules: { all: [{ any: [some, more] }, clicked] } }], 30);
    expect(plan).toContain('SubPlan');
    expect(plan).toContain(`using ${partition}_contact_no_exec_no_slot_idx`);
    expect(plan).not.toContain('Merge');
  });
});
