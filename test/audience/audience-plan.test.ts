import type { Database, Transaction } from '../../src/adapters/postgres';
import { estimateAudience } from '../../src/campaign/audience-estimation';
import { createScope, type Scope } from '../../src/scope';
import { openWorld, type World } from '../campaign/campaign-world';

const people = 20_000;

let world: World;
let ours: Scope;

beforeAll(async () => {
  world = await openWorld();
  ours = await world.scopeOf('org-ours');
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

/** The same database, keeping the plan of everything that reads contacts. */
function explaining(database: Database, plans: string[]): Database {
  const transaction: Database['transaction'] = (work, opening) =>
    database.transaction((tx) => {
      const query: Transaction['query'] = async (sql, values) => {
        if (sql.includes('campaign.contact')) {
          const lines = await tx.query<Record<string, string>>(`explain ${sql}`, values);
          plans.push(lines.flatMap((line) => Object.values(line)).join('\n'));
        }
        return tx.query(sql, values);
      };
      return work({ ...tx, query });
    }, opening);
  return { ...database, transaction };
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
