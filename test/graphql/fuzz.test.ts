import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { buildGraph } from '../../src/graphql/schema';
import { buildExecution } from '../events/ledger-builder';
import { type GraphWorld, openGraphWorld } from './graph-world';

/** `FUZZ_RUNS=50000` for what a merge should see, 2000000 for a night. */
const runs = Number(process.env.FUZZ_RUNS ?? 300);
/** Longer than this, twice: what is slow once may be a machine that does other things as well. */
const hangsMs = 1_000;

let world: GraphWorld;
let tokens: string[];
beforeAll(async () => {
  world = await openGraphWorld();
  await buildExecution(world.ledger, { name: 'fuzz', people: 5, organizationId: 'org-fuzz' });
  tokens = await Promise.all(
    (['viewer', 'editor', 'approver', 'admin', 'service'] as const).map((role) => world.token('org-fuzz', { role })),
  );
});
afterAll(() => world.close());

type Pick = <Item>(items: readonly Item[]) => Item;
type Dice = (sides: number) => number;

/** Numbers from a seed, so that a failure can be repeated. */
function dice(seed: number): Dice {
  let state = seed | 1;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return ((state >>> 8) % sides) | 0;
  };
}

const odd = [
  '',
  'x',
  'exe_fuzz',
  'cmp_fuzz',
  'var_fuzz_1',
  "'; drop table campaign.campaign; --",
  '%',
  '\u0000',
  '\ud800',
  '💥',
  '../..',
  '{{ 7 | times: 7 }}',
  '__proto__',
  'ﬁ\u202e',
  '9'.repeat(30),
  '2026-02-30',
  '2026-11-21T10:00:00Z',
  'x'.repeat(5_000),
];
const numbers = [
  0, 1, -1, 2, 100, 101, 2_147_483_647, 2_147_483_648, -2_147_483_649, 1e300, 0.1, 9_007_199_254_740_992,
];

/** A value for an input, mostly of its type. */
function inputFor(type: GraphQLInputType, roll: Dice, depth = 0): unknown {
  const pick: Pick = (items) => items[roll(items.length)] as never;
  if (isNonNullType(type)) return roll(30) === 0 ? null : inputFor(type.ofType, roll, depth);
  if (roll(8) === 0) return null;
  if (roll(15) === 0) return pick<unknown>([...odd, ...numbers, [], {}, true, [[null]]]);
  if (isListType(type))
    return Array.from({ length: roll(4) }, () => inputFor(type.ofType as GraphQLInputType, roll, depth));
  if (isEnumType(type)) return pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || (depth < 4 && roll(2) === 0),
    );
    return Object.fromEntries(fields.map((field) => [field.name, inputFor(field.type, roll, depth + 1)]));
  }
  if (type.name === '_Any')
    return { __typename: pick(['Campaign', 'Execution', 'Message', 'User', 'Query', '']), id: pick(odd) };
  if (['Int', 'Float'].includes(type.name)) return pick(numbers);
  return type.name === 'Boolean' ? roll(2) === 0 : pick(odd);
}

/** An operation of the schema: valid, but for its values. */
function operation(schema: GraphQLSchema, roll: Dice): { query: string; variables: Record<string, unknown> } {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const withArguments = (args: readonly GraphQLArgument[]): string => {
    const given = args.filter((arg) => isNonNullType(arg.type) || roll(2) === 0);
    const texts = given.map((arg) => {
      const name = `v${declared.length}`;
      declared.push(`$${name}: ${arg.type}`);
      variables[name] = inputFor(arg.type, roll);
      return `${arg.name}: $${name}`;
    });
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  };
  const selection = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type);
    if (isUnionType(named))
      return ` { __typename ${named
        .getTypes()
        .slice(0, 2)
        .map((each) => `... on ${each.name}${fieldsOf(each, depth + 1)}`)
        .join(' ')} }`;
    return isObjectType(named) ? fieldsOf(named, depth) : '';
  };
  const fieldsOf = (type: GraphQLObjectType, depth: number): string => {
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < 7 || !isObjectType(getNamedType(field.type)),
    );
    const some = fields.filter(() => roll(Math.max(2, fields.length / 3)) === 0).slice(0, 6);
    const texts = some.map((field) => `${field.name}${withArguments(field.args)}${selection(field.type, depth + 1)}`);
    return ` { ${['__typename', ...texts].join(' ')} }`;
  };
  const kind = roll(3) === 0 ? 'mutation' : 'query';
  const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  const fields = Object.values(root?.getFields() ?? {});
  const field = fields[roll(fields.length)];
  if (!field) throw new Error('a root has fields');
  const body = `${field.name}${withArguments(field.args)}${selection(field.type, 1)}`;
  return { query: `${kind}${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${body} }`, variables };
}

const scraps = [
  '{',
  '}',
  '(',
  ')',
  '[',
  '"',
  '"""',
  '...',
  '@',
  '$',
  ':',
  '!',
  '\\u0000',
  '\u0000',
  '#',
  '\n',
  '💥',
  'query',
  'on',
  '...on Query',
  '@skip(if: true)',
  '__schema',
  '99999999999999999999',
  '-',
  '&',
];

function mutate(text: string, roll: Dice): string {
  const at = roll(text.length);
  const scrap = scraps[roll(scraps.length)] ?? '';
  const ways = [
    () => text.slice(0, at) + scrap + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1 + roll(10)),
    () => text.slice(0, at) + text.slice(at, at + 40).repeat(2) + text.slice(at + 40),
    () => text.slice(0, at),
  ];
  return (ways[roll(ways.length)] ?? (() => text))();
}

const leaks =
  /node_modules|\bat [\w.<>]+ \(|\/src\/|\bselect .{1,200} from |\binsert into |relation "|invalid input syntax|violates|ECONN(?:REFUSED|RESET)|TypeError|undefined \(/i;

test('whatever is asked, the answer has the shape of one, says nothing of the inside, and is no fault', async () => {
  const schema = buildGraph();
  let answered = 0;
  const send = async (seed: number): Promise<void> => {
    const roll = dice(seed);
    const { query, variables } = operation(schema, roll);
    const text = roll(3) === 0 ? mutate(query, roll) : query;
    const token = tokens[roll(tokens.length)];
    const ask = async () => {
      const began = performance.now();
      const answer = await world.post(token, text, variables);
      return { answer, slow: performance.now() - began > hangsMs };
    };
    const { answer, slow } = await ask();
    const said = JSON.stringify({ errors: answer.errors });
    const context = `${text}\n${JSON.stringify(variables)}\n${said}`;
    if (slow && (await ask()).slow) throw new Error(`took too long: ${context}`);
    if (answer.status >= 500 || said.includes('INTERNAL_SERVER_ERROR')) throw new Error(`a fault: ${context}`);
    const [leaked] = leaks.exec(said) ?? [];
    // What the caller wrote comes back in some mistakes, and may spell anything.
    if (leaked !== undefined && !`${text} ${JSON.stringify(variables)}`.includes(leaked))
      throw new Error(`a leak: ${context}`);
    if (answer.data === undefined && answer.errors.length === 0) throw new Error(`no answer: ${context}`);
    if (answer.data) answered += 1;
    for (const error of answer.errors)
      if (typeof error.message !== 'string' || !error.extensions.code) throw new Error(context);
  };
  await fc.assert(fc.asyncProperty(fc.integer(), send), { numRuns: runs, endOnFailure: true });
  // Else nothing was asked that reaches further than the gate.
  expect(answered).toBeGreaterThan(runs / 5);
}, 40_000_000);
