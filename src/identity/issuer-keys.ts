import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, type LocalJWKSet } from 'jose';
import { fetchSmallDocument } from '../adapters/small-document';
import type { Clock } from '../shared/clock';

/** After this the keys are asked for again: a key that was revoked is taken no longer than that. */
const REFRESH_MS = 300_000;
/** An issuer that does not answer keeps its known keys in force for so long, and no longer. */
const KEEP_MS = 3_600_000;
/** Between two attempts, also when tokens name keys that nobody knows. */
const PAUSE_MS = 10_000;

interface Known {
  readonly keys: LocalJWKSet;
  readonly at: number;
}

/** The issuer's public keys, from its one address; throws when there is no key for a token. */
export function createIssuerKeys(url: string, now: Clock): JWTVerifyGetKey {
  let known: Known | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const refresh = async () => {
    if (now().getTime() - triedAt < PAUSE_MS && !fetching) return;
    triedAt = now().getTime();
    // However many tokens wait, one request.
    fetching ??= fetchKeys(url)
      .then((keys) => {
        known = { keys, at: now().getTime() };
      })
      // The known keys go on; without any the token is refused below.
      .catch(() => undefined)
      .finally(() => {
        fetching = undefined;
      });
    await fetching;
  };
  const age = () => now().getTime() - (known?.at ?? Number.NEGATIVE_INFINITY);
  const inForce = () => {
    if (known === undefined || age() > KEEP_MS) throw new errors.JWKSNoMatchingKey();
    return known.keys;
  };
  return async (header, token) => {
    if (age() > REFRESH_MS) await refresh();
    try {
      return await inForce()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // A key that we do not know may be a new one.
      await refresh();
      return inForce()(header, token);
    }
  };
}

async function fetchKeys(url: string): Promise<LocalJWKSet> {
  return createLocalJWKSet(JSON.parse(await fetchSmallDocument(url)) as JSONWebKeySet);
}
