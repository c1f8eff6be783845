import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** An issuer of tokens on a real port, whose keys and health are in our hand. */
export interface Issuer {
  readonly url: string;
  /** Kid to public key, as they are published. */
  readonly published: Map<string, JWK>;
  readonly publicKey: JWK;
  readonly privateKey: CryptoKey;
  /** While true it answers 503. */
  down: boolean;
  /** How often it was asked. */
  readonly asked: number;
  /** A token that holds, but for what is given. */
  sign(over?: Overrides): Promise<string>;
  close(): Promise<void>;
}

export interface Overrides {
  readonly header?: Record<string, unknown>;
  /** A claim that is undefined is left out. */
  readonly claims?: Record<string, unknown>;
  readonly key?: CryptoKey | Uint8Array;
}

export const expected = { jwtIssuer: 'https://issuer.example', jwtAudience: 'campaigns' };

const pairs = new Map<string, ReturnType<typeof generateKeyPair>>();

/** An RSA pair takes a while to make; every issuer of a file has the same. */
function pairOf(alg: string): ReturnType<typeof generateKeyPair> {
  const pair = pairs.get(alg) ?? generateKeyPair(alg, { extractable: true });
  pairs.set(alg, pair);
  return pair;
}

export async function startIssuer(now: () => Date, alg = 'RS256'): Promise<Issuer> {
  const { publicKey, privateKey } = await pairOf(alg);
  const publicJwk = { ...(await exportJWK(publicKey)), alg, use: 'sig' };
  const state = { down: false, asked: 0, published: new Map([['k1', publicJwk]]) };
  const server = createServer((_, response) => {
    state.asked += 1;
    const keys = [...state.published].map(([kid, key]) => ({ ...key, kid }));
    response.writeHead(state.down ? 503 : 200).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const seconds = () => Math.floor(now().getTime() / 1_000);
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    publicKey: publicJwk,
    privateKey,
    sign: ({ header, claims, key = privateKey }: Overrides = {}) =>
      new SignJWT({ ...validClaims(seconds()), ...claims })
        .setProtectedHeader({ alg, kid: 'k1', typ: 'at+jwt', ...header })
        .sign(key),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

export const validClaims = (second: number) => ({
  iss: expected.jwtIssuer,
  aud: expected.jwtAudience,
  sub: 'usr_ada',
  org: 'org-ours',
  roles: ['editor'],
  iat: second,
  exp: second + 300,
});
