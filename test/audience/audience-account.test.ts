import fc from 'fast-check';
import { accountOfPerson } from '../../src/audience/audience-account';
import { drawCap } from '../../src/audience/audience-cap';
import { audienceSql } from '../../src/dispatch/audience-sql';
import type { FrozenAudience, FrozenPlan } from '../../src/execution/frozen-plan';
import type { Rule } from '../../src/segment/rule.types';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { type Directory, openDirectory } from '../contact/directory';
import { holds } from '../segment/rule-evaluator';
import { asOf, at, peopleOf, rules } from './random-rules';

let directory: Directory;
let listNo: number;
beforeAll(async () => {
  directory = await openDirectory();
  await directory.database.query(
    `insert into campaign.contact (org_no, external_id, email, first_name, country, email_opted_in, tags, created_at, attributes)
     select $1, p.* from jsonb_to_recordset($2) p (external_id text, email text, first_name text, country text,
       email_opted_in boolean, tags text[], created_at timestamptz, attributes jsonb)`,
    [directory.orgNo, JSON.stringify(peopleOf)],
  );
  const [list] = await directory.database.query<{ no: number }>(
    `insert into campaign.remote_list (org_no, source, remote_id, started_at, read_at) values ($1, 'SEGMENT', 'far', now(), now())
     returning list_no as no`,
    [directory.orgNo],
  );
  listNo = list?.no ?? 0;
  await directory.database.query(
    `insert into campaign.remote_member (org_no, list_no, contact_no)
     select org_no, $2, contact_no from campaign.contact where org_no = $1 and contact_no % 3 = 0`,
    [directory.orgNo, listNo],
  );
});
afterAll(() => directory.close());

const plan = (over: Partial<FrozenPlan>): FrozenPlan => ({
  ...{ campaignId: 'cmp_any', organizationId: 'acme', name: 'Any', salt: 'any', include: [], exclude: [] },
  lists: [{ source: 'SEGMENT', id: 'far', no: listNo, readAt: asOf.toISOString(), people: 8, unknown: 0 }],
  ...{
    holdoutPercentage: 0,
    variants: [],
    assignment: { kind: 'HASH' },
    channels: ['email'],
    goals: [],
    throttle: null,
  },
  ...{ expiresAfterHours: 72, trackClicks: true, trackOpens: true },
  ...over,
});

/** Whom an execution would judge. */
async function members(of: FrozenPlan): Promise<Set<string>> {
  const parameters = new SqlParameters();
  const scope = { orgNo: directory.orgNo, afterContactNo: 0, upperContactNo: 1_000_000, asOf };
  const { from, where } = audienceSql(of, scope, parameters);
  const rows = await directory.database.query<{ id: string }>(
    `select c.external_id as id from ${from} where ${where}`,
    parameters.values,
  );
  return new Set(rows.map(({ id }) => id));
}

const account = (of: FrozenPlan, userId: string) =>
  directory.database.transaction((tx) => accountOfPerson(tx, of, { orgNo: directory.orgNo, userId, asOf }));

const remote: FrozenAudience = { remote: { source: 'SEGMENT', id: 'far' } };
const audience = fc.oneof(
  { weight: 5, arbitrary: rules },
  { weight: 1, arbitrary: fc.constant<FrozenAudience>(remote) },
);
const plans = fc.record({
  include: fc.array(audience, { maxLength: 3 }),
  exclude: fc.array(audience, { maxLength: 2 }),
  cap: fc.option(fc.integer({ min: 1, max: 12 })),
});

test('whatever the audiences, the account of a person ends as the judgement does, and each of its lines is true by itself', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async ({ cap, ...audiences }) => {
      const uncapped = plan(audiences);
      const wanted = cap === null ? uncapped : { ...uncapped, audienceCap: { people: cap } };
      const drawn = await directory.database.transaction((tx) => drawCap(tx, wanted, { orgNo: directory.orgNo, asOf }));
      const inside = await members(drawn.plan);
      for (const person of peopleOf) {
        const told = await account(drawn.plan, person.external_id);
        expect([person.external_id, told?.isMember === true && (told.cap?.isIn ?? true)]).toEqual([
          person.external_id,
          inside.has(person.external_id),
        ]);
        const all = [...audiences.include, ...audiences.exclude];
        expect(told?.audiences.map(({ kind }) => kind)).toEqual([
          ...audiences.include.map(() => 'INCLUDE'),
          ...audiences.exclude.map(() => 'EXCLUDE'),
        ]);
        for (const [index, { rules: lines, result }] of (told?.audiences ?? []).entries()) {
          const whole = all[index];
          expect(lines[0]?.result).toBe(result);
          if (whole === undefined || 'remote' in whole || 'named' in whole) continue;
          for (const line of lines)
            expect([line, line.result]).toEqual([line, holds(at(whole, line.path), person, asOf)]);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('each rule is told with what the person has there', async () => {
  const include: Rule[] = [
    {
      all: [
        { field: 'country', operator: 'equals', value: 'DE', priority: 2 },
        {
          priority: 1,
          any: [
            { field: 'attributes.age', operator: 'less_than', value: 18 },
            { not: { field: 'tags', operator: 'has_tag', value: 'vip' } },
          ],
        },
        { field: 'behaviour.opened', operator: 'exists', value: true },
      ],
    },
  ];
  const told = await account(plan({ include, exclude: [remote] }), 'p-21');
  expect(told?.audiences[0]).toEqual({
    kind: 'INCLUDE',
    result: false,
    keepsOut: true,
    rules: [
      { path: '', rule: 'all of these', result: false },
      { path: 'all[1]', rule: 'any of these', result: false },
      { path: 'all[1].any[0]', rule: 'age is less than 18', result: false, value: 21 },
      { path: 'all[1].any[1]', rule: 'not', result: false },
      { path: 'all[1].any[1].not', rule: 'tags have the tag "vip"', result: true, value: ['vip', 'left'] },
      { path: 'all[0]', rule: 'country is "DE"', result: false, value: 'FR' },
      { path: 'all[2]', rule: 'opened any campaign', result: false },
    ],
  });
  expect(told?.audiences[1]?.rules).toEqual([{ path: '', rule: 'is in segment far', result: expect.any(Boolean) }]);
});

test('of a list that is kept no more nothing is told but that', async () => {
  const include: FrozenAudience[] = [remote, { field: 'external_id', operator: 'exists', value: true }];
  const gone = plan({ include, lists: plan({}).lists?.map((list) => ({ ...list, no: 999_999 })) ?? [] });
  const told = await account(gone, 'p-1');
  expect(told).toMatchObject({ isMember: null, audiences: [{ result: null, keepsOut: false }, { result: true }] });
});

test('a token of a telephone is not told, only that there is one', async () => {
  await directory.database.query("update campaign.contact set push_token = 'secret' where external_id = 'p-2'");
  const include: FrozenAudience[] = [{ field: 'push_token', operator: 'exists', value: true }];
  const told = await account(plan({ include }), 'p-2');
  expect(told?.audiences[0]?.rules).toEqual([{ path: '', rule: 'push token is known', result: true, value: true }]);
});

test('of who is erased, stands for an address, or was never heard of, there is none', async () => {
  await directory.database.query(
    `insert into campaign.contact (org_no, external_id, shadow, erased_at) values ($1, 'shadow', true, null), ($1, 'erased', false, now())`,
    [directory.orgNo],
  );
  for (const id of ['shadow', 'erased', 'never'])
    expect(await account(plan({ include: [remote] }), id)).toBeUndefined();
});
