import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { edgeLimits } from '../../src/graphql/edge-settings';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { until } from '../support/until';
import { type GraphWorld, openGraphWorld, post } from './graph-world';

interface Told {
  readonly action: string;
  readonly id: string;
  readonly verifier: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly payload?: any;
}

/** What an Apollo Router does with callbacks: it takes those of subscriptions that it asked for. */
interface Router {
  readonly origin: string;
  readonly told: Told[];
  /** From now on the router has forgotten the subscription. */
  forget(): void;
  close(): Promise<void>;
}

async function startRouter(): Promise<Router> {
  const told: Told[] = [];
  let status = 204;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    told.push(JSON.parse(body));
    response.writeHead(status, { 'subscription-protocol': 'callback/1.0' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    forget: () => {
      status = 404;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

let world: GraphWorld;
let execution: BuiltExecution;
let token: string;
let router: Router;
let stranger: Router;
let served: { url: string; close(): Promise<void> };

beforeAll(async () => {
  world = await openGraphWorld();
  execution = await buildExecution(world.ledger, { name: 'called', people: 4, organizationId: 'org-called' });
  token = await world.token('org-called');
});
beforeEach(async () => {
  [router, stranger] = [await startRouter(), await startRouter()];
  served = await world.serve({ limits: edgeLimits({ subscriptionCallbackOrigins: [router.origin] }) });
});
afterEach(async () => {
  await served.close();
  await Promise.all([router.close(), stranger.close()]);
});
afterAll(() => world.close());

const query = 'subscription { executionProgress(executionId: "exe_called") { status metrics { opened } } }';

interface Wish {
  readonly url?: string;
  readonly callbackUrl?: string;
  readonly heartbeatIntervalMs?: number;
  readonly as?: string | undefined;
  readonly text?: string;
}

function subscribe(wish: Wish = {}) {
  const { url = served.url, callbackUrl = `${router.origin}/callback/sub-1`, heartbeatIntervalMs = 0 } = wish;
  const subscription = { callbackUrl, subscriptionId: 'sub-1', verifier: 'proof', heartbeatIntervalMs };
  const body = JSON.stringify({ query: wish.text ?? query, extensions: { subscription } });
  return post(url, 'as' in wish ? wish.as : token, body, { accept: 'application/json;callbackSpec=1.0' });
}

const nextOnes = () => router.told.filter(({ action }) => action === 'next');

async function open(): Promise<void> {
  await world.ledger.query('update campaign.counter set opened = opened + 1 where exec_no = $1 and goal = 0', [
    execution.execNo,
  ]);
  world.bus.publishCore(`nudge.campaign.${execution.campaignId}`);
}

describe('the callback protocol', () => {
  it('asks the router first, then posts the present state, then each change', async () => {
    expect(await subscribe()).toMatchObject({ status: 200, data: null, errors: [] });
    expect(router.told[0]).toEqual({ kind: 'subscription', action: 'check', id: 'sub-1', verifier: 'proof' });
    const first = await until('the state', () => nextOnes()[0]);
    expect(first).toMatchObject({ id: 'sub-1', verifier: 'proof' });
    const { opened } = first.payload.data.executionProgress.metrics;
    await open();
    const change = await until('the change', () => nextOnes()[1]);
    expect(change.payload.data.executionProgress.metrics.opened).toBeGreaterThan(opened);
  });

  it('tells a router that forgot about it nothing more', async () => {
    await subscribe();
    await until('the state', () => nextOnes()[0]);
    router.forget();
    await open();
    await until('the last word', () => nextOnes()[1]);
    const { length } = router.told;
    await open();
    await subscribe({ callbackUrl: `${router.origin}/another` });
    expect(router.told.slice(length).map(({ action }) => action)).toEqual(['check']);
  });

  it('beats while nothing happens, once a second at most, whatever pace was asked for', async () => {
    const began = performance.now();
    await subscribe({ heartbeatIntervalMs: 1 });
    await until('three checks', () => router.told.filter(({ action }) => action === 'check').length >= 3);
    expect(performance.now() - began).toBeGreaterThan(1_900);
  });

  it('says that it ended when the token does', async () => {
    await subscribe({ as: await world.token('org-called', { lifetimeSeconds: 2 }) });
    await until('the end', () => router.told.some(({ action }) => action === 'complete'));
  });

  it('ends at once when access is revoked', async () => {
    const organizationId = 'org-revoked';
    const { execNo, campaignId } = await buildExecution(world.ledger, { name: 'revoked', people: 1, organizationId });
    const as = await world.token(organizationId, { userId: 'usr_bob' });
    await subscribe({ as, text: query.replace('exe_called', 'exe_revoked') });
    await until('the state', () => nextOnes()[0]);
    world.bus.publishCore('identity.revoked', JSON.stringify({ organizationId, userId: 'usr_bob' }));
    await until('the end', () => router.told.some(({ action }) => action === 'complete'));
    const { length } = nextOnes();
    await world.ledger.query('update campaign.counter set opened = opened + 1 where exec_no = $1', [execNo]);
    world.bus.publishCore(`nudge.campaign.${campaignId}`);
    expect(await subscribe({ as })).toMatchObject({ status: 401 });
    expect(nextOnes()).toHaveLength(length);
  });

  const elsewhere: [string, () => string][] = [
    ['another origin', () => `${stranger.origin}/callback`],
    ['the same port by another name', () => router.origin.replace('127.0.0.1', 'localhost')],
    [
      'an origin in the name of a user',
      () => `http://${new URL(router.origin).host}@${new URL(stranger.origin).host}/`,
    ],
    ['no address', () => 'callback'],
  ];

  it.each(elsewhere)('calls nobody at %s', async (_, callbackUrl) => {
    const answer = await subscribe({ callbackUrl: callbackUrl() });
    expect(answer).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect([...router.told, ...stranger.told]).toEqual([]);
  });

  it('calls nobody for one without a token, or for what they may not see', async () => {
    expect(await subscribe({ as: undefined })).toMatchObject({ status: 401 });
    expect(router.told).toEqual([]);
    const foreign = await subscribe({ as: await world.token('org-calling') });
    expect(foreign.errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect(nextOnes()).toEqual([]);
  });

  it('is off unless origins are configured', async () => {
    const answer = await subscribe({ url: world.url });
    expect(answer.errors).toHaveLength(1);
    expect(router.told).toEqual([]);
  });
});
