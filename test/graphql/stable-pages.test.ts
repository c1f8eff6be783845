import fc from 'fast-check';
import { type GraphWorld, openGraphWorld } from './graph-world';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
});
afterAll(() => world.close());

const runs = Number(process.env.PAGES_RUNS ?? 12);
const page = `query ($first: Int!, $after: String, $orderBy: CampaignOrder!) {
  campaigns(first: $first, after: $after, orderBy: $orderBy) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

/** Campaigns of one organization, written as they are and not through the graph. */
async function openList(organizationId: string) {
  const { ledger } = world;
  const [org] = await ledger.query<{ no: number }>('select campaign.ensure_organization($1) as no', [organizationId]);
  let made = 0;
  return {
    add: async (count: number): Promise<string[]> => {
      const ids = Array.from({ length: count }, () => `cmp_${organizationId}_${++made}`);
      await ledger.query(
        `insert into campaign.campaign (id, org_no, name, type, created_by, created_at, updated_by, updated_at)
         select id, $2, id, 'ONE_TIME', 't', now(), 't', now() from unnest($1::text[]) id`,
        [ids, org?.no],
      );
      return ids;
    },
    remove: (id: string) => ledger.query('update campaign.campaign set archived_at = now() where id = $1', [id]),
  };
}

interface Change {
  readonly added: number;
  readonly removed: number;
}

/** Reads a list page by page; before each page but the first the list changes. */
async function readWhileChanging(organizationId: string, size: number, orderBy: string, changes: readonly Change[]) {
  const list = await openList(organizationId);
  const token = await world.token(organizationId);
  const lasting = new Set(await list.add(12));
  const seen: string[] = [];
  let after: string | null = null;
  for (let turn = 0, more = true; more; turn++) {
    const { data, errors } = await world.post(token, page, { first: size, after, orderBy });
    expect(errors).toEqual([]);
    seen.push(...data.campaigns.edges.map(({ node }: { node: { id: string } }) => node.id));
    ({ hasNextPage: more, endCursor: after } = data.campaigns.pageInfo);
    const { added, removed } = changes[turn] ?? { added: 0, removed: 0 };
    await list.add(added);
    const gone = [...lasting][removed];
    if (removed > 0 && gone !== undefined && lasting.delete(gone)) await list.remove(gone);
  }
  return { seen, lasting: [...lasting] };
}

test('pages of a list that grows and shrinks meanwhile hold what lasts, each once', async () => {
  const change = fc.record({ added: fc.nat({ max: 3 }), removed: fc.nat({ max: 11 }) });
  const changes = fc.array(change, { minLength: 1, maxLength: 6 });
  let organizations = 0;
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom('NEWEST', 'OLDEST'),
    changes,
    async (size, orderBy, given) => {
      const { seen, lasting } = await readWhileChanging(`org-pages-${++organizations}`, size, orderBy, given);
      expect(new Set(seen).size).toBe(seen.length);
      expect(lasting.filter((id) => !seen.includes(id))).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
}, 120_000);
