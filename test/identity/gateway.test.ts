import { SignJWT } from 'jose';
import { GATEWAY_HEADER, signGatewayIdentity, type Vouched } from '../../src/identity/gateway-identity';
import { type Answer, type GraphWorld, openGraphWorld, post } from '../graphql/graph-world';
import { connectClient } from '../graphql/ws-client';
import { expected, startIssuer } from './issuer';
import { buildTenant, type Tenant } from './tenant-builder';

const [present, previous, foreign] = ['present', 'previous', 'foreign'].map((word) =>
  `${word}-secret-`.padEnd(40, 'x'),
) as [string, string, string];

let world: GraphWorld;
let tenant: Tenant;
let served: { url: string; close(): Promise<void> };
let caller: Vouched;

beforeAll(async () => {
  world = await openGraphWorld();
  tenant = await buildTenant(world, 'behind');
  served = await world.serveProduction({ gatewaySecrets: [present, previous] });
  caller = { organizationId: tenant.organizationId, userId: 'usr_ada', roles: ['viewer'] };
});
afterAll(async () => {
  await served.close();
  await world.close();
});

const query = 'query { campaigns(first: 1) { edges { node { name } } } }';
const ask = (proof: string | undefined, text = query, headers: object = {}): Promise<Answer> =>
  post(served.url, undefined, JSON.stringify({ query: text }), {
    ...headers,
    ...(proof && { [GATEWAY_HEADER]: proof }),
  });
const proofOf = (secret = present, at = new Date(), who: Vouched | undefined = caller) =>
  signGatewayIdentity(secret, at, who);

const refused = {
  status: 401,
  errors: [{ message: 'a valid token is needed', extensions: { code: 'UNAUTHENTICATED' } }],
};

describe('behind a gateway', () => {
  it('a request with its proof is answered for whom it names, signed with either secret', async () => {
    for (const secret of [present, previous]) {
      const { data, errors } = await ask(await proofOf(secret));
      expect(errors).toEqual([]);
      expect(data.campaigns.edges).toHaveLength(1);
    }
    const theirs = await ask(await proofOf(present, new Date(), { ...caller, organizationId: 'org-elsewhere' }));
    expect(theirs.data.campaigns.edges).toEqual([]);
  });

  const forged: [string, () => Promise<string | undefined>][] = [
    ['no proof', async () => undefined],
    ['an empty proof', async () => ''],
    ['a proof of another secret', () => proofOf(foreign)],
    ['a proof of two minutes ago', () => proofOf(present, new Date(Date.now() - 120_000))],
    ['a proof of the future', () => proofOf(present, new Date(Date.now() + 120_000))],
    ['a proof without an organization', () => proofOf(present, new Date(), { ...caller, organizationId: '' })],
    ['a proof without a role that we know', () => proofOf(present, new Date(), { ...caller, roles: ['root'] })],
    ["a caller's token in its place", async () => tenant.token],
    [
      'a token of the same secret that is no proof',
      () =>
        new SignJWT({ sub: 'u', org: tenant.organizationId, roles: ['admin'] })
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
          .setIssuedAt()
          .setExpirationTime('1m')
          .setAudience('campaign-service')
          .sign(new TextEncoder().encode(present)),
    ],
  ];

  it.each(forged)('a request with %s is refused', async (_, forge) => {
    expect(await ask(await forge())).toMatchObject(refused);
  });

  it('a request without proof is refused before anything of it is read', async () => {
    const unreadable = await post(served.url, tenant.token, '{"query": "{ this is no ');
    expect(unreadable).toMatchObject(refused);
    const huge = await post(served.url, tenant.token, `{"query":"{ ${'a '.repeat(900_000)}}"}`);
    expect(huge).toMatchObject(refused);
  });

  it('the schema is told to the gateway itself, which sees nothing else', async () => {
    const itself = () => signGatewayIdentity(present, new Date());
    expect((await ask(await itself(), '{ _service { sdl } }')).data._service.sdl).toContain('type Campaign');
    expect(await ask(await itself())).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await ask(undefined, '{ _service { sdl } }')).toMatchObject(refused);
  });

  it("a caller's own token is checked beside the proof, where the gateway names nobody", async () => {
    const issuer = await startIssuer(() => new Date());
    const both = await world.serveProduction({ jwksUrl: issuer.url, ...expected, gatewaySecrets: [present] });
    const token = await issuer.sign({ claims: { org: tenant.organizationId } });
    const askBoth = async (authorization: string) =>
      post(both.url, authorization, JSON.stringify({ query }), {
        [GATEWAY_HEADER]: await signGatewayIdentity(present, new Date()),
      });
    expect((await askBoth(token)).data.campaigns.edges).toHaveLength(1);
    expect(await askBoth(tenant.token)).toMatchObject(refused);
    expect(await post(both.url, token, JSON.stringify({ query }))).toMatchObject(refused);
    await both.close();
    await issuer.close();
  });

  it('a socket needs the proof as well, in its first message', async () => {
    const subscription = `subscription { campaignChanged(id: "${tenant.ids.campaign}") { campaign { name } } }`;
    const good = connectClient(served.url, undefined, { [GATEWAY_HEADER]: await proofOf() });
    const first = await good.follow(subscription).next();
    expect(first.data.campaignChanged.campaign.name).toBe('behind campaign');
    await good.close();
    const bad = connectClient(served.url, tenant.token);
    bad.follow(subscription);
    await expect(bad.closed).resolves.toMatchObject({ code: 4403 });
  });
});
