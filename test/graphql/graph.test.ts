import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { print } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import {
  CampaignDocument,
  CreateCampaignDocument,
  ResumeCampaignDocument,
  StartCampaignDocument,
  UpdateCampaignDocument,
} from '../../schema/generated/operations';
import type { FrozenGoal } from '../../src/execution/frozen-plan';
import { createTokenVerifier } from '../../src/identity/token-verification';
import { type BuiltExecution, buildExecution, externalId } from '../events/ledger-builder';
import { until } from '../support/until';
import { type GraphWorld, openGraphWorld, post, secret } from './graph-world';
import { connectClient } from './ws-client';

const goals: FrozenGoal[] = [
  { no: 1, eventType: 'site.visit', windowDays: 7 },
  { no: 2, eventType: 'order.completed', valueField: 'value', windowDays: 7 },
];

let world: GraphWorld;
let ours: BuiltExecution;
let ourToken: string;
let theirToken: string;

beforeAll(async () => {
  world = await openGraphWorld();
  // Of 40 people ten are never answered for; even numbers have variant 1, odd ones variant 2.
  const disposition = (n: number) => (n < 30 ? 'sent' : 'unknown');
  ours = await buildExecution(world.ledger, {
    name: 'ours',
    people: 40,
    organizationId: 'org-ours',
    disposition,
    goals,
  });
  await buildExecution(world.ledger, { name: 'theirs', people: 5, organizationId: 'org-theirs', goals });
  [ourToken, theirToken] = await Promise.all([world.token('org-ours'), world.token('org-theirs')]);
});
afterAll(() => world.close());

const executionQuery = 'query ($id: ID!) { execution(id: $id) { id status } }';
const nobodyFollows = () => until('the end of every feed', () => world.live.open === 0);
const asOurs = (query: string, variables?: object) => world.post(ourToken, query, variables);
const code = (answer: { errors: readonly { extensions: { code: string } }[] }) => answer.errors[0]?.extensions.code;

/** Adds to a counter as settle and ingest do. */
async function count(
  execution: BuiltExecution,
  variantNo: number,
  goal: number,
  added: Record<string, number | string>,
) {
  const names = Object.keys(added);
  const values = names.map((_, index) => `$${index + 5}`);
  await world.ledger.query(
    `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, ${names.join(', ')})
     values ($1, $2, 1, $3, '2026-11-20T10:07:00Z', $4, ${values.join(', ')})
     on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update set
     ${names.map((name) => `${name} = counter.${name} + excluded.${name}`).join(', ')}`,
    [execution.execNo, variantNo, goal, execution.orgNo, ...Object.values(added)],
  );
}

describe('who may ask', () => {
  const refusedTokens: [string, () => Promise<string>][] = [
    ['of another secret', () => world.token('org-ours', { secret: `another-${secret}` })],
    ['that has expired', () => world.token('org-ours', { now: new Date(Date.now() - 3_600_000) })],
    ['without a signature', async () => unsigned({ org: 'org-ours', sub: 'u', roles: ['admin'], exp: 4_102_444_800 })],
    ['without an organization', () => signed({ sub: 'u', roles: ['admin'] })],
    ['without a role that we know', () => signed({ sub: 'u', org: 'org-ours', roles: ['root'] })],
    ['that is no token', async () => 'a.b.c'],
  ];

  it.each(refusedTokens)('a token %s is refused as UNAUTHENTICATED', async (_, token) => {
    const answer = await world.post(await token(), executionQuery, { id: 'exe_ours' });
    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(answer.data).toBeFalsy();
  });

  it('nobody may look at the schema in development, and at nothing else', async () => {
    expect((await world.post(undefined, '{ __schema { queryType { name } } }')).errors).toEqual([]);
    expect((await world.post(undefined, '{ _service { sdl } }')).data._service.sdl).toContain('type Execution');
    const reached = await world.post(undefined, '{ __typename execution(id: "exe_ours") { id } }');
    expect(reached).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const hidden = await world.post(undefined, '{ ...Hidden } fragment Hidden on Query { execution(id: "x") { id } }');
    expect(code(hidden)).toBe('UNAUTHENTICATED');
  });

  it('production takes no shared secret', () => {
    expect(() => createTokenVerifier({ environment: 'production', jwtSecret: secret })).toThrow('JWKS_URL');
  });

  it("production takes keys from the issuer's address alone, and shows neither schema nor page", async () => {
    const issuer = await startIssuer();
    const production = await world.serveProduction(issuer.url);
    const claims = { org: 'org-ours', sub: 'usr_ada', roles: ['viewer', 'approver'] };
    const header = { alg: 'ES256', kid: 'k1', typ: 'at+jwt' };
    const token = new SignJWT(claims).setProtectedHeader(header).setIssuedAt().setExpirationTime('5m');
    const good = await token.sign(issuer.key);
    const ask = (token: string | undefined, query: string) => post(production.url, token, JSON.stringify({ query }));
    expect((await ask(good, '{ execution(id: "exe_ours") { id } }')).data).toEqual({ execution: { id: 'exe_ours' } });
    expect(await ask(await signed(claims), '{ __typename }')).toMatchObject({ status: 401 });
    expect(await ask(undefined, '{ __typename }')).toMatchObject({ status: 401 });
    expect(code(await ask(good, '{ __schema { queryType { name } } }'))).toBe('GRAPHQL_VALIDATION_FAILED');
    const hint = await ask(good, '{ executio(id: "x") { id } }');
    expect(hint.errors[0]?.message).not.toContain('Did you mean');
    const [page, sandbox] = await Promise.all(
      [production.url, world.url].map((url) => fetch(url, { headers: { accept: 'text/html' } })),
    );
    expect(page?.headers.get('content-type')).not.toContain('html');
    expect(await sandbox?.text()).toContain('<!DOCTYPE html>');
    await production.close();
    issuer.server.close();
  });
});

describe('what an operation may cost', () => {
  const deep = `{ execution(id: "exe_ours") ${'{ campaign { executions { edges { node '.repeat(4)}{ id }${' } } } }'.repeat(4)} }`;
  const many = (n: number, field: (index: number) => string) =>
    `{ ${Array.from({ length: n }, (_, i) => field(i)).join(' ')} }`;
  const refused: [string, number, string, string][] = [
    ['of a megabyte', 413, 'QUERY_TOO_LARGE', `{ a: __typename # ${'x'.repeat(1_000_000)}\n}`],
    ['over a megabyte', 413, 'QUERY_TOO_LARGE', `{ __typename # ${'x'.repeat(2_000_000)}\n}`],
    ['of too many words', 413, 'QUERY_TOO_LARGE', many(5_000, () => '__typename')],
    ['that is too deep', 400, 'GRAPHQL_VALIDATION_FAILED', deep],
    ['of too many aliases', 400, 'GRAPHQL_VALIDATION_FAILED', many(31, (i) => `a${i}: __typename`)],
    ['of too many root fields', 400, 'GRAPHQL_VALIDATION_FAILED', many(11, () => '__typename')],
    [
      'for too long a page',
      400,
      'BAD_USER_INPUT',
      '{ execution(id: "x") { messages(first: 101) { edges { cursor } } } }',
    ],
    [
      'that spreads itself',
      400,
      'GRAPHQL_VALIDATION_FAILED',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ],
  ];

  it.each(refused)('a query %s is refused with %i %s', async (_, status, expected, query) => {
    const answer = await asOurs(query);
    expect(answer.status).toBe(status);
    expect(code(answer)).toBe(expected);
  });

  it('fragments count each time they are spread', async () => {
    const doubling = Array.from({ length: 12 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    );
    const answer = await asOurs(`{ ...F0 } ${doubling} fragment F12 on Query { __typename }`);
    expect(code(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(answer.errors[0]?.message).toContain('fields');
  });

  it('a page size in a variable and a cursor of another list are typed mistakes', async () => {
    const query =
      'query ($n: Int!, $c: String) { execution(id: "exe_ours") { messages(first: $n, after: $c) { edges { cursor } } } }';
    expect(code(await asOurs(query, { n: 101 }))).toBe('BAD_USER_INPUT');
    expect(code(await asOurs(query, { n: 1, c: 'bm9uc2Vuc2U' }))).toBe('BAD_USER_INPUT');
    expect((await asOurs(query, { n: 1, c: Buffer.from('[9007199254740991]').toString('base64url') })).errors).toEqual(
      [],
    );
  });

  it('variables that nest without end are refused', async () => {
    const body = `{"query":"{ __typename }","variables":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
    expect(await post(world.url, ourToken, body)).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'QUERY_TOO_LARGE' } }],
    });
  });

  it('a simple request that a browser sends by itself is refused', async () => {
    const answer = await post(world.url, ourToken, JSON.stringify({ query: '{ __typename }' }), {
      'content-type': 'text/plain',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.data).toBeFalsy();
  });
});

describe('what is counted', () => {
  beforeAll(async () => {
    await count(ours, 1, 0, { delivered: 9, opened: 3, clicked: 2, bounced_hard: 1 });
    await count(ours, 1, 1, { outcomes: 5, outcome_events: 6 });
    await count(ours, 2, 1, { outcomes: 2, outcome_events: 2 });
    await count(ours, 1, 2, { outcomes: 2, outcome_events: 2, outcome_value: '30000.6900' });
    await count(ours, 2, 2, { outcomes: 1, outcome_events: 1, outcome_value: '0.1100' });
  });

  it('an execution shows its account from the counters, balanced', async () => {
    const { data } = await asOurs(
      `{ execution(id: "exe_ours") { kind occurrence round waitingFor { reason } stalledReason reconciliation {
         audience people sent unknown failed skipped heldOut control cancelled queued inFlight balanced
         skippedByReason { reason count } notSentByReason { reason count } } } }`,
    );
    expect(data.execution).toMatchObject({ kind: 'SCHEDULED', occurrence: 'once', round: 0, waitingFor: null });
    expect(data.execution.reconciliation).toEqual({
      ...{ audience: 40, people: 40, sent: 30, unknown: 10, failed: 0, skipped: 0, heldOut: 0, control: 0 },
      ...{ cancelled: 0, queued: 0, inFlight: 0, balanced: true },
      skippedByReason: [],
      notSentByReason: [{ reason: 'answer_lost', count: 10 }],
    });
  });

  it('an execution says what it waits for, and what stands still', async () => {
    const query = '{ execution(id: "exe_ours") { waitingFor { reason until } stalledReason } }';
    const soon = new Date(Date.now() + 600_000);
    const chunk = (dueAt: Date) =>
      world.ledger.query(
        `insert into campaign.chunk (exec_no, chunk_no, org_no, due_at, expires_at, size, channel) values ($1, 1, $2, $3, $3, 1, 1)
         on conflict (exec_no, chunk_no) do update set due_at = excluded.due_at`,
        [ours.execNo, ours.orgNo, dueAt],
      );
    await chunk(soon);
    expect((await asOurs(query)).data.execution).toEqual({
      waitingFor: { reason: 'DUE_TIME', until: soon.toISOString() },
      stalledReason: null,
    });
    await chunk(new Date(Date.now() - 60_000));
    const stalled = (await asOurs(query)).data.execution;
    expect(stalled).toEqual({ waitingFor: null, stalledReason: expect.stringContaining('no sender') });
    const limiter = [`campaign:${ours.campaignNo}`, ours.orgNo, soon];
    await world.ledger.query('insert into campaign.limiter (scope, org_no, free_at) values ($1, $2, $3)', limiter);
    const throttled = (await asOurs(query)).data.execution;
    expect(throttled).toEqual({ waitingFor: { reason: 'THROTTLE', until: soon.toISOString() }, stalledReason: null });
    await world.ledger.query('delete from campaign.chunk where exec_no = $1', [ours.execNo]);
  });

  it('metrics are the same by campaign and execution, cut by variant and channel, with money exact', async () => {
    const cut =
      'metrics { sent delivered bounced outcomes { goal people events value rate } rates { delivery open bounce unsubscribe complaint } }';
    const { data, errors } = await asOurs(
      `{ campaignMetrics(campaignId: "cmp_ours") { cursor ${cut} variantMetrics { name metrics { sent outcomes { value } rates { delivery } } }
         channelMetrics { channel metrics { sent } } } execution(id: "exe_ours") { ${cut} } }`,
    );
    expect(errors).toEqual([]);
    expect(data.campaignMetrics.metrics).toEqual({
      ...{ sent: 30, delivered: 9, bounced: 1 },
      outcomes: [
        { goal: 'site.visit', people: 7, events: 8, value: '0.00', rate: 7 / 40 },
        { goal: 'order.completed', people: 3, events: 3, value: '30000.80', rate: 3 / 40 },
      ],
      rates: { delivery: 0.3, open: 1 / 3, bounce: 1 / 30, unsubscribe: 0, complaint: 0 },
    });
    expect(data.execution.metrics).toEqual(data.campaignMetrics.metrics);
    expect(data.campaignMetrics.variantMetrics).toEqual([
      {
        name: '1',
        metrics: { sent: 15, outcomes: [{ value: '0.00' }, { value: '30000.69' }], rates: { delivery: 0.6 } },
      },
      { name: '2', metrics: { sent: 15, outcomes: [{ value: '0.00' }, { value: '0.11' }], rates: { delivery: 0 } } },
    ]);
    expect(data.campaignMetrics.channelMetrics).toEqual([{ channel: 'EMAIL', metrics: { sent: 30 } }]);
  });

  it('an experiment compares eligible people assigned, sent to or not', async () => {
    const { data } = await asOurs(
      `{ experimentAnalysis(campaignId: "cmp_ours") { arms { name assigned sent goals { goal people } }
         tests { goal primary chiSquare degreesOfFreedom pValue } } }`,
    );
    const [visits, orders] = data.experimentAnalysis.tests;
    expect(data.experimentAnalysis.arms.map(({ assigned }: { assigned: number }) => assigned)).toEqual([20, 20]);
    // 5 of 20 against 2 of 20, by hand: (1.5² / 3.5 + 1.5² / 16.5) × 2
    expect(visits).toMatchObject({ goal: 'site.visit', primary: true, degreesOfFreedom: 1 });
    expect(visits.chiSquare).toBeCloseTo(1.5584415584, 9);
    expect(orders).toMatchObject({ goal: 'order.completed', primary: false });
  });
});

describe('messages', () => {
  const page = `query ($after: String, $dispositions: [Disposition!], $variantId: ID) { execution(id: "exe_ours") {
    messages(first: 12, after: $after, dispositions: $dispositions, variantId: $variantId) {
      pageInfo { hasNextPage endCursor } edges { node { id disposition status reason recipient { id } attempt channel } } } } }`;

  it('come page by page in the order of sending, each exactly once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { data } = await asOurs(page, { after });
      const { edges, pageInfo } = data.execution.messages;
      seen.push(...edges.map((edge: { node: { recipient: { id: string } } }) => edge.node.recipient.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => externalId('ours', n)));
  });

  it('are narrowed by disposition and variant, and say why they were not sent', async () => {
    const { data } = await asOurs(page, { dispositions: ['UNKNOWN'], variantId: 'var_ours_1' });
    const nodes = data.execution.messages.edges.map((edge: { node: object }) => edge.node);
    expect(nodes).toHaveLength(5);
    for (const node of nodes)
      expect(node).toMatchObject({ disposition: 'UNKNOWN', status: 'UNKNOWN', reason: 'answer_lost' });
  });

  it('are found by id, by recipient and by notification, and explained gate by gate', async () => {
    const [{ seq }] = (await world.ledger.query<{ seq: number }>(
      `update campaign.message m set delivered_at = now(), opened_at = now() from campaign.contact c
       where c.contact_no = m.contact_no and c.external_id = $1 returning m.seq`,
      [externalId('ours', 3)],
    )) as [{ seq: number }];
    await world.ledger.query('insert into campaign.message_notification values ($1, $2, $3, $4, 1, 1)', [
      ours.orgNo,
      'ntf_3',
      ours.execNo,
      seq,
    ]);
    const { data, errors } = await asOurs(
      `query ($refs: [_Any!]!, $user: ID!) {
         explain(campaignId: "cmp_ours", userId: $user) { message { id status } gates { gate result } }
         _entities(representations: $refs) {
           ... on User { id campaignMessages { edges { node { id notification { id } execution { id } } } } }
           ... on Notification { campaignMessage { id recipient { id } } } } }`,
      {
        user: externalId('ours', 3),
        refs: [
          { __typename: 'User', id: externalId('ours', 3) },
          { __typename: 'Notification', id: 'ntf_3' },
        ],
      },
    );
    expect(errors).toEqual([]);
    const [explained] = data.explain;
    expect(explained.message.status).toBe('OPENED');
    expect(explained.gates.every((gate: { result: string }) => gate.result === 'PASSED')).toBe(true);
    const [user, notification] = data._entities;
    expect(user.campaignMessages.edges).toEqual([
      { node: { id: explained.message.id, notification: { id: 'ntf_3' }, execution: { id: 'exe_ours' } } },
    ]);
    expect(notification.campaignMessage).toEqual({
      id: explained.message.id,
      recipient: { id: externalId('ours', 3) },
    });
    expect((await asOurs('query ($id: ID!) { message(id: $id) { id } }', explained.message)).data.message).toEqual({
      id: explained.message.id,
    });
  });
});

describe("another organization's things", () => {
  const refused: [string, string][] = [
    ['execution', '{ execution(id: "exe_ours") { id } }'],
    ['executionProgress', '{ executionProgress(executionId: "exe_ours") { status } }'],
    ['campaignMetrics', '{ campaignMetrics(campaignId: "cmp_ours") { cursor } }'],
    ['experimentAnalysis', '{ experimentAnalysis(campaignId: "cmp_ours") { arms { name } } }'],
    ['explain', `{ explain(campaignId: "cmp_ours", userId: "${externalId('ours', 1)}") { message { id } } }`],
  ];

  it.each(refused)('through %s are like things that do not exist', async (field, query) => {
    const foreign = await world.post(theirToken, query);
    const absent = await world.post(theirToken, query.replace('_ours"', '_never"'));
    expect(foreign.data).toEqual({ [field]: null });
    expect(code(foreign)).toBe('NOT_FOUND');
    expect(JSON.stringify(foreign).replaceAll('_ours', '_never')).toBe(JSON.stringify(absent));
  });

  it('through a message id, an entity reference, a notification and a person are nothing', async () => {
    const { data } = await asOurs('{ execution(id: "exe_ours") { messages(first: 1) { edges { node { id } } } } }');
    const id = data.execution.messages.edges[0].node.id;
    expect(code(await world.post(theirToken, `{ message(id: "${id}") { id } }`))).toBe('NOT_FOUND');
    const names = {
      Execution: 'exe_ours',
      Campaign: 'cmp_ours',
      Variant: 'var_ours_1',
      Message: id,
      Nothing: 'x',
      Query: 'x',
    };
    const refs = Object.entries(names).map(([__typename, key]) => ({ __typename, id: key }));
    const people = [
      { __typename: 'User', id: externalId('ours', 1) },
      { __typename: 'Notification', id: 'ntf_3' },
    ];
    const answer = await world.post(
      theirToken,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename
         ... on User { campaignMessages { edges { cursor } } } ... on Notification { campaignMessage { id } } } }`,
      { refs: [...refs, ...people] },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data._entities).toEqual([
      ...refs.map(() => null),
      { __typename: 'User', campaignMessages: { edges: [] } },
      { __typename: 'Notification', campaignMessage: null },
    ]);
  });

  it('cannot be followed', async () => {
    const client = connectClient(world.url, theirToken);
    const { error } = await client
      .follow('subscription { executionProgress(executionId: "exe_ours") { status } }')
      .next();
    const { errors } = await client
      .follow('subscription { campaignMetrics(campaignId: "cmp_ours") { cursor } }')
      .next();
    expect(JSON.stringify(error ?? errors)).toContain('NOT_FOUND');
    expect(world.live.open).toBe(0);
    await client.close();
  });
});

describe('mutations', () => {
  const draft = (over: object = {}) => ({
    name: `Autumn ${Math.random()}`,
    variants: [
      { name: 'A', allocation: 100, email: { content: { subject: 'Hi {{ first_name }}', html: '<p>Hi</p>' } } },
    ],
    audiences: [{ rules: { field: 'country', operator: 'equals', value: 'DE' } }],
    ...over,
  });
  const create = async (token: string, over?: object) =>
    (await world.post(token, print(CreateCampaignDocument), { input: draft(over) })).data.createCampaign;
  let editor: string;
  beforeAll(async () => {
    editor = await world.token('org-ours', { role: 'editor' });
  });

  it('need an editor', async () => {
    const answer = await world.post(ourToken, print(CreateCampaignDocument), { input: draft() });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(answer.data).toBeFalsy();
  });

  it('from a stale version change nothing and say CONFLICT in the payload', async () => {
    const { campaign } = await create(editor);
    const update = (name: string) =>
      world.post(editor, print(UpdateCampaignDocument), { input: { id: campaign.id, version: 1, name } });
    expect((await update('First')).data.updateCampaign).toMatchObject({ campaign: { version: 2 }, userErrors: [] });
    const stale = await update('Second');
    expect(stale.errors).toEqual([]);
    expect(stale.data.updateCampaign).toEqual({
      campaign: null,
      userErrors: [{ code: 'CONFLICT', message: expect.stringContaining('version 2'), path: 'version' }],
    });
    expect((await asOurs(print(CampaignDocument), { id: campaign.id })).data.campaign).toMatchObject({
      name: 'First',
      version: 2,
    });
  });

  it('that the status does not allow name it, and change nothing', async () => {
    const { campaign } = await create(editor);
    const { data } = await world.post(editor, print(ResumeCampaignDocument), { input: { id: campaign.id } });
    expect(data.resumeCampaign.userErrors).toMatchObject([{ code: 'CAMPAIGN_STATUS_TRANSITION' }]);
    expect((await asOurs(print(CampaignDocument), { id: campaign.id })).data.campaign).toMatchObject({
      status: 'DRAFT',
      version: 1,
    });
  });

  it("on another organization's campaign answer as on one that does not exist", async () => {
    const { campaign } = await create(editor);
    const theirs = await world.token('org-theirs', { role: 'admin' });
    const act = async (id: string) =>
      (await world.post(theirs, print(StartCampaignDocument), { input: { id } })).data.startCampaign;
    const [foreign, absent] = [await act(campaign.id), await act('cmp_never')];
    expect(foreign.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(JSON.stringify(foreign).replaceAll(campaign.id, 'cmp_never')).toBe(JSON.stringify(absent));
    const query = await world.post(theirs, print(CampaignDocument), { id: campaign.id });
    expect(query.data).toEqual({ campaign: null });
    expect(code(query)).toBe('NOT_FOUND');
  });

  const mistakes: [string, RegExp, object][] = [
    [
      'a template that is no Liquid',
      /^CONTENT_/,
      { variants: [{ name: 'A', allocation: 100, email: { content: { subject: 'x', html: '{% if %}' } } }] },
    ],
    [
      'a field that no segment has',
      /^AUDIENCE_INVALID_RULE$/,
      { audiences: [{ rules: { field: 'shoe_size', operator: 'equals', value: 1 } }] },
    ],
    ['a name that is too long', /^CAMPAIGN_/, { name: 'x'.repeat(256) }],
  ];
  it.each(mistakes)('with %s say where it is, and make nothing', async (_, expected, over) => {
    const { campaign, userErrors } = await create(editor, over);
    expect(campaign).toBeNull();
    expect(userErrors).toEqual([
      { code: expect.stringMatching(expected), message: expect.any(String), path: expect.any(String) },
    ]);
  });
});

describe('references', () => {
  it('two hundred cost as many statements as two, and one more is refused', async () => {
    const { data } = await asOurs('{ execution(id: "exe_ours") { messages(first: 40) { edges { node { id } } } } }');
    const ids: string[] = data.execution.messages.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const ask = async (n: number) => {
      const refs = Array.from({ length: n }, (_, i) => ({ __typename: 'Message', id: ids[i % ids.length] }));
      const before = world.statements();
      const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
        ... on Message { id execution { id metrics { sent } reconciliation { sent } campaign { id } } variant { id } notification { id } } } }`;
      const answer = await asOurs(query, { refs });
      return { answer, statements: world.statements() - before };
    };
    const [few, lots, tooMany] = [await ask(2), await ask(200), await ask(201)];
    expect(lots.answer.errors).toEqual([]);
    expect(lots.answer.data._entities).toHaveLength(200);
    expect(lots.statements).toBe(few.statements);
    expect(lots.statements).toBeLessThanOrEqual(20);
    expect(code(tooMany.answer)).toBe('BAD_USER_INPUT');
  });
});

describe('lists within lists', () => {
  it('cost as many statements for twenty campaigns as for two', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `listed${n}`);
    for (const name of names) await buildExecution(world.ledger, { name, people: 3, organizationId: 'org-lists' });
    const token = await world.token('org-lists');
    const ask = async (first: number) => {
      const before = world.statements();
      const query = `query ($n: Int!, $people: [_Any!]!) {
        campaigns(first: $n) { edges { node { name metrics { sent } executions(first: 2) {
          edges { node { reconciliation { sent } messages(first: 2) { edges { node { id } } } } } } } } }
        _entities(representations: $people) { ... on User { id campaignMessages(first: 1) { edges { node { id } } } } } }`;
      const people = names.slice(0, first).map((name) => ({ __typename: 'User', id: externalId(name, 0) }));
      const answer = await world.post(token, query, { n: first, people });
      return { answer, statements: world.statements() - before };
    };
    // The first request of an organization also looks up its number.
    const [, two, twenty] = [await ask(1), await ask(2), await ask(20)];
    expect(twenty.answer.errors).toEqual([]);
    const campaigns: Listed[] = twenty.answer.data.campaigns.edges.map((edge: { node: Listed }) => edge.node);
    const firstOf = new Map(campaigns.map(({ name, executions }) => [name, messagesOf(executions)]));
    expect([...firstOf.values()].map((ids) => ids.length)).toEqual(names.map(() => 2));
    // Each person's own message is the first of their own campaign.
    for (const { id, campaignMessages } of twenty.answer.data._entities) {
      const own = campaignMessages.edges.map((edge: { node: { id: string } }) => edge.node.id);
      expect(own).toEqual(firstOf.get(`cmp_${id.replace('-0', '')}`)?.slice(0, 1));
    }
    expect(twenty.statements).toBe(two.statements);
    expect(twenty.statements).toBeLessThanOrEqual(20);
  });
});

interface Listed {
  readonly name: string;
  readonly executions: { edges: { node: { messages: { edges: { node: { id: string } }[] } } }[] };
}
const messagesOf = ({ edges }: Listed['executions']) =>
  edges.flatMap(({ node }) => node.messages.edges.map((edge) => edge.node.id));

describe('a fault', () => {
  it('says nothing but the id of its request', async () => {
    await world.ledger.query(`update campaign.execution set kind = 99, plan = '{"goals": 7}' where id = 'exe_theirs'`);
    const answer = await world.post(theirToken, '{ execution(id: "exe_theirs") { metrics { sent } } }');
    expect(code(answer)).toBe('INTERNAL_SERVER_ERROR');
    expect(answer.errors[0]?.message).toBe('something went wrong');
    expect(answer.errors[0]?.extensions.requestId).toBeTruthy();
    expect(JSON.stringify(answer)).not.toMatch(/jsonb|select|stack|postgres/i);
  });
});

describe('subscriptions', () => {
  const progress = `subscription { executionProgress(executionId: "exe_ours") {
    cursor status reconciliation { sent unknown } metrics { delivered } execution { id reason campaign { name } } } }`;
  const nudge = () => world.bus.publishCore('nudge.campaign.cmp_ours');

  it('start with the present state, then show each change through a context of its own', async () => {
    const client = connectClient(world.url, ourToken);
    const followed = client.follow(progress);
    const first = (await followed.next()).data.executionProgress;
    expect(first).toMatchObject({ status: 'RUNNING', reconciliation: { sent: 30, unknown: 10 } });
    expect(first.execution).toMatchObject({ id: 'exe_ours', reason: null, campaign: { name: 'cmp_ours' } });

    await world.ledger.query(`update campaign.campaign set name = 'renamed' where id = 'cmp_ours'`);
    await world.ledger.query(`update campaign.execution set reason = 'because' where id = 'exe_ours'`);
    await count(ours, 1, 0, { sent: 1, unknown: -1 });
    nudge();
    const second = (await followed.next()).data.executionProgress;
    expect(second).toMatchObject({ reconciliation: { sent: 31, unknown: 9 } });
    expect(second.execution).toMatchObject({ reason: 'because', campaign: { name: 'renamed' } });
    expect(Number(second.cursor)).toBeGreaterThan(Number(first.cursor));
    followed.stop();
    await nobodyFollows();
    await client.close();
  });

  it('show at most four changes a second, and always the last', async () => {
    const client = connectClient(world.url, ourToken);
    const followed = client.follow('subscription { campaignMetrics(campaignId: "cmp_ours") { metrics { opens } } }');
    const start = (await followed.next()).data.campaignMetrics.metrics.opens;
    const began = performance.now();
    for (let n = 0; n < 60; n++) {
      await count(ours, 1, 0, { opens: 1 });
      nudge();
    }
    let shown = 0;
    for (let opens = start; opens < start + 60; shown++)
      opens = (await followed.next()).data.campaignMetrics.metrics.opens;
    expect(shown).toBeLessThanOrEqual(Math.ceil((performance.now() - began) / 250) + 1);
    await client.close();
  });

  it('show what a mutation did, without waiting for the next look', async () => {
    const editor = await world.token('org-ours', { role: 'editor' });
    const execution = await buildExecution(world.ledger, { name: 'watched', people: 2, organizationId: 'org-ours' });
    await world.ledger.query(`update campaign.campaign set status = 'running', started_at = now() where id = $1`, [
      execution.campaignId,
    ]);
    const client = connectClient(world.url, ourToken);
    const followed = client.follow('subscription { executionProgress(executionId: "exe_watched") { status } }');
    expect((await followed.next()).data.executionProgress.status).toBe('RUNNING');
    const began = performance.now();
    const paused = await world.post(
      editor,
      'mutation { pauseCampaign(input: { id: "cmp_watched" }) { userErrors { code } } }',
    );
    expect(paused.data.pauseCampaign.userErrors).toEqual([]);
    expect((await followed.next()).data.executionProgress.status).toBe('PAUSED');
    expect(performance.now() - began).toBeLessThan(3_000);
    await client.close();
    await nobodyFollows();
  });

  it('a lost nudge only delays', async () => {
    const client = connectClient(world.url, ourToken);
    const followed = client.follow(progress);
    const first = (await followed.next()).data.executionProgress;
    await count(ours, 1, 0, { delivered: 1 });
    const second = (await followed.next()).data.executionProgress;
    expect(second.metrics.delivered).toBe(first.metrics.delivered + 1);
    await client.close();
  });

  it('are read once for everyone who follows the same thing, and each gets the present state', async () => {
    const client = connectClient(world.url, ourToken);
    const first = client.follow(progress);
    await first.next();
    const others = Array.from({ length: 20 }, () => client.follow(progress));
    await Promise.all(others.map((other) => other.next()));
    expect(world.live.open).toBe(1);
    const before = world.statements();
    await count(ours, 1, 0, { delivered: 1 });
    nudge();
    await Promise.all([first, ...others].map((follower) => follower.next()));
    // One reading, and one execution of the one document: not twenty-one.
    expect(world.statements() - before).toBeLessThan(15);
    await client.close();
    await nobodyFollows();
  });

  it('end when the token ends', async () => {
    const brief = await world.token('org-ours', { lifetimeSeconds: 2 });
    const client = connectClient(world.url, brief);
    await client.follow(progress).next();
    await expect(client.closed).resolves.toMatchObject({ code: 4403 });
    await nobodyFollows();
  });

  it('a socket without a good token is closed', async () => {
    const client = connectClient(world.url, await world.token('org-ours', { secret: `another-${secret}` }));
    client.follow(progress);
    await expect(client.closed).resolves.toMatchObject({ code: 4403 });
  });

  it('have the limits of queries, and a socket carries nothing else', async () => {
    const client = connectClient(world.url, ourToken);
    const wide = Array.from({ length: 31 }, (_, i) => `a${i}: cursor`).join(' ');
    const refused = await client.follow(`subscription { campaignMetrics(campaignId: "cmp_ours") { ${wide} } }`).next();
    expect(JSON.stringify(refused.error)).toContain('aliases');
    const query = await client.follow('{ execution(id: "exe_ours") { id } }').next();
    expect(JSON.stringify(query.error)).toContain('HTTP');
    await client.close();
  });
});

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (claims: object) => `${base64({ alg: 'none' })}.${base64(claims)}.`;
const signed = (claims: Record<string, unknown>) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));

async function startIssuer(): Promise<{ server: Server; url: string; key: Parameters<SignJWT['sign']>[0] }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
  const server = createServer((_, response) => response.end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`, key: privateKey };
}
