import fc from 'fast-check';
import { estimateAudience } from '../../src/campaign/audience-estimation';
import { defaultFields } from '../../src/campaign/campaign-fields';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { createLoaders } from '../../src/graphql/loaders';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { judgementByKey } from '../../src/message/eligibility-reader';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import { parseRule } from '../../src/segment/rule-parser';
import { hashBucket } from '../../src/shared/hash-bucket';
import { channelName, dispositionName, reasonName } from '../../src/shared/ledger-codes';
import { createReady, email, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { messagesFor, stopOn } from '../channel/channel-oracle';
import { addPeople, someone } from '../channel/people';
import { holds, type Person } from '../segment/rule-evaluator';

let world: World;
let scope: Scope;
let numbers: ReadonlyMap<string, number>;

const people: readonly Person[] = Array.from({ length: 240 }, (_, n) => ({
  external_id: `p-${n}`,
  email: n % 7 === 0 ? null : `p-${n}@example.com`,
  first_name: n % 4 === 0 ? null : 'Ann',
  country: [null, 'DE', 'FR'][n % 3] ?? null,
  email_opted_in: n % 5 !== 0,
  tags: n % 2 === 0 ? ['vip'] : [],
  created_at: new Date(0),
  attributes: n % 11 === 0 ? {} : { tier: n % 4 },
}));

beforeAll(async () => {
  world = await openWorld();
  scope = await readyScope(world, 'estimates');
  const intake = { database: world.parts.database, orgNo: scope.viewer.organizationNo, now: world.parts.now };
  const contacts = people.map(({ external_id, first_name, email_opted_in, tags, created_at: _, ...person }) => ({
    ...person,
    externalId: external_id,
    firstName: first_name,
    emailOptedIn: email_opted_in,
    tags: [...tags],
  }));
  await importContacts(intake, contacts);
  const rows = await world.ledger.query<{ id: string; no: number }>(
    'select external_id as id, contact_no as no from campaign.contact where org_no = $1',
    [scope.viewer.organizationNo],
  );
  numbers = new Map(rows.map(({ id, no }) => [id, no]));
  await updateOrganizationSettings(scope, { controlGroupPercentage: 10, limits: { runningCampaigns: 1000 } });
});
afterAll(() => world.close());

const condition = fc.oneof(
  fc.constantFrom('DE', 'FR').map((value) => ({ field: 'country', operator: 'equals', value })),
  fc.constantFrom('DE', 'FR').map((value) => ({ field: 'country', operator: 'not_equals', value })),
  fc.integer({ min: 0, max: 3 }).map((value) => ({ field: 'attributes.tier', operator: 'less_than', value })),
  fc.boolean().map((value) => ({ field: 'first_name', operator: 'exists', value })),
  fc.constant({ field: 'tags', operator: 'has_tag', value: 'vip' }),
);
const rule = fc.oneof(
  condition,
  condition.map((not) => ({ not })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
);
const audience = fc.record({
  includes: fc.array(rule, { minLength: 1, maxLength: 3 }),
  excludes: fc.array(rule, { maxLength: 2 }),
  holdoutHundredths: fc.constantFrom(0, 1_250, 2_000),
  share: fc.constantFrom(0.01, 33.33, 50, 99.99),
  audienceCap: fc.constantFrom(null, 1, 17, 60, 240),
});

async function execute(campaignId: string, by: Scope = scope): Promise<number> {
  const { executionId } = await startCampaign(by, { id: campaignId });
  const sql = 'select exec_no from campaign.execution where id = $1';
  const [row] = await world.ledger.query<{ exec_no: number }>(sql, [executionId]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 70, chunkSize: 40 })).closed);
  return execNo;
}

const rowsOf = (execNo: number) =>
  world.ledger.query<{ external_id: string; disposition: number; gate: number; variant_no: number | null }>(
    `select c.external_id, m.disposition, m.gate, m.variant_no from campaign.message m
     join campaign.contact c using (contact_no) where m.exec_no = $1`,
    [execNo],
  );

async function channelRowsOf(execNo: number) {
  const rows = await world.ledger.query<{ external_id: string; channel: number; gate: number }>(
    `select c.external_id, m.channel, m.gate from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1`,
    [execNo],
  );
  return rows.map(({ external_id, channel, gate }) => ({
    external_id,
    channel: channelName.get(channel) ?? '',
    reason: reasonName.get(gate) ?? null,
  }));
}

/** People in the order in which a cap of this campaign takes them. */
function drawn(campaignId: string, ids: readonly string[]): string[] {
  const place = (id: string) => [hashBucket(`cap:${campaignId}:`, id), numbers.get(id) ?? 0] as const;
  return ids.toSorted((one, other) => {
    const [[bucket, no], [otherBucket, otherNo]] = [place(one), place(other)];
    return bucket - otherBucket || no - otherNo;
  });
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

test('whatever the rules, an estimate is what the execution then does, and its people are those of a plain reading', async () => {
  await fc.assert(
    fc.asyncProperty(audience, async ({ includes, excludes, holdoutHundredths, share, audienceCap }) => {
      const id = await createReady(scope, {
        fields: { name: `Any ${crypto.randomUUID()}`, holdoutHundredths, audienceCap },
        variants: [
          { name: 'A', allocation: share, channels: [email('A')] },
          { name: 'None', allocation: Math.round((100 - share) * 100) / 100, isControl: true },
        ],
        audiences: [
          ...includes.map((rules) => ({ kind: 'INCLUDE' as const, rules })),
          ...excludes.map((rules) => ({ kind: 'EXCLUDE' as const, rules })),
        ],
      });
      const estimate = await estimateAudience(scope, { campaignId: id });
      const planned = await planLaunch(scope, id);
      const judged = await judgementByKey.gather(
        scope,
        people.map(({ external_id: userId }) => ({ campaignId: id, userId })),
      );
      const rows = await rowsOf(await execute(id));

      const meant = (person: Person) =>
        includes.every((one) => holds(parseRule(one), person, world.now)) &&
        !excludes.some((one) => holds(parseRule(one), person, world.now));
      const all = people.filter(meant).map(({ external_id }) => external_id);
      const expected = drawn(id, all).slice(0, audienceCap ?? all.length);
      expect(rows.map(({ external_id }) => external_id).sort()).toEqual(expected.sort());
      expect([estimate.people, estimate.overCap]).toEqual([expected.length, all.length - expected.length]);
      expect([planned.figures.people, planned.overCap]).toEqual([estimate.people, estimate.overCap]);

      const by = tally(rows.map(({ disposition }) => dispositionName.get(disposition) ?? ''));
      expect([estimate.sent, estimate.control, estimate.heldOut]).toEqual(
        ['queued', 'control', 'held_out'].map((name) => by[name] ?? 0),
      );
      const skipped = rows.filter(({ disposition }) => dispositionName.get(disposition) === 'skipped');
      expect(Object.fromEntries(estimate.skipped.map(({ reason, count }) => [reason, count]))).toEqual(
        tally(skipped.map(({ gate }) => reasonName.get(gate) ?? '')),
      );

      const said = (userId: string) => judged.get(judgementByKey.keyOf({ campaignId: id, userId }))?.reason;
      for (const { external_id: userId, gate } of rows) expect(said(userId)).toBe(reasonName.get(gate) ?? null);
      for (const userId of all.filter((one) => !expected.includes(one))) expect(said(userId)).toBe('over_cap');
    }),
    { numRuns: 25 },
  );
}, 60_000);

const sms = { kind: 'sms' as const, content: { body: 'Hello {{ first_name }}' } };
const kinds = ['email', 'sms'] as const;
const byChannel = fc.record({
  people: fc.tuple(...Array.from({ length: 25 }, (_, n) => someone(n))),
  order: fc.shuffledSubarray([...kinds], { minLength: 1 }),
  strategy: fc.constantFrom('FIRST_ELIGIBLE' as const, 'ALL' as const),
  share: fc.constantFrom(10_000, 5_050),
  holdoutHundredths: fc.constantFrom(0, 2_000),
});

test('whatever the channels, estimate, launch plan and eligibility say to the person what the execution then does, and what a plain reading of the rules says', async () => {
  await fc.assert(
    fc.asyncProperty(byChannel, async ({ people: directory, order, strategy, share, holdoutHundredths }) => {
      const own = await readyScope(world, `channels-${crypto.randomUUID()}`);
      await updateOrganizationSettings(own, { quietHours: { enabled: false, commercialSms: false } });
      await addPeople(world.ledger, own.viewer.organizationNo, directory);
      const channels = order.map((kind, index) => ({ ...(kind === 'sms' ? sms : email('A')), priority: index * 3 }));
      const id = await createReady(own, {
        fields: {
          name: 'By channel',
          holdoutHundredths,
          delivery: { ...defaultFields.delivery, channelStrategy: strategy },
        },
        variants: [
          { name: 'A', allocation: share / 100, channels },
          { name: 'None', allocation: (10_000 - share) / 100, isControl: true },
        ],
        audiences: [{ kind: 'INCLUDE', rules: { field: 'external_id', operator: 'exists', value: true } }],
      });
      const asked = {
        salt: id,
        channels: order,
        strategy,
        share,
        commercial: true,
        holdoutPercentage: holdoutHundredths / 100,
      };
      const expected = directory.map((person) => ({ person, messages: messagesFor(person, asked) }));
      const estimate = await estimateAudience(own, { campaignId: id });
      const { figures } = await planLaunch(own, id);
      const loaders = createLoaders(own);
      const judged = await Promise.all(
        directory.map(({ external_id: userId }) => loaders.load(judgementByKey, { campaignId: id, userId })),
      );
      const rows = await channelRowsOf(await execute(id, own));

      const line = (...parts: unknown[]) => parts.join(' ');
      const all = expected.flatMap(({ person, messages }) =>
        messages.map(({ channel, reason }) => line(person.external_id, channel, reason ?? 'queued')),
      );
      expect(rows.map((row) => line(row.external_id, row.channel, row.reason ?? 'queued')).sort()).toEqual(all.sort());

      const sentBy = (kind: string) => rows.filter((row) => row.channel === kind && row.reason === null).length;
      expect(estimate.people).toBe(directory.length);
      expect(figures.people).toBe(directory.length);
      expect([estimate.messages, figures.messages]).toEqual([
        sentBy('email') + sentBy('sms'),
        sentBy('email') + sentBy('sms'),
      ]);
      const reached = new Set(rows.filter(({ reason }) => reason === null).map((row) => row.external_id)).size;
      expect([estimate.sent, figures.sent]).toEqual([reached, reached]);
      expect(estimate.people).toBe(
        estimate.sent +
          estimate.control +
          estimate.heldOut +
          estimate.skipped.reduce((sum, { count }) => sum + count, 0),
      );
      for (const { channel, messages, reachable, stopped } of estimate.channels) {
        expect(messages).toBe(sentBy(channel));
        const stops = directory.map((person) => stopOn(person, channel, true));
        expect(reachable).toBe(stops.filter((stop) => stop === null).length);
        expect(Object.fromEntries(stopped.map(({ reason, count }) => [reason, count]))).toEqual(
          tally(stops.filter((stop) => stop !== null)),
        );
      }
      for (const { channel, messages, exclusions } of figures.channels) {
        expect(messages).toBe(sentBy(channel));
        expect(Object.fromEntries(exclusions.map(({ reason, count }) => [reason, count]))).toEqual(
          tally(rows.flatMap((row) => (row.channel === channel && row.reason !== null ? [row.reason] : []))),
        );
      }
      for (const [index, { person, messages }] of expected.entries()) {
        const told = judged[index];
        expect(told?.channels.filter(({ wouldBeSent }) => wouldBeSent).map(({ channel }) => channel)).toEqual(
          messages.filter(({ reason }) => reason === null).map(({ channel }) => channel),
        );
        for (const { channel, reason } of told?.channels ?? []) {
          const stop = stopOn(person, channel, true);
          if (stop !== null) expect(reason).toBe(stop);
        }
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);
