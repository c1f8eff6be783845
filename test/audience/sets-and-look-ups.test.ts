import fc from 'fast-check';
import { type AudienceHistory, makeAudience } from '../../bench/audience-people';
import type { Transaction } from '../../src/adapters/postgres';
import { everybody } from '../../src/audience/everybody';
import { presentPlan } from '../../src/campaign/audience-estimation';
import { audienceSql, excludedSql, type JudgementScope } from '../../src/dispatch/audience-sql';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import type { Scope } from '../../src/scope';
import { parseRule } from '../../src/segment/rule-parser';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
let scope: Scope;
let history: AudienceHistory;
let base: FrozenPlan;

beforeAll(async () => {
  world = await openWorld();
  scope = await readyScope(world, 'sets');
  history = await makeAudience(world.ledger, { orgNo: scope.viewer.organizationNo, people: 600, at: world.now });
  base = await presentPlan(scope, await createReady(scope));
});
afterAll(() => world.close());

const leaf = fc.oneof(
  fc
    .record({
      event: fc.constantFrom('sent', 'opened', 'clicked', 'converted'),
      campaign: fc.constantFrom('.cmp_autumn', '.cmp_winter', ''),
      days: fc.option(fc.integer({ min: 1, max: 30 })),
      exists: fc.boolean(),
    })
    .map(({ event, campaign, days, exists }) => ({
      field: `behaviour.${event}${campaign}`,
      ...(days === null ? { operator: 'exists', value: exists } : { operator: 'within_last', value: days }),
    })),
  fc.constantFrom('DE', 'FR').map((value) => ({ field: 'country', operator: 'equals', value })),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('tree').map((not) => ({ not })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
}));

const people = async (tx: Transaction, { from, where }: { from: string; where: string }, parameters: SqlParameters) => {
  const rows = await tx.query<{ no: number }>(
    `select c.contact_no as no from ${from} where ${where}`,
    parameters.values,
  );
  return rows.map(({ no }) => no).sort((one, other) => one - other);
};

async function meantAndExcluded(tx: Transaction, plan: FrozenPlan, how: JudgementScope): Promise<number[][]> {
  const [meant, excluded] = [new SqlParameters(), new SqlParameters()];
  return [
    await people(tx, audienceSql(plan, how, meant), meant),
    plan.exclude.length === 0 ? [] : await people(tx, excludedSql(plan, how, excluded), excluded),
  ];
}

/** The people of an expansion's steps, each of which reads sets of those alone that it is about. */
async function inStretches(tx: Transaction, plan: FrozenPlan, scope: JudgementScope): Promise<number[]> {
  const edges = [0, 200, 201, 450, scope.upperContactNo];
  const found: number[] = [];
  for (const [index, upperContactNo] of edges.slice(1).entries()) {
    const parameters = new SqlParameters();
    const stretch = { ...scope, afterContactNo: edges[index] ?? 0, upperContactNo, limit: 600 };
    found.push(...(await people(tx, audienceSql(plan, stretch, parameters), parameters)));
  }
  return found;
}

test('whatever the rules, everybody held against sets, at once or stretch by stretch, comes to the same as each person looked up', async () => {
  expect(Object.keys(history)).toEqual(['autumn', 'winter']);
  const rules = fc.record({
    include: fc.array(tree, { minLength: 1, maxLength: 3 }),
    exclude: fc.array(tree, { maxLength: 2 }),
    mostMessages: fc.constantFrom(-1, 5_000_000),
  });
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(rules, async ({ include, exclude, mostMessages }) => {
      const plan = {
        ...base,
        include: include.map((one) => parseRule(one)),
        exclude: exclude.map((one) => parseRule(one)),
      };
      await world.ledger.transaction(async (tx) => {
        for await (const { sets, ...step } of everybody(tx, plan, {
          orgNo: scope.viewer.organizationNo,
          asOf: world.now,
        })) {
          const lookedUp = await meantAndExcluded(tx, plan, step);
          seen.add(lookedUp[0]?.length ?? 0);
          const past = sets?.past ?? { ofCampaign: new Map(), ofAny: { execNos: [], messages: 0 } };
          expect(await meantAndExcluded(tx, plan, { ...step, sets: { past, mostMessages } })).toEqual(lookedUp);
          expect(await inStretches(tx, plan, { ...step, sets: { past } })).toEqual(lookedUp[0]);
        }
      });
    }),
    { numRuns: 60 },
  );
  expect(seen.size).toBeGreaterThan(10);
}, 60_000);
