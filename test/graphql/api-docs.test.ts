import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { edgeLimits, fixedLimits } from '../../src/graphql/edge-settings';
import { edgeCodes } from '../../src/graphql/errors';
import { PAGE_LIMIT } from '../../src/graphql/pagination';
import { printSubgraph } from '../../src/graphql/schema';
import { errorCodes } from '../../src/shared/error-codes';
import { type AutumnWorld, autumn, openAutumnWorld, organizationId } from './autumn-world';
import { readCollection } from './collection';
import { connectClient } from './ws-client';

const page = readFileSync(resolve(__dirname, '../../docs/api.md'), 'utf8');

/** A question of the page, as it stands there. */
interface Shown {
  readonly name: string;
  readonly query: string;
  readonly variables: string;
  readonly answer: string;
}

const shown: Shown[] = [
  ...page.matchAll(/```graphql\n(\w+ (\w+).*?)```\s+```json variables\n(.*?)```\s+```json answer\n(.*?)```/gs),
].map(([, query = '', name = '', variables = '', answer = '']) => ({ name, query, variables, answer }));

/** What differs from run to run is shortened: ids to their kind, times and cursors to nothing; and long fractions. */
const shorten = (text: string): string =>
  text
    .replace(/"(seg|cmp|exe|msg|var)_\w+"/g, '"$1_…"')
    .replace(/\b(seg|cmp|exe|msg|var)_[a-z0-9]{26}\b/g, '$1_…')
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"…"')
    .replace(/"(cursor|endCursor)":"[^"]+"/g, '"$1":"…"')
    .replace(/-?\d+\.\d{5,}/g, (fraction) => String(Number(Number(fraction).toFixed(4))));

let world: AutumnWorld;
/** The id of each kind that was made last, as an answer told it: what the page's own ids stand for. */
const ids = new Map<string, string>();

function learn(answer: string, made = false): void {
  for (const [, id = '', kind = ''] of answer.matchAll(/"((seg|cmp|exe|var)_\w+)"/g))
    if (made || !ids.has(kind)) ids.set(kind, id);
}

const makes = /\b(create|clone|start)Campaign\(/;

async function ask(query: string, variables: string): Promise<string> {
  const given = JSON.parse(variables.replace(/(seg|cmp|exe|var)_…/g, (_, kind: string) => ids.get(kind) ?? kind));
  const { data, errors } = query.startsWith('subscription')
    ? await follow(query, given)
    : await world.ask(query, given);
  const answer = JSON.stringify({ ...(errors?.length ? { errors } : {}), data });
  learn(answer, makes.test(query));
  return answer;
}

async function follow(query: string, variables: Record<string, unknown>) {
  const client = connectClient(world.graph.url, await world.graph.token(organizationId));
  const event = await client.follow(query, variables).next();
  await client.close();
  return event as { data: unknown; errors?: unknown[] };
}

beforeAll(async () => {
  world = await openAutumnWorld();
  const collection = readCollection();
  const prepare = async (name: string, input: object) =>
    learn(JSON.stringify(await world.ask(collection.get(name)?.text ?? '', { input })));
  await prepare('UpdateOrganizationSettings', autumn.settings);
  await prepare('ImportContacts', autumn.contacts);
  await prepare('CreateSegment', autumn.segment);
});
afterAll(() => world.close());

describe('the page about the API', () => {
  test('has no document without its variables and its answer, ten things that people ask, and nine mutations', () => {
    expect(shown).toHaveLength(page.match(/```graphql/g)?.length ?? 0);
    expect(page.match(/^### \d+\. /gm)).toHaveLength(10);
    expect(new Set(page.match(/^### `\w+`/gm)).size).toBe(9);
  });

  // In the page's order: what is started in one place is asked about in the next.
  test.each(shown)('shows what the service answers: $name', async ({ query, variables, answer }) => {
    const answered = await ask(query, variables);
    const executionId = ids.get('exe');
    if (query.includes('startCampaign') && executionId && answered.includes(executionId)) {
      await world.send(executionId);
      await world.hear(executionId);
    }
    expect(JSON.parse(shorten(answered))).toEqual(JSON.parse(answer));
  });

  test.each([
    ['domain codes', errorCodes],
    ['edge codes', edgeCodes],
  ])('lists all %s as the code declares them', (name, codes) => {
    const table = new RegExp(`<!-- ${name} -->\\n(.*?)\\n?<!-- end -->`, 's').exec(page)?.[1];
    const rows = Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
    expect(table).toBe(['| code | what it means |', '| --- | --- |', ...rows].join('\n'));
  });

  test('names the limits that hold where nobody sets others', () => {
    const { queryEntities, operationTimeoutMs } = edgeLimits();
    const words = page.replace(/\s+/g, ' ');
    expect(words).toContain(`${PAGE_LIMIT} at most`);
    expect(words).toContain(`a document ${fixedLimits.documentCharacters.toLocaleString('en')} characters`);
    expect(words).toContain(`At most ${queryEntities} references`);
    expect([words.includes('an operation ten seconds'), operationTimeoutMs]).toEqual([true, 10_000]);
  });

  test('names every entity of the subgraph', () => {
    const [, section = ''] = /## In a supergraph\n(.*?)\n## /s.exec(page) ?? [];
    const entities = [...printSubgraph().matchAll(/^type (\w+) @key/gm)].map(([, name]) => `\`${name}\``);
    expect(entities.filter((name) => !section.includes(name))).toEqual([]);
  });
});
