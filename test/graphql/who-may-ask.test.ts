import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokenVerifier } from '../../src/identity/token-verification';
import { post, secret } from './graph-world';
import { codeOf, type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

const executionQuery = 'query ($id: ID!) { execution(id: $id) { id status } }';

describe('who may ask', () => {
  const refusedTokens: [string, () => Promise<string>][] = [
    ['of another secret', () => graph.world.token('org-ours', { secret: `another-${secret}` })],
    ['that has expired', () => graph.world.token('org-ours', { now: new Date(Date.now() - 3_600_000) })],
    ['without a signature', async () => unsigned({ org: 'org-ours', sub: 'u', roles: ['admin'], exp: 4_102_444_800 })],
    ['without an organization', () => signed({ sub: 'u', roles: ['admin'] })],
    ['without a role that we know', () => signed({ sub: 'u', org: 'org-ours', roles: ['root'] })],
    ['that is no token', async () => 'a.b.c'],
  ];

  it.each(refusedTokens)('a token %s is refused as UNAUTHENTICATED', async (_, token) => {
    const answer = await graph.world.post(await token(), executionQuery, { id: 'exe_ours' });
    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(answer.data).toBeFalsy();
  });

  it('nobody may look at the schema in development, and at nothing else', async () => {
    expect((await graph.world.post(undefined, '{ __schema { queryType { name } } }')).errors).toEqual([]);
    expect((await graph.world.post(undefined, '{ _service { sdl } }')).data._service.sdl).toContain('type Execution');
    expect(await graph.world.post(undefined, '{ __typename }')).toMatchObject({ status: 200, errors: [] });
    expect(await graph.world.post('a.b.c', '{ __typename }')).toMatchObject({ status: 401 });
    const reached = await graph.world.post(undefined, '{ __typename execution(id: "exe_ours") { id } }');
    expect(reached).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const hidden = await graph.world.post(
      undefined,
      '{ ...Hidden } fragment Hidden on Query { execution(id: "x") { id } }',
    );
    expect(codeOf(hidden)).toBe('UNAUTHENTICATED');
  });

  it('production takes no shared secret', () => {
    expect(() => createTokenVerifier({ environment: 'production', jwtSecret: secret })).toThrow('JWKS_URL');
  });

  it("production takes keys from the issuer's address alone, and shows neither schema nor page", async () => {
    const issuer = await startIssuer();
    const production = await graph.world.serveProduction({ jwksUrl: issuer.url });
    const claims = { org: 'org-ours', sub: 'usr_ada', roles: ['viewer', 'approver'] };
    const header = { alg: 'ES256', kid: 'k1', typ: 'at+jwt' };
    const token = new SignJWT(claims).setProtectedHeader(header).setIssuedAt().setExpirationTime('5m');
    const good = await token.sign(issuer.key);
    const ask = (token: string | undefined, query: string) => post(production.url, token, JSON.stringify({ query }));
    expect((await ask(good, '{ execution(id: "exe_ours") { id } }')).data).toEqual({ execution: { id: 'exe_ours' } });
    expect(await ask(await signed(claims), '{ __typename }')).toMatchObject({ status: 401 });
    expect(await ask(undefined, '{ __typename }')).toMatchObject({ status: 401 });
    expect(codeOf(await ask(good, '{ __schema { queryType { name } } }'))).toBe('GRAPHQL_VALIDATION_FAILED');
    const hint = await ask(good, '{ executio(id: "x") { id } }');
    expect(hint.errors[0]?.message).not.toContain('Did you mean');
    const filter = 'query ($f: CampaignFilterInput) { campaigns(filter: $f) { edges { cursor } } }';
    const value = await post(
      production.url,
      good,
      JSON.stringify({ query: filter, variables: { f: { statuse: [] } } }),
    );
    expect(value.errors[0]?.message).toMatch(/"statuse" is not defined by type "CampaignFilterInput"\.$/);
    for (const asks of ['{ _service { sdl } }', '{ s: _service { __typename } }'])
      expect(codeOf(await ask(good, `{ ...S } fragment S on Query ${asks}`))).toBe('FORBIDDEN');
    const [page, sandbox] = await Promise.all(
      [production.url, graph.world.url].map((url) => fetch(url, { headers: { accept: 'text/html' } })),
    );
    expect(page?.headers.get('content-type')).not.toContain('html');
    expect(await sandbox?.text()).toContain('<!DOCTYPE html>');
    await production.close();
    issuer.server.close();
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
