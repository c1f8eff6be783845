import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  parse,
} from 'graphql';
import { buildGraph, printSubgraph } from '../../src/graphql/schema';

const link = (...names: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(names)})`;

const users = `${link('@key', '@shareable')}
  type Query { me: User users(first: Int! = 20): UserConnection! }
  type User @key(fields: "id") { id: ID! email: String name: String }
  type UserEdge { cursor: String! node: User! }
  type UserConnection { edges: [UserEdge!]! pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }`;

const notifications = `${link('@key')}
  type Query { notification(id: ID!): Notification }
  type Notification @key(fields: "id") { id: ID! channel: String! status: String! recipient: User }
  type User @key(fields: "id") { id: ID! notifications: [Notification!]! }`;

const compose = (campaign: string) =>
  composeServices([
    { name: 'campaign', typeDefs: parse(campaign) },
    { name: 'users', typeDefs: parse(users) },
    { name: 'notifications', typeDefs: parse(notifications) },
  ]);

describe('the subgraph', () => {
  it('composes with the users and the notifications subgraph', () => {
    const { errors, supergraphSdl } = compose(printSubgraph());
    expect(errors).toBeUndefined();
    const supergraph = buildSchema(String(supergraphSdl), { assumeValid: true });
    const fields = (type: string) =>
      Object.keys((supergraph.getType(type) as { getFields?(): object })?.getFields?.() ?? {});
    expect(fields('User')).toEqual(expect.arrayContaining(['email', 'notifications', 'campaignMessages']));
    expect(fields('Notification')).toEqual(expect.arrayContaining(['status', 'campaignMessage']));
    expect(fields('Subscription')).toEqual(expect.arrayContaining(['executionProgress', 'campaignMetrics']));
  });

  it('would not compose if it said something else of a person than the others do', () => {
    const { errors } = compose(printSubgraph().replace('type User @key(fields: "id") {', '$& email: Int! '));
    expect(errors?.length).toBeGreaterThan(0);
  });

  it('is the one that is checked in: npm run schema:emit writes it', () => {
    expect(printSubgraph()).toBe(readFileSync(join(__dirname, '../../schema/campaign.graphql'), 'utf8'));
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
