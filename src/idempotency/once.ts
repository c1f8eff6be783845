import type { Scope } from '../scope';
import { contentHash } from '../shared/canonical-json';
import { DomainError } from '../shared/errors';
import { type Statements, statementsOf } from '../statements';

/** One request that may arrive more than once. Without a key, its own or the header's, it is done each time. */
export interface RepeatableRequest {
  readonly operation: string;
  readonly key?: string | undefined;
  readonly body: unknown;
}

/**
 * Does `work` once for each key of an operation, and answers a repetition with the first result. The row is claimed
 * before the work, in its transaction: a concurrent twin waits for our commit, and a crash or refusal frees the key.
 * A crash between the commit and the answer leaves the result here for whoever asks again. Keys are kept for 35 days
 * (dispatch/ledger-upkeep.ts).
 */
export async function once<Result>(
  statements: Statements,
  scope: Scope,
  request: RepeatableRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  const given = request.key ?? scope.request.idempotencyKey;
  if (given === undefined) return work();
  const bodyHash = contentHash(request.body);
  const key = [scope.viewer.organizationNo, request.operation, checkedKey(given)];
  const claimed = await statements.execute(claim, [...key, bodyHash, scope.now()]);
  if (claimed.length === 0) return firstResult<Result>(statements, key, bodyHash);
  const result = await work();
  await statements.execute(keep, [JSON.stringify(result), ...key]);
  return result;
}

/**
 * What a repetition is answered, before anything is asked for that the first time asked others for; nothing where it is not
 * known to be one. Whoever comes at the same time as the first still meets it in `once`.
 */
export async function firstAnswer<Result>(scope: Scope, request: RepeatableRequest): Promise<Result | undefined> {
  const given = request.key ?? scope.request.idempotencyKey;
  if (given === undefined) return undefined;
  const key = [scope.viewer.organizationNo, request.operation, checkedKey(given)];
  return scope.read(async (transaction) => {
    const statements = statementsOf(transaction);
    const [known] = await statements.execute<object[]>(find, key);
    return known && firstResult<Result>(statements, key, contentHash(request.body));
  });
}

const claim = `insert into campaign.idempotency (org_no, operation, key, body_hash, result, created_at)
values (?, ?, ?, ?, 'null', ?) on conflict do nothing returning key`;
const keep = `update campaign.idempotency set result = ?::jsonb where org_no = ? and operation = ? and key = ?`;
const find = `select body_hash, result from campaign.idempotency where org_no = ? and operation = ? and key = ?`;

async function firstResult<Result>(statements: Statements, key: unknown[], bodyHash: string): Promise<Result> {
  const [first] = await statements.execute<{ body_hash: string; result: Result }[]>(find, key);
  if (first?.body_hash === bodyHash) return first.result;
  const message = 'this idempotency key was used with another input';
  throw new DomainError('IDEMPOTENCY_CONFLICT', message, 'idempotencyKey');
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const message = 'an idempotency key has 1 to 200 printable characters without spaces';
  throw new DomainError('IDEMPOTENCY_KEY_INVALID', message, 'idempotencyKey');
}
