import fc from 'fast-check';
import type { Transaction } from '../../src/adapters/postgres';
import { type CampaignDraft, createCampaign } from '../../src/campaign/create-campaign';
import type { Scope } from '../../src/scope';
import type { Rule } from '../../src/segment/rule.types';
import { parseRule } from '../../src/segment/rule-parser';
import { compileRule } from '../../src/segment/rule-sql';
import { createSegment, updateSegment } from '../../src/segment/segment-service';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { openWorld, readyDraft, type World } from '../campaign/campaign-world';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { addContact, ago, behaviourRule, events, now, openHistories, writeDown } from './histories';
import { holds, type Person } from './rule-evaluator';

let world: World;
let ours: Scope;
let people: readonly Person[];
let foreign: BuiltExecution;

beforeAll(async () => {
  world = await openWorld();
  ours = await world.scopeOf('org-ours');
  await world.scopeOf('org-theirs');
  ({ people, foreign } = await openHistories(world.ledger));
});
afterAll(() => world.close());

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
      fc.asyncProperty(behaviourRule, async (input) => {
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
      const contactNo = await addContact(world.ledger, orgNo, `${event}-${n}`);
      await writeDown(world.ledger, { execNo, orgNo, seq: n + 1, contactNo, ...one });
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
    const namesake = await addContact(world.ledger, theirs.viewer.organizationNo, 'p-0');
    const touched = [{ at: ago(1), machine: false }];
    const everything = { sentAt: ago(1), opened: touched, clicked: touched, converted: [ago(1)] };
    await writeDown(world.ledger, { ...foreign, seq: 1, contactNo: namesake, ...everything });
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
