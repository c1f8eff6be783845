import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
});
afterAll(() => world.close());

const document = `mutation ($input: ImportSuppressionsInput!) { importSuppressions(input: $input) {
  report { accepted added present rejected rejections { line reason } } userErrors { code path } } }`;

async function importRows(org: string, input: object) {
  const { data, errors } = await world.post(await world.token(org, { role: 'editor' }), document, { input });
  expect(errors).toEqual([]);
  return data.importSuppressions;
}

async function download(
  org: string,
  role?: 'admin' | 'editor',
): Promise<{ status: number; type: string; text: string }> {
  const authorization = role && `Bearer ${await world.token(org, { role })}`;
  const response = await fetch(new URL('/exports/suppressions.csv', world.url), {
    headers: { ...(authorization && { authorization }) },
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
}

test('rows are taken over once for a key, each with its own fate', async () => {
  const input = {
    rows: [
      { userId: 'ada', reason: 'COMPLAINED' },
      { email: 'eve@example.com' },
      { phone: 'no number' },
      { userId: 'bob', channel: 'SMS' },
    ],
    idempotencyKey: 'k-1',
  };
  const report = {
    accepted: 3,
    added: 3,
    present: 0,
    rejected: 1,
    rejections: [{ line: 3, reason: 'the phone number is none with a plus and a country code' }],
  };
  expect(await importRows('org-rows', input)).toEqual({ report, userErrors: [] });
  expect(await importRows('org-rows', input)).toEqual({ report, userErrors: [] });
  const { idempotencyKey: _, ...again } = input;
  expect(await importRows('org-rows', again)).toMatchObject({ report: { accepted: 3, added: 0, present: 3 } });
  const [kept] = await world.ledger.query<{ text: string }>(
    `select concat((select string_agg(a::text, ' ') from campaign.audit_entry a),
       (select string_agg(i::text, ' ') from campaign.idempotency i)) as text`,
  );
  expect(kept?.text).toContain('importSuppressions');
  expect(kept?.text).not.toContain('eve@');
});

test('too many rows, and an erasure that nobody may claim, are refused with their path', async () => {
  const rows = Array.from({ length: 1_001 }, () => ({ userId: 'u' }));
  expect(await importRows('org-much', { rows })).toEqual({
    report: null,
    userErrors: [{ code: 'AUDIENCE_INVALID_IMPORT', path: 'rows' }],
  });
  expect(await importRows('org-much', { rows: [], reason: 'ERASED' })).toMatchObject({
    userErrors: [{ code: 'AUDIENCE_INVALID_SUPPRESSION', path: 'reason' }],
  });
});

test('an administrator reads the list as a file, in which no cell is a formula; it can be imported again', async () => {
  const ids = ['=cmd|calc', '+1', '-1', '@sum', 'a "quoted", id', 'plain'];
  await importRows('org-file', { rows: ids.map((userId) => ({ userId, channel: 'EMAIL', reason: 'UNSUBSCRIBED' })) });
  await importRows('org-other', { rows: [{ userId: 'not-ours' }] });
  const { status, type, text } = await download('org-file', 'admin');
  expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
  const [header, ...lines] = text.trim().split('\n');
  expect(header).toBe('user_id,channel,reason,since');
  expect(lines.map((line) => line.replace(/,email,unsubscribed,.*$/, '')).sort()).toEqual(
    ["'+1", "'-1", "'=cmd|calc", "'@sum", '"a ""quoted"", id"', 'plain'].sort(),
  );
});

test('nobody else may: neither an editor nor somebody without a token', async () => {
  expect(await download('org-file', 'editor')).toMatchObject({ status: 403 });
  expect(await download('org-file')).toMatchObject({ status: 401 });
});

test('the list is streamed page by page, however long it is', async () => {
  const org = await world.token('org-long', { role: 'admin' });
  await world.post(org, '{ campaigns(first: 1) { edges { cursor } } }');
  const [row] = await world.ledger.query<{ no: number }>(`select campaign.ensure_organization('org-long') as no`);
  await world.ledger.query(
    `with c as (insert into campaign.contact (org_no, external_id) select $1, 'p-' || n from generate_series(1, 12000) n
       returning org_no, contact_no)
     insert into campaign.suppression (org_no, contact_no, channel, reason) select org_no, contact_no, 0, 'do_not_send' from c`,
    [row?.no],
  );
  const lines = (await download('org-long', 'admin')).text.trim().split('\n');
  expect(new Set(lines).size).toBe(12_001);
});
