import type { PeerAnswer } from '../../src/adapters/remote-peer';
import { idsOf } from '../../src/remote-list/id-stream';

async function* pieces(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  text: string,
  contentType: string,
  size = 3,
): Promise<{ ids: string[]; cursor: string | undefined }> {
  const answer: PeerAnswer = { contentType, body: pieces(text, size) };
  const ids: string[] = [];
  const batches = idsOf(answer);
  for (;;) {
    const { done, value } = await batches.next();
    if (done) return { ids, cursor: value };
    ids.push(...value);
  }
}

const lines = 'application/x-ndjson';
const whole = 'application/json';

test.each([1, 2, 3, 7, 1_000])('ids are the same however the answer is cut into pieces of %d bytes', async (size) => {
  const ids = ['a', 'ü–😀', 'with "quotes"', ''];
  const asLines = `${ids.map((id) => JSON.stringify(id)).join('\n')}\n\n{"user_id":"last"}\n{"count":5}`;
  expect((await read(asLines, lines, size)).ids).toEqual([...ids, 'last']);
  const asObject = JSON.stringify({ total: { user_ids: 1 }, user_ids: ids, count: 4, next_cursor: 'p2' });
  expect(await read(asObject, whole, size)).toEqual({ ids, cursor: 'p2' });
});

const refused: readonly (readonly [string, string, string, string])[] = [
  ['a line that is no JSON', '"a"\n<html>\n', lines, 'garbage'],
  ['a line that names nobody', '"a"\n{"id":"b"}\n', lines, 'garbage'],
  ['a line after the count', '{"count":0}\n"a"\n', lines, 'garbage'],
  ['fewer ids than it says', '"a"\n{"count":2}\n', lines, 'cut'],
  ['a line without an end', `"${'a'.repeat(9_000)}`, lines, 'garbage'],
  ['half a line', '"a"\n"b', lines, 'garbage'],
  ['no JSON', '<html>', whole, 'garbage'],
  ['half an object', '{"user_ids":["a"', whole, 'cut'],
  ['an id that is no text', '{"user_ids":["a", 7]}', whole, 'garbage'],
  ['an object without ids', '{"error":"no such thing"}', whole, 'garbage'],
  ['null in place of ids', '{"user_ids":null}', whole, 'garbage'],
  ['one text in place of ids', '{"user_ids":"a"}', whole, 'garbage'],
  ['an object in place of ids', '{"user_ids":{}}', whole, 'garbage'],
  ['ids that are not its own', '{"data":{"user_ids":["a"]}}', whole, 'garbage'],
  ['the name of ids alone', '{"what":"user_ids"}', whole, 'garbage'],
  ['a count that is no number', '{"user_ids":["a"],"count":"1"}', whole, 'garbage'],
  ['fewer ids than its count', '{"user_ids":["a"],"count":2}', whole, 'cut'],
  ['a text without an end', `{"user_ids":["${'a'.repeat(80_000)}`, whole, 'garbage'],
  ['nothing at all', '', whole, 'cut'],
  ['a web page', '<html></html>', 'text/html', 'garbage'],
];

for (const [what, text, contentType, kind] of refused)
  test(`an answer with ${what} is refused as a whole`, async () => {
    await expect(read(text, contentType, 1_000)).rejects.toMatchObject({ name: 'RemoteFailure', kind });
  });
