import fc from 'fast-check';
import { accountOfPerson } from '../../src/audience/audience-account';
import { heldOfMember } from '../../src/audience/rules-held';
import { expandStep } from '../../src/dispatch/expand';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { type DeliveryWorld, openDeliveryWorld, openExecution } from '../delivery/delivery-world';
import { holds } from '../segment/rule-evaluator';
import { asOf, at, peopleOf, rules } from './random-rules';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld(asOf);
  await world.database.dispatcher.query('select campaign.ensure_ledger_partitions($1, 1)', [asOf]);
});
afterAll(() => world.close());

const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
  world.database.dispatcher.query<Row>(statement, values);

/** The rules that held of each member, as they are kept, after everything that could be asked of them was changed. */
async function judged(audiences: Pick<FrozenPlan, 'include' | 'exclude'>) {
  const { execNo, orgNo } = await openExecution(world, 0, {
    plan: { ...audiences, channels: ['email', 'sms'], channelStrategy: 'ALL', holdoutPercentage: 10 },
  });
  await sql(
    `insert into campaign.contact (org_no, external_id, email, first_name, country, email_opted_in, tags, created_at, attributes)
     select $1, p.* from jsonb_to_recordset($2) p (external_id text, email text, first_name text, country text,
       email_opted_in boolean, tags text[], created_at timestamptz, attributes jsonb)`,
    [orgNo, JSON.stringify(peopleOf)],
  );
  await sql(
    'update campaign.execution set upper_contact_no = (select max(contact_no) from campaign.contact) where exec_no = $1',
    [execNo],
  );
  const options = { execNo, now: world.now, batch: 7, chunkSize: 100 };
  while (!(await expandStep(world.database.dispatcher, options)).closed);
  await sql(
    `update campaign.contact set email = null, first_name = null, country = 'XX', tags = '{}', attributes = '{}',
       created_at = '1999-01-01' where org_no = $1`,
    [orgNo],
  );
  const rows = await sql<{ id: string; held: number | null; plan: FrozenPlan }>(
    `select distinct c.external_id as id, m.rules_held as held, e.plan from campaign.message m
     join campaign.contact c using (contact_no) join campaign.execution e using (exec_no) where m.exec_no = $1`,
    [execNo],
  );
  return { orgNo, rows };
}

const audiences = fc.record({
  include: fc.array(rules, { minLength: 1, maxLength: 3 }),
  exclude: fc.array(rules, { maxLength: 2 }),
});

test('whatever becomes of people, each rule is told of a member as it held when they were judged', async () => {
  await fc.assert(
    fc.asyncProperty(audiences, async (plan) => {
      const { orgNo, rows } = await judged(plan);
      const all = [...plan.include, ...plan.exclude];
      for (const { id, held, plan: frozen } of rows) {
        const person = peopleOf.find(({ external_id }) => external_id === id);
        const whose = { orgNo, userId: id, asOf, held: heldOfMember(frozen, held) };
        const told = await world.database.dispatcher.transaction((tx) => accountOfPerson(tx, frozen, whose));
        expect(told?.isMember).toBe(true);
        for (const [index, { rules: lines }] of (told?.audiences ?? []).entries()) {
          const whole = all[index];
          if (person && whole)
            for (const line of lines)
              expect([line, line.result]).toEqual([line, holds(at(whole, line.path), person, asOf)]);
        }
      }
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);

test('where belonging to the audience tells it all, nothing is kept', async () => {
  const german = { field: 'country', operator: 'equals', value: 'DE' } as const;
  const adult = { field: 'attributes.age', operator: 'greater_than', value: 1 } as const;
  const { rows } = await judged({
    include: [{ all: [german, adult] }],
    exclude: [{ any: [{ field: 'tags', operator: 'has_tag', value: 'x' }] }],
  });
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.filter(({ held }) => held !== null)).toEqual([]);
});
