import { composeServices } from '@apollo/composition';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  buildASTSchema,
  buildSchema,
  type DocumentNode,
  type GraphQLField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  lexicographicSortSchema,
  parse,
  printSchema,
  visit,
} from 'graphql';
import acknowledged from '../../schema/acknowledged-changes.json';
import { buildGraph, printSubgraph } from '../../src/graphql/schema';
import { compose, publishedSubgraphs, type SubgraphSdl } from '../supergraph/composition';
import { readSdl } from '../supergraph/subgraph-sdl';
import { openQuestions, readAcknowledgements } from './breaking-changes';

const codesOf = (errors: readonly { extensions: Record<string, unknown> }[] | undefined): unknown[] =>
  errors?.map(({ extensions }) => extensions.code) ?? [];

/** As Apollo's own tools compose it. */
function composeByApollo(subgraphs: readonly SubgraphSdl[]) {
  return composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
}

// Where two teams describe the same thing in other words, either may win.
const undescribe = (document: DocumentNode): DocumentNode =>
  visit(document, { enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined) });

const publicSchema = (supergraph: string): string =>
  printSchema(
    lexicographicSortSchema(buildASTSchema(undescribe(transformSupergraphToPublicSchema(parse(supergraph))))),
  );

const withCampaign = (change: (sdl: string) => string): SubgraphSdl[] =>
  publishedSubgraphs().map((subgraph) =>
    subgraph.name === 'campaign' ? { ...subgraph, sdl: change(subgraph.sdl) } : subgraph,
  );

const contradicting = (sdl: string): string =>
  sdl.replace('type User @key(fields: "id") {', 'type User @key(fields: "id") {\n  email: Int!');

describe('the subgraphs', () => {
  it('compose to the supergraph that is checked in: npm run schema:emit writes it', () => {
    expect(compose(publishedSubgraphs())).toBe(readSdl('supergraph'));
  });

  it('give one graph to clients: people and notifications with our fields beside those of their own teams', () => {
    const supergraph = buildSchema(readSdl('supergraph'), { assumeValid: true });
    const fields = (type: string) =>
      Object.keys((supergraph.getType(type) as { getFields?(): object })?.getFields?.() ?? {});
    const ours = ['campaignMessages', 'eligibility', 'suppressions'];
    expect(fields('User')).toEqual(expect.arrayContaining(['name', 'notifications', ...ours]));
    expect(fields('Notification')).toEqual(expect.arrayContaining(['carrier', 'campaignMessage']));
    expect(fields('Subscription')).toEqual(expect.arrayContaining(['executionProgress', 'messageEvents']));
  });

  it("compose to the same graph by Apollo's own composition", () => {
    const { errors, supergraphSdl = '' } = composeByApollo(publishedSubgraphs());
    expect(errors).toBeUndefined();
    expect(publicSchema(supergraphSdl)).toBe(publicSchema(readSdl('supergraph')));
  });

  it('do not compose when ours says something else of a person than theirs, by either composition', () => {
    const wrong = withCampaign(contradicting);
    expect(() => compose(wrong)).toThrow('User.email');
    expect(codesOf(composeByApollo(wrong).errors)).toEqual(['FIELD_TYPE_MISMATCH', 'INVALID_FIELD_SHARING']);
  });
});

describe('a change that breaks clients', () => {
  const released = readSdl('released');

  it('is in schema/acknowledged-changes.json, with its reason', async () => {
    expect(await openQuestions(released, printSubgraph(), readAcknowledgements(acknowledged))).toEqual([]);
  });

  const breaking: [string, (sdl: string) => string][] = [
    ['FIELD_REMOVED Message.status', (sdl) => sdl.replace(/ {2}"""[^"]*"""\n {2}status: MessageStatus!\n/, '')],
    ['FIELD_TYPE_CHANGED Message.attempt', (sdl) => sdl.replace('attempt: Int!', 'attempt: Int')],
    [
      'TYPE_REMOVED ReasonCount',
      (sdl) => sdl.replace(/"""[^"]*"""\ntype ReasonCount \{[^}]*\}/, '').replaceAll('ReasonCount', 'Int'),
    ],
    ['ENUM_VALUE_REMOVED CampaignStatus.PAUSED', (sdl) => sdl.replace(/^ {2}PAUSED\n/m, '')],
    ['FIELD_ARGUMENT_ADDED Campaign.executions.by', (sdl) => sdl.replace('executions(', 'executions(by: Int!')],
    [
      'DIRECTIVE_USAGE_OBJECT_REMOVED Message.@key',
      (sdl) => sdl.replace('type Message @key(fields: "id")', 'type Message'),
    ],
  ];

  it.each(breaking)('such as %s is found unless it is acknowledged', async (name, change) => {
    const broken = change(released);
    expect(broken).not.toBe(released);
    expect(await openQuestions(released, broken, [])).toContain(name);
    const others = (await openQuestions(released, broken, [])).filter((other) => other !== name);
    const decision = { change: name, why: 'nobody asks for it any more' };
    expect(await openQuestions(released, broken, [decision])).toEqual(others);
  });

  it('that was acknowledged and is not there is told: the list stays true', async () => {
    const decision = { change: 'FIELD_REMOVED Query.campaign', why: 'nobody asks for it any more' };
    expect(await openQuestions(released, released, [decision])).toEqual(['not there: FIELD_REMOVED Query.campaign']);
  });

  it('is none of those that only add', async () => {
    const more = released.replace('type Message @key', 'type Another { id: ID! }\n\ntype Message @key');
    expect(await openQuestions(released, more, [])).toEqual([]);
  });
});

describe('the subgraph', () => {
  it('is the one that is checked in: npm run schema:emit writes it', () => {
    expect(printSubgraph()).toBe(readSdl('campaign'));
  });

  it.each(['Campaign', 'Variant', 'Audience', 'Execution', 'Message', 'User', 'Notification'])(
    'has the entity %s',
    (name) => {
      expect(printSubgraph()).toMatch(new RegExp(`^type ${name} @key\\(fields: "id"\\)`, 'm'));
    },
  );

  it('describes every type, field, argument and value', () => {
    const ours = Object.values(buildGraph().getTypeMap()).filter(
      ({ name }) => !/^_|^(String|Int|Float|Boolean|ID|Any)$/.test(name),
    );
    expect(ours.flatMap(undescribed)).toEqual([]);
  });

  it('gives enum values their own names, so that defaults keep their meaning', () => {
    const enums = Object.values(buildGraph().getTypeMap())
      .filter(isEnumType)
      .filter(({ name }) => !name.startsWith('__'));
    for (const values of enums) for (const { name, value } of values.getValues()) expect(value).toBe(name);
  });
});

const roots = new Set(['Query', 'Mutation', 'Subscription', 'FieldSet', 'link__Import', 'link__Purpose']);

function undescribed(type: GraphQLNamedType): string[] {
  if (/__/.test(type.name)) return [];
  const own = type.description || roots.has(type.name) ? [] : [type.name];
  if (!isObjectType(type) && !isInputObjectType(type)) return own;
  const fields = Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
  return [...own, ...fields.flatMap((field) => undescribedField(type.name, field as GraphQLField<unknown, unknown>))];
}

function undescribedField(type: string, field: GraphQLField<unknown, unknown>): string[] {
  const own = field.description ? [] : [`${type}.${field.name}`];
  const args = (field.args ?? []).filter((arg) => !arg.description);
  return [...own, ...args.map((arg) => `${type}.${field.name}(${arg.name})`)];
}
