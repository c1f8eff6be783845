import { jwtVerify } from 'jose';

/** Who asks a subgraph; nobody when no token came along. */
export interface Caller {
  readonly organizationId: string;
  readonly userId: string;
}

/** Reads the token that the gateway passed on, as a subgraph of another team does it: by itself. */
export async function readCaller(authorization: string | undefined, secret: string): Promise<Caller | undefined> {
  const token = authorization?.replace(/^Bearer /i, '');
  if (!token) return undefined;
  const { payload } = await jwtVerify(token, new TextEncoder().encode(secret));
  return { organizationId: String(payload.org), userId: String(payload.sub) };
}
