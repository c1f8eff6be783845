import {
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { buildGraph } from '../../src/graphql/schema';
import { type Answer, type GraphWorld, openGraphWorld } from './graph-world';
import { placesOfInput, withValueAt, written } from './input-places';
import { oddValues } from './odd-values';

const schema = buildGraph();
const asking = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
  args.some(({ name }) => name === 'input'),
);
let world: GraphWorld;
let token: string;

beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token('org-bad-question', { role: 'editor' });
});
afterAll(() => world.close());

const arm = { people: 100, successes: 10, weight: 1, valueSum: 50, valueSumOfSquares: 286 };

/** A question of each kind that can be answered. */
const questions: Readonly<Record<string, object>> = {
  compareArms: {
    arms: [
      { name: 'A', ...arm },
      { name: 'B', ...arm, successes: 20 },
    ],
  },
  contentPreview: { email: { subject: 'Hi', html: '<p>Hi</p>' } },
  estimateAudience: { audiences: [{ rules: { field: 'country', operator: 'equals', value: 'DE' } }] },
  sampleSize: { baseline: 0.1, difference: 0.02 },
  schedulePreview: { recurrence: { cron: '0 9 * * *' } },
};

/** Everything below a type that needs no argument: a number that is none shows where it is written. */
function everything(type: GraphQLOutputType, depth = 6): string {
  const bare = getNamedType(type);
  if (!isObjectType(bare)) return '';
  const below = ({ name, args, type: own }: GraphQLField<unknown, unknown>): string[] =>
    args.some(isRequiredArgument) || (depth === 1 && !isLeafType(getNamedType(own)))
      ? []
      : [`${name} ${everything(own, depth - 1)}`];
  return `{ ${Object.values(bare.getFields()).flatMap(below).join(' ')} }`;
}

/** What is wrong with a request as a whole. */
const ofRequest = new Set(['BAD_USER_INPUT', 'QUERY_TOO_LARGE']);

/** Refused with a code and a path into the input, or answered. */
const isFair = ({ data, errors }: Answer, field: string): boolean =>
  errors.length > 0
    ? errors.every(({ extensions: { code } }) => ofRequest.has(code))
    : data[field].userErrors.every(
        ({ code, path }: { code: string; path: string | null }) => /^[A-Z_]+$/.test(code) && /\w/.test(path ?? ''),
      );

describe.each(asking.map((field) => [field.name, field] as const))('%s', (name, { args, type: answer }) => {
  const input = args.find((one) => one.name === 'input')?.type;
  const type = input && getNullableType(input);

  test('answers odd values, or refuses them with a code and a path', async () => {
    if (!isInputObjectType(type)) throw new Error(`${name} has no input`);
    const question = `query ($input: ${type}!) { ${name}(input: $input) ${everything(answer)} }`;
    const ask = (variables: object) => world.post(token, question, variables);
    const usual = questions[name];
    expect((await ask({ input: usual })).errors).toEqual([]);
    const faults: unknown[] = [];
    for (const { path, type: place } of placesOfInput(type))
      for (const value of oddValues(place)) {
        const answered = await ask({ input: withValueAt(type, usual, path, value) });
        if (!isFair(answered, name))
          faults.push({ at: written(path), value: JSON.stringify(value).slice(0, 80), answered });
      }
    expect(faults).toEqual([]);
  });
});
