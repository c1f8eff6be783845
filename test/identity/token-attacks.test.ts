import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { CompactEncrypt, CompactSign, exportSPKI, generateKeyPair, importJWK } from 'jose';
import { createTokenVerifier, type VerifyToken } from '../../src/identity/token-verification';
import { expected, type Issuer, startIssuer, validClaims } from './issuer';

let time = new Date('2026-11-21T10:00:00Z');
const now = () => time;
const later = (seconds: number) => {
  time = new Date(time.getTime() + seconds * 1_000);
};
const second = () => Math.floor(time.getTime() / 1_000);

let issuer: Issuer;
let verify: VerifyToken;

const verifierOf = ({ url }: Issuer) =>
  createTokenVerifier({ environment: 'production', jwtSecret: 'x'.repeat(32), jwksUrl: url, ...expected }, now);

beforeEach(async () => {
  issuer = await startIssuer(now);
  verify = verifierOf(issuer);
});
afterEach(() => issuer.close());

const base64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Signed by the issuer's own key, whatever the text of the payload is. */
const signText = (payload: string) =>
  new CompactSign(Buffer.from(payload))
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'at+jwt' })
    .sign(issuer.privateKey);

const hmac = (header: object, secret: string | Buffer) => {
  const text = `${base64(header)}.${base64(validClaims(second()))}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

/** Of somebody who signs with a key of his own and says where to find it. */
async function forgedWith(header: object): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return issuer.sign({ header: { kid: undefined, ...header }, key: privateKey });
}

async function encrypted(): Promise<string> {
  const key = await importJWK({ ...issuer.publicKey, alg: 'RSA-OAEP-256', use: 'enc' }, 'RSA-OAEP-256');
  return new CompactEncrypt(Buffer.alloc(200_000, ' '))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
    .encrypt(key);
}

const claims = (over: Record<string, unknown>) => () => issuer.sign({ claims: over });
const header = (over: Record<string, unknown>) => () => issuer.sign({ header: over });
const json = (over: string) => () => signText(JSON.stringify(validClaims(second())).replace(/}$/, `,${over}}`));

const attacks: [string, () => Promise<string>][] = [
  ['no signature, alg none', async () => `${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(validClaims(second()))}.`],
  ['alg nOnE and a signature of nothing', async () => `${base64({ alg: 'nOnE' })}.${base64(validClaims(second()))}.AA`],
  [
    'the public key as PEM for a secret',
    async () => {
      const key = await importJWK(issuer.publicKey, 'RS256', { extractable: true });
      if (key instanceof Uint8Array) throw new Error('an RSA key is no secret');
      return hmac({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }, await exportSPKI(key));
    },
  ],
  [
    'the public key as JWK for a secret',
    async () => hmac({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }, JSON.stringify(issuer.publicKey)),
  ],
  [
    'the modulus for a secret',
    async () => hmac({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }, Buffer.from(issuer.publicKey.n ?? '', 'base64url')),
  ],
  ['the development secret', async () => hmac({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }, 'x'.repeat(32))],
  [
    'an algorithm that is not allowed',
    () => issuer.sign({ header: { alg: 'RS512' } }).catch(async () => hmac({ alg: 'RS512', kid: 'k1' }, 'x')),
  ],
  ['a kid that is a path', header({ kid: '../../../../dev/null' })],
  ['a kid that is SQL', header({ kid: "k1' or '1'='1" })],
  ['a kid that is a name of every object', header({ kid: '__proto__' })],
  [
    'a key of its own in jwk',
    async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const jwk = await crypto.subtle.exportKey('jwk', publicKey);
      return issuer.sign({ header: { jwk, kid: undefined }, key: privateKey });
    },
  ],
  ['a certificate of its own in x5c', () => forgedWith({ x5c: ['MIIB'] })],
  [
    'a critical extension',
    async () => {
      const valid = await issuer.sign();
      const [, payload, signature] = valid.split('.');
      return `${base64({ alg: 'RS256', kid: 'k1', typ: 'at+jwt', crit: ['x'], x: 1 })}.${payload}.${signature}`;
    },
  ],
  ['another typ', header({ typ: 'JWT' })],
  ['no typ', header({ typ: undefined })],
  ['another audience', claims({ aud: 'billing' })],
  ['no audience', claims({ aud: undefined })],
  ['another issuer', claims({ iss: 'https://issuer.example.evil' })],
  ['no issuer', claims({ iss: undefined })],
  ['no exp', claims({ exp: undefined })],
  ['an exp that has passed', () => issuer.sign({ claims: { iat: second() - 60, exp: second() - 10 } })],
  ['an exp that is a text', claims({ exp: '4102444800' })],
  ['an exp beyond all time', () => signText(JSON.stringify(validClaims(second())).replace(/"exp":\d+/, '"exp":1e400'))],
  ['an nbf that is to come', () => issuer.sign({ claims: { nbf: second() + 30 } })],
  ['an iat that is to come', () => issuer.sign({ claims: { iat: second() + 600, exp: second() + 900 } })],
  [
    'an iat of long ago and an exp of far away',
    () => issuer.sign({ claims: { iat: second() - 3_600, exp: second() + 86_400 } }),
  ],
  ['no iat', claims({ iat: undefined })],
  ['no sub', claims({ sub: undefined })],
  ['an empty sub', claims({ sub: '' })],
  ['a sub with a NUL', claims({ sub: 'usr\u0000ada' })],
  ['no organization', claims({ org: undefined })],
  ['an organization that is a list', claims({ org: ['org-ours', 'org-theirs'] })],
  ['an organization of 200 letters', claims({ org: 'o'.repeat(200) })],
  ['no roles', claims({ roles: undefined })],
  ['roles that are a text', claims({ roles: 'admin' })],
  ['a role that we do not know', claims({ roles: ['root'] })],
  ['10 KB of claims', claims({ note: 'x'.repeat(10_240) })],
  ['a claim twice', json('"org":"org-theirs"')],
  ['a claim twice, once in disguise', json('"\\u006frg":"org-theirs"')],
  ['a payload that is no JSON', () => signText('{"sub":')],
  ['a payload that is a list', () => signText('[]')],
  ['an encrypted token', encrypted],
  [
    'a changed payload',
    async () => {
      const [head, , signature] = (await issuer.sign()).split('.');
      return `${head}.${base64({ ...validClaims(second()), roles: ['admin'] })}.${signature}`;
    },
  ],
];

describe('a token of the issuer', () => {
  it('is taken, and says who asks', async () => {
    await expect(verify(`Bearer ${await issuer.sign()}`)).resolves.toEqual({
      organizationId: 'org-ours',
      userId: 'usr_ada',
      role: 'editor',
      issuedAt: new Date(second() * 1_000),
      expiresAt: new Date((second() + 300) * 1_000),
    });
    const both = await verify(`Bearer ${await issuer.sign({ claims: { roles: ['service', 'admin', 'viewer'] } })}`);
    expect(both.role).toBe('admin');
  });

  it.each(attacks)('with %s is refused as UNAUTHENTICATED, saying no more', async (_, forge) => {
    const token = await forge();
    await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({
      message: 'a valid token is needed',
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('is taken within five seconds of two clocks apart, and not beyond', async () => {
    await expect(verify(`Bearer ${await issuer.sign({ claims: { nbf: second() + 4 } })}`)).resolves.toBeDefined();
    await expect(verify(`Bearer ${await issuer.sign({ claims: { nbf: second() + 7 } })}`)).rejects.toThrow();
  });

  it.each(['ES256', 'EdDSA'])('may be signed by %s', async (alg) => {
    const other = await startIssuer(now, alg);
    await expect(verifierOf(other)(`Bearer ${await other.sign()}`)).resolves.toMatchObject({ userId: 'usr_ada' });
    await other.close();
  });

  it('makes us call nobody whom it names', async () => {
    let called = 0;
    const stranger = createServer((_, response) => {
      called += 1;
      response.end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const address = stranger.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address?.port}/keys`;
    for (const forged of [await forgedWith({ jku: url }), await forgedWith({ x5u: url })])
      await expect(verify(`Bearer ${forged}`)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(called).toBe(0);
    stranger.close();
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once for many tokens', async () => {
    const token = `Bearer ${await issuer.sign()}`;
    await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    await verify(token);
    expect(issuer.asked).toBe(1);
  });

  it('outlive its outage for an hour, and no longer', async () => {
    await verify(`Bearer ${await issuer.sign()}`);
    issuer.down = true;
    later(3_590);
    await expect(verify(`Bearer ${await issuer.sign()}`)).resolves.toBeDefined();
    later(20);
    await expect(verify(`Bearer ${await issuer.sign()}`)).rejects.toThrow();
    issuer.down = false;
    later(20);
    await expect(verify(`Bearer ${await issuer.sign()}`)).resolves.toBeDefined();
  });

  it('that were revoked are refused after five minutes', async () => {
    await verify(`Bearer ${await issuer.sign()}`);
    issuer.published.delete('k1');
    await expect(verify(`Bearer ${await issuer.sign()}`)).resolves.toBeDefined();
    later(301);
    await expect(verify(`Bearer ${await issuer.sign()}`)).rejects.toThrow();
  });

  it('that are new are found at the first token that names them', async () => {
    await verify(`Bearer ${await issuer.sign()}`);
    later(15);
    issuer.published.set('k2', issuer.publicKey);
    await expect(verify(`Bearer ${await issuer.sign({ header: { kid: 'k2' } })}`)).resolves.toBeDefined();
  });

  it('that nobody knows do not make us ask again and again', async () => {
    for (let n = 0; n < 30; n++)
      await verify(`Bearer ${await issuer.sign({ header: { kid: `unknown-${n}` } })}`).catch(() => undefined);
    expect(issuer.asked).toBe(1);
  });
});
