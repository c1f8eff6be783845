import fc from 'fast-check';
import type { Database, Transaction } from '../../src/adapters/postgres';
import type { AudienceDraft } from '../../src/audience/audience-draft';
import { startCampaign } from '../../src/campaign/start-campaign';
import { expandStep } from '../../src/dispatch/expand';
import { findDifferences } from '../../src/operations/check-invariants';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import type { Rule } from '../../src/segment/rule.types';
import { parseRule } from '../../src/segment/rule-parser';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { behaviourRule, now, openHistories } from '../segment/histories';
import { holds, type Person } from '../segment/rule-evaluator';

let world: World;
let scope: Scope;
let people: readonly Person[];
beforeAll(async () => {
  world = await openWorld();
  scope = await readyScope(world, 'org-ours');
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1_000 } });
  ({ people } = await openHistories(world.ledger));
});
afterAll(() => world.close());

const ids = fc
  .uniqueArray(fc.nat(149), { minLength: 1, maxLength: 120 })
  .map((numbers) => numbers.map((n) => `p-${n}`));
/** About behaviour; about people whom an index finds, few or many; about people whom none does. */
const rule = fc.oneof(
  { weight: 3, arbitrary: behaviourRule },
  ids.map((value) => ({ field: 'external_id', operator: 'in', value })),
  fc.nat(149).map((n) => ({ field: 'external_id', operator: 'greater_than', value: `p-${n}` })),
);
const rules = fc.oneof(
  rule,
  fc.array(rule, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(rule, { minLength: 1, maxLength: 3 }).map((some) => ({ any: some })),
);
const any = fc.oneof(
  { weight: 5, arbitrary: rules.map((input) => ({ rules: parseRule(input) })) },
  ids.map((userIds) => ({ userIds })),
);
const audience = fc.record({
  includes: fc.array(any, { minLength: 1, maxLength: 2 }),
  excludes: fc.array(any, { maxLength: 2 }),
  batch: fc.constantFrom(2, 7, 40, 500),
  audienceCap: fc.constantFrom(null, null, 5, 60),
});

async function start(audiences: readonly AudienceDraft[], audienceCap: number | null): Promise<number> {
  const fields = { name: `Any ${crypto.randomUUID()}`, audienceCap };
  const { executionId } = await startCampaign(scope, { id: await createReady(scope, { fields, audiences }) });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  return row?.exec_no ?? 0;
}

async function judgedIn(execNo: number): Promise<string[]> {
  const rows = await world.ledger.query<{ id: string }>(
    `select c.external_id as id from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1 order by c.contact_no`,
    [execNo],
  );
  return rows.map(({ id }) => id);
}

const stateOf = (execNo: number) =>
  world.ledger.query(
    `select cursor_contact_no as cursor, next_seq, audience_closed, (select count(*) from campaign.chunk where exec_no = $1) as chunks,
       (select count(*) from campaign.message where exec_no = $1) as messages from campaign.execution where exec_no = $1`,
    [execNo],
  );

/** The same database, whose process dies before it commits. */
const dying = (database: Database): Database => ({
  ...database,
  transaction: (work) =>
    database.transaction(async (tx: Transaction) => {
      await work(tx);
      throw new Error('died');
    }),
});

/** Steps to the end; each is tried by a process that dies first. Answers how many people each found. */
async function expandToEnd(execNo: number, batch: number): Promise<number[]> {
  const options = { execNo, now, batch, chunkSize: 40 };
  const found: number[] = [];
  for (let closed = false; !closed; ) {
    const before = await stateOf(execNo);
    await expect(expandStep(dying(world.ledger), options)).rejects.toThrow('died');
    expect(await stateOf(execNo)).toEqual(before);
    const step = await expandStep(world.ledger, options);
    found.push(step.judged);
    closed = step.closed;
  }
  return found;
}

type Meant = { readonly rules: Rule } | { readonly userIds: readonly string[] };

const drafts = (kind: AudienceDraft['kind'], all: readonly Meant[]): AudienceDraft[] =>
  all.map((one) => ({ kind, ...one }));

const isIn = (one: Meant, person: Person): boolean =>
  'rules' in one ? holds(one.rules, person, now) : one.userIds.includes(person.external_id);

test('whatever the rules, lists and steps, an audience of behaviour is that of a plain reading, each person once', async () => {
  const sizes = new Set<number>();
  let [empty, cut] = [0, 0];
  await fc.assert(
    fc.asyncProperty(audience, async ({ includes, excludes, batch, audienceCap }) => {
      const execNo = await start([...drafts('INCLUDE', includes), ...drafts('EXCLUDE', excludes)], audienceCap);
      const meant = (person: Person) =>
        includes.every((one) => isIn(one, person)) && !excludes.some((one) => isIn(one, person));
      const expected = people.filter(meant).map((person) => person.external_id);
      const found = await expandToEnd(execNo, batch);
      const judged = await judgedIn(execNo);
      expect(judged).toHaveLength(Math.min(audienceCap ?? expected.length, expected.length));
      expect(expected.toSorted()).toEqual(expect.arrayContaining(judged));
      expect(new Set(judged).size).toBe(judged.length);
      expect(Math.max(...found)).toBeLessThanOrEqual(batch);
      expect(await findDifferences(world.ledger, execNo)).toEqual([]);
      sizes.add(expected.length);
      empty += found.slice(0, -1).filter((n) => n === 0).length;
      cut += found.slice(0, -1).filter((n) => n > 0 && n < batch).length;
    }),
    { numRuns: 50 },
  );
  // Steps that found nobody, and steps that found some, with more to come.
  expect([sizes.size > 10, empty > 10, cut > 10]).toEqual([true, true, true]);
}, 120_000);
