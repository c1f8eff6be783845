import { type BuiltExecution, buildExecution, externalId } from '../events/ledger-builder';
import { type GraphWorld, openGraphWorld } from './graph-world';

let world: GraphWorld;
let people: BuiltExecution;
let token: string;
let campaignId: string;

const ada = externalId('judged', 0);

beforeAll(async () => {
  world = await openGraphWorld();
  // Only for its contacts: judged-0 to judged-5, all of whom agreed to e-mail.
  people = await buildExecution(world.ledger, { name: 'judged', people: 6, organizationId: 'org-judged' });
  token = await world.token('org-judged', { role: 'editor' });
  campaignId = await createCampaign();
  await suppress(1, { channel: 0, reason: 'complained' });
  await suppress(1, { channel: 1, reason: 'unsubscribed' });
  await change(2, 'email_opted_in = false');
  await change(3, "email = null, tags = '{vip}'");
  await change(4, "tags = '{left}'");
  await change(5, 'erased_at = now()');
});
afterAll(() => world.close());

async function createCampaign(): Promise<string> {
  const html = '<p>Hello {{ first_name }}</p><a href="{{ unsubscribe_url }}">stop</a>';
  const input = {
    name: 'Judged',
    audiences: [
      { rules: { field: 'email', operator: 'exists' } },
      { kind: 'EXCLUDE', rules: { field: 'tags', operator: 'has_tag', value: 'left' } },
    ],
    variants: [{ name: 'Only', allocation: 100, email: { content: { subject: 'Hello', html } } }],
  };
  const { data, errors } = await world.post(
    token,
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  expect(data.createCampaign.userErrors).toEqual([]);
  return data.createCampaign.campaign.id;
}

const change = (n: number, assignments: string) =>
  world.ledger.query(`update campaign.contact set ${assignments} where org_no = $1 and external_id = $2`, [
    people.orgNo,
    externalId('judged', n),
  ]);

const suppress = (n: number, { channel, reason }: { channel: number; reason: string }) =>
  world.ledger.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
     select org_no, contact_no, $3, $4, '2026-11-01T00:00:00Z' from campaign.contact where org_no = $1 and external_id = $2`,
    [people.orgNo, externalId('judged', n), channel, reason],
  );

interface Said {
  readonly reason: string | null;
  readonly gates: readonly { readonly result: string }[];
}

const query = `query ($refs: [_Any!]!, $campaign: ID!) { _entities(representations: $refs) { ... on User {
  id
  eligibility(campaignId: $campaign) { wouldBeSent reason variant { name } gates { gate result reason } }
  suppressions { channel reason since } } } }`;

const askFor = (ids: readonly string[], as = token, campaign = campaignId) =>
  world.post(as, query, { campaign, refs: ids.map((id) => ({ __typename: 'User', id })) });

const everybody = Array.from({ length: 6 }, (_, n) => externalId('judged', n));

describe('the eligibility of a person', () => {
  it('is what the gates of a start would say, with the one that stops them', async () => {
    const { data, errors } = await askFor(everybody);
    expect(errors).toEqual([]);
    const said: (Said | null)[] = data._entities.map((user: { eligibility: Said | null }) => user.eligibility);
    expect(said.map((one) => one?.reason)).toEqual([
      null,
      'suppressed',
      'no_consent',
      'not_in_audience',
      'not_in_audience',
      undefined,
    ]);
    expect(said[0]).toMatchObject({ wouldBeSent: true, variant: { name: 'Only' } });
    const results = (of: Said | null | undefined) => of?.gates.map(({ result }) => result[0]).join('');
    // Audience, organization's control, holdout, suppression, consent, eligibility, variant; then what comes later.
    expect(results(said[0])).toBe('PPPPPPPNNNN');
    expect(results(said[1])).toBe('PPPSNNNNNNN');
    expect(results(said[2])).toBe('PPPPSNNNNNN');
    expect(results(said[3])).toBe('SNNNNNNNNNN');
    expect(said[1]?.gates[3]).toEqual({ gate: 'suppression', result: 'STOPPED', reason: 'suppressed' });
  });

  it('costs as many statements for all as for one', async () => {
    const cost = async (ids: readonly string[]) => {
      const before = world.statements();
      await askFor(ids);
      return world.statements() - before;
    };
    expect(await cost(everybody)).toBe(await cost([ada]));
  });

  it('says of a campaign without audience and variants that nobody is in it', async () => {
    const { data, errors } = await askFor([ada], token, people.campaignId);
    expect(errors).toEqual([]);
    expect(data._entities[0].eligibility).toMatchObject({ wouldBeSent: false, reason: 'not_in_audience' });
  });

  it('is nothing for a campaign or a person of another organization, as for one that does not exist', async () => {
    const stranger = await world.token('org-judging');
    const [theirs, absent] = [await askFor([ada], stranger), await askFor([ada], token, 'cmp_never')];
    expect(theirs.data._entities).toEqual([{ id: ada, eligibility: null, suppressions: [] }]);
    expect(absent.data._entities).toEqual([{ id: ada, eligibility: null, suppressions: [] }]);
    expect([...theirs.errors, ...absent.errors]).toEqual([]);
  });
});

describe('the suppressions of a person', () => {
  it('say on which medium, why and since when', async () => {
    const { data } = await askFor([externalId('judged', 1), ada]);
    const since = '2026-11-01T00:00:00.000Z';
    expect(data._entities.map((user: { suppressions: unknown }) => user.suppressions)).toEqual([
      [
        { channel: null, reason: 'COMPLAINED', since },
        { channel: 'EMAIL', reason: 'UNSUBSCRIBED', since },
      ],
      [],
    ]);
  });
});
