import fc from 'fast-check';
import type { Database } from '../../src/adapters/postgres';
import { CHANNEL, DISPOSITION, EXECUTION_KIND, TOUCH, VERDICT } from '../../src/shared/ledger-codes';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import type { Contacted, Person, Touched } from './rule-evaluator';

const dayMs = 86_400_000;
/** When everybody is asked. */
export const now = new Date('2026-11-21T10:00:00Z');
export const ago = (days: number, plusMs = 0): Date => new Date(now.getTime() - days * dayMs + plusMs);

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

export const events = ['sent', 'opened', 'clicked', 'converted'];
const field = fc
  .tuple(fc.constantFrom(...events), fc.constantFrom('', '.cmp_first', '.cmp_second'))
  .map(([event, campaign]) => `behaviour.${event}${campaign}`);
const condition = fc.oneof(
  fc.record({ field, operator: fc.constant('within_last'), value: fc.constantFrom(1, 2, 3, 4, 10) }),
  fc.record({ field, operator: fc.constant('exists'), value: fc.boolean() }),
);
/** About what was between a person and campaigns. */
export const behaviourRule = fc.oneof(
  condition,
  condition.map((not) => ({ not })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
);

/** People with a past, and an execution of another organization. */
export interface Histories {
  readonly people: readonly Person[];
  readonly foreign: BuiltExecution;
}

/** Two executions of one campaign, the first a trial; one of another; one of another organization. */
export async function openHistories(ledger: Database): Promise<Histories> {
  const built = (name: string, organizationId = 'org-ours') =>
    buildExecution(ledger, { name, people: 0, organizationId, judgedAt: ago(10) });
  const first = await built('first');
  const second = await built('second');
  const again = await anotherExecution(ledger, first, EXECUTION_KIND.MANUAL);
  const trial = await anotherExecution(ledger, first, EXECUTION_KIND.TEST);
  const foreign = await built('theirs', 'org-theirs');
  const executions = [first, second, again, trial];
  const samples = fc.sample(lives, { numRuns: 150, seed: 5 });
  const people = await Promise.all(
    samples.map(async (sample, n) => {
      const history = sample.flatMap((one, index): Contacted[] =>
        one ? [{ ...one, campaignId: executions[index]?.campaignId ?? '', isTest: index === 3 }] : [],
      );
      const contactNo = await addContact(ledger, first.orgNo, `p-${n}`);
      for (const [index, one] of sample.entries()) {
        const execution = executions[index];
        if (one && execution) await writeDown(ledger, { ...execution, seq: n + 1, contactNo, ...one });
      }
      return { ...nobody, external_id: `p-${n}`, history };
    }),
  );
  return { people, foreign };
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

async function anotherExecution(ledger: Database, like: BuiltExecution, kind: number): Promise<BuiltExecution> {
  const [row] = await ledger.query<{ exec_no: number }>(
    `insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, status, plan, upper_contact_no, created_at)
     select campaign.next_exec_no(created_at), id || $2, org_no, campaign_no, $2::text::smallint, $2, 'completed', plan, 0, created_at
     from campaign.execution where exec_no = $1 returning exec_no`,
    [like.execNo, String(kind)],
  );
  return { ...like, execNo: row?.exec_no ?? 0 };
}

export async function addContact(ledger: Database, orgNo: number, externalId: string): Promise<number> {
  const sql = 'insert into campaign.contact (org_no, external_id) values ($1, $2) returning contact_no';
  const [row] = await ledger.query<{ contact_no: number }>(sql, [orgNo, externalId]);
  return row?.contact_no ?? 0;
}

const firstHuman = (touched: readonly Touched[]): Date | null =>
  touched
    .filter(({ machine }) => !machine)
    .map(({ at }) => at)
    .sort((a, b) => a.getTime() - b.getTime())[0] ?? null;

interface WrittenLife extends Omit<Contacted, 'campaignId' | 'isTest'> {
  readonly execNo: number;
  readonly orgNo: number;
  readonly seq: number;
  readonly contactNo: number;
}

/** The rows that sending and ingest leave of a message. */
export async function writeDown(ledger: Database, life: WrittenLife): Promise<void> {
  const { execNo, orgNo, seq, contactNo, sentAt, opened, clicked, converted } = life;
  await ledger.query(
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
      await ledger.query(
        `insert into campaign.touch (exec_no, seq, kind, at, org_no, channel, verdict)
         values ($1, $2, $3, $4, $5, ${CHANNEL.email}, $6)`,
        [execNo, seq, kind, at, orgNo, machine ? VERDICT.machine : VERDICT.human],
      );
  for (const [n, at] of converted.entries())
    await ledger.query(
      `insert into campaign.outcome (exec_no, seq, goal, org_no, source, event_id, at)
       values ($1, $2, 1, $3, 'shop', $4, $5)`,
      [execNo, seq, orgNo, `e-${n}`, at],
    );
}
