import fc from 'fast-check';
import type { Transaction } from '../../src/adapters/postgres';
import { type CampaignDraft, createCampaign } from '../../src/campaign/create-campaign';
import type { Scope } from '../../src/scope';
import type { Rule } from '../../src/segment/rule.types';
import { parseRule } from '../../src/segment/rule-parser';
import { compileRule } from '../../src/segment/rule-sql';
import { createSegment, updateSegment } from '../../src/segment/segment-service';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { CHANNEL, DISPOSITION, EXECUTION_KIND, TOUCH, VERDICT } from '../../src/shared/ledger-codes';
import { openWorld, readyDraft, type World } from '../campaign/campaign-world';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { type Contacted, holds, type Person, type Touched } from './rule-evaluator';

const dayMs = 86_400_000;
const now = new Date('2026-11-21T10:00:00Z');
const ago = (days: number, plusMs = 0): Date => new Date(now.getTime() - days * dayMs + plusMs);

/** The moments at which days begin and end, each with its neighbours. */
const moment = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 9), fc.constantFrom(-1, 0, 1))
  .map(([days, plusMs]) => ago(days, plusMs));
const touches = fc.uniqueArray(fc.record({ at: moment, machine: fc.boolean() }), {
  maxLength: 2,
  selector: ({ at }) => at.getTime(),
});
const life = fc.record({
  sentAt: fc.option(moment),
  opened: touches,
  clicked: touches,
  converted: fc.array(moment, { maxLength: 2 }),
});
/** The four executions of `openHistories`; some people are in none of them. */
const lives = fc.array(fc.option(life), { minLength: 4, maxLength: 4 });

const events = ['sent', 'opened', 'clicked', 'converted'];
const field = fc
  .tuple(fc.constantFrom(...events), fc.constantFrom('', '.cmp_first', '.cmp_second'))
  .map(([event, campaign]) => `behaviour.${event}${campaign}`);
const condition = fc.oneof(
  fc.record({ field, operator: fc.constant('within_last'), value: fc.constantFrom(1, 2, 3, 4, 10) }),
  fc.record({ field, operator: fc.constant('exists'), value: fc.boolean() }),
);
const rule = fc.oneof(
  condition,
  condition.map((not) => ({ not })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
);

let world: World;
let ours: Scope;
let people: readonly Person[];
let foreign: BuiltExecution;

beforeAll(async () => {
  world = await openWorld();
  ours = await world.scopeOf('org-ours');
  await world.scopeOf('org-theirs');
  people = await openHistories();
});
afterAll(() => world.close());

/** Two executions of one campaign, the first a trial; one of another; one of another organization. */
async function openHistories(): Promise<readonly Person[]> {
  const built = (name: string, organizationId = 'org-ours') =>
    buildExecution(world.ledger, { name, people: 0, organizationId, judgedAt: ago(10) });
  const first = await built('first');
  const second = await built('second');
  const again = await anotherExecution(first, EXECUTION_KIND.MANUAL);
  const trial = await anotherExecution(first, EXECUTION_KIND.TEST);
  foreign = await built('theirs', 'org-theirs');
  const executions = [first, second, again, trial];
  const samples = fc.sample(lives, { numRuns: 150, seed: 5 });
  return Promise.all(
    samples.map(async (sample, n) => {
      const history = sample.flatMap((one, index): Contacted[] =>
        one ? [{ ...one, campaignId: executions[index]?.campaignId ?? '', isTest: index === 3 }] : [],
      );
      const contactNo = await addContact(first.orgNo, `p-${n}`);
      for (const [index, one] of sample.entries()) {
        const execution = executions[index];
        if (one && execution) await writeDown(execution, n + 1, contactNo, one);
      }
      return { ...nobody, external_id: `p-${n}`, history };
    }),
  );
}

const nobody = {
  email: null,
  first_name: null,
  country: null,
  email_opted_in: false,
  tags: [],
  created_at: now,
  attributes: {},
};

async function anotherExecution(like: BuiltExecution, kind: number): Promise<BuiltExecution> {
  const [row] = await world.ledger.query<{ exec_no: number }>(
    `insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, status, plan, upper_contact_no, created_at)
     select campaign.next_exec_no(created_at), id || $2, org_no, campaign_no, $2::text::smallint, $2, 'completed', plan, 0, created_at
     from campaign.execution where exec_no = $1 returning exec_no`,
    [like.execNo, String(kind)],
  );
  return { ...like, execNo: row?.exec_no ?? 0 };
}

async function addContact(orgNo: number, externalId: string): Promise<number> {
  const sql = 'insert into campaign.contact (org_no, external_id) values ($1, $2) returning contact_no';
  const [row] = await world.ledger.query<{ contact_no: number }>(sql, [orgNo, externalId]);
  return row?.contact_no ?? 0;
}

const firstHuman = (touched: readonly Touched[]): Date | null =>
  touched
    .filter(({ machine }) => !machine)
    .map(({ at }) => at)
    .sort((a, b) => a.getTime() - b.getTime())[0] ?? null;

/** The rows that sending and ingest leave of a message. */
async function writeDown(
  { execNo, orgNo }: Pick<BuiltExecution, 'execNo' | 'orgNo'>,
  seq: number,
  contactNo: number,
  { sentAt, opened, clicked, converted }: Omit<Contacted, 'campaignId' | 'isTest'>,
): Promise<void> {
  await world.ledger.query(
    `insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, slot, channel, disposition, eligible,
       sent_at, opened_at, clicked_at)
     values ($1, $2, $3, $4, $5, 1, ${CHANNEL.email}, $6, true, $7, $8, $9)`,
    [
      execNo,
      seq,
      orgNo,
      contactNo,
      ago(10),
      sentAt ? DISPOSITION.sent : DISPOSITION.queued,
      sentAt,
      firstHuman(opened),
      firstHuman(clicked),
    ],
  );
  for (const [kind, list] of [
    [TOUCH.opened, opened],
    [TOUCH.clicked, clicked],
  ] as const)
    for (const { at, machine } of list)
      await world.ledger.query(
        `insert into campaign.touch (exec_no, seq, kind, at, org_no, channel, verdict)
         values ($1, $2, $3, $4, $5, ${CHANNEL.email}, $6)`,
        [execNo, seq, kind, at, orgNo, machine ? VERDICT.machine : VERDICT.human],
      );
  for (const [n, at] of converted.entries())
    await world.ledger.query(
      `insert into campaign.outcome (exec_no, seq, goal, org_no, source, event_id, at)
       values ($1, $2, 1, $3, 'shop', $4, $5)`,
      [execNo, seq, orgNo, `e-${n}`, at],
    );
}

async function chosen(transaction: Pick<Transaction, 'query'>, input: unknown, whose = ours): Promise<string[]> {
  const parameters = new SqlParameters([whose.viewer.organizationNo]);
  const sql = compileRule(parseRule(input), parameters, { now });
  const rows = await transaction.query<{ external_id: string }>(
    `select c.external_id from campaign.contact c where c.org_no = $1 and ${sql} order by c.contact_no`,
    parameters.values,
  );
  return rows.map((row) => row.external_id).sort();
}

const refused = async (work: Promise<unknown>, path: string) =>
  expect(work).rejects.toMatchObject({ code: 'AUDIENCE_INVALID_RULE', path });

describe('a rule about behaviour', () => {
  it('chooses whom a plain reading of their histories chooses, on the connections of both roles', async () => {
    const counts = new Set<number>();
    await fc.assert(
      fc.asyncProperty(rule, async (input) => {
        const expected = people.filter((one) => holds(parseRule(input), one, now)).map((one) => one.external_id);
        expect(await chosen(world.ledger, input)).toEqual(expected.sort());
        expect(await ours.read((transaction) => chosen(transaction, input))).toEqual(expected);
        counts.add(expected.length);
      }),
      { numRuns: 200 },
    );
    expect(counts.size).toBeGreaterThan(20);
  });

  it.each(['sent', 'opened', 'clicked', 'converted'])('counts its days to the millisecond: %s', async (event) => {
    const { execNo, orgNo, campaignId } = await buildExecution(world.ledger, {
      name: `edge-${event}`,
      people: 0,
      organizationId: 'org-edges',
      judgedAt: ago(10),
    });
    const moments = [ago(3, -1), ago(3), ago(0), ago(0, 1)];
    for (const [n, at] of moments.entries()) {
      const touched = [{ at, machine: false }];
      const one = { sentAt: at, opened: touched, clicked: touched, converted: [at] };
      await writeDown({ execNo, orgNo }, n + 1, await addContact(orgNo, `${event}-${n}`), one);
    }
    const parameters = new SqlParameters([orgNo]);
    const input = { field: `behaviour.${event}.${campaignId}`, operator: 'within_last', value: 3 };
    const rows = await world.ledger.query<{ external_id: string }>(
      `select external_id from campaign.contact c where org_no = $1 and ${compileRule(parseRule(input), parameters, { now })}
       order by contact_no`,
      parameters.values,
    );
    expect(rows.map((row) => row.external_id)).toEqual([`${event}-1`, `${event}-2`]);
  });

  it('is true of nobody by a campaign of another organization, on whatever connection', async () => {
    const theirs = await world.scopeOf('org-theirs');
    const namesake = await addContact(theirs.viewer.organizationNo, 'p-0');
    const touched = [{ at: ago(1), machine: false }];
    const everything = { sentAt: ago(1), opened: touched, clicked: touched, converted: [ago(1)] };
    await writeDown(foreign, 1, namesake, everything);
    for (const event of events) {
      const input = { field: `behaviour.${event}.cmp_theirs`, operator: 'exists' };
      expect(await chosen(world.ledger, input, theirs)).toEqual(['p-0']);
      expect(await chosen(world.ledger, input)).toEqual([]);
      expect(await ours.read((transaction) => chosen(transaction, input))).toEqual([]);
    }
  });

  it('must name a campaign of the organization, in segments as in audiences', async () => {
    const about = (id: string) => ({ field: `behaviour.opened.${id}`, operator: 'exists' as const, value: true });
    const known: Rule = { all: [about('cmp_first'), about('cmp_second')] };
    for (const id of ['cmp_theirs', 'cmp_nothing']) {
      const rules: Rule = { all: [about('cmp_first'), { not: about(id) }] };
      await refused(createSegment(ours, { name: `of ${id}`, rules }), 'rules.all[1].not.field');
      const draft: CampaignDraft = readyDraft({
        audiences: [
          { kind: 'INCLUDE', rules: known },
          { kind: 'EXCLUDE', rules: { any: [rules] } },
        ],
      });
      await refused(createCampaign(ours, draft), 'audiences[1].rules.any[0].all[1].not.field');
      const segment = await createSegment(ours, { name: `kept from ${id}`, rules: known });
      await refused(updateSegment(ours, { id: segment, version: 1, rules }), 'rules.all[1].not.field');
    }
    await createCampaign(ours, readyDraft({ audiences: [{ kind: 'INCLUDE', rules: known }] }));
  });
});
