import 'reflect-metadata';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  printSchema,
} from 'graphql';
import { Query, Resolver } from 'type-graphql';
import { nouns } from '../../src/graphql/nouns';
import { buildGraph } from '../../src/graphql/schema';
import { authorize } from '../../src/identity/authorization';
import { readPermissions } from '../../src/identity/permission-table';
import { permissions } from '../../src/identity/permissions';
import { DomainError } from '../../src/shared/errors';
import { may, ROLES, type Role } from '../../src/shared/viewer';

const table = readPermissions(permissions);

type Field = GraphQLField<unknown, unknown>;

function fieldsOf(schema: GraphQLSchema): { place: string; field: Field }[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !/^__/.test(type.name));
  return types.flatMap((type) =>
    Object.values(isObjectType(type) ? type.getFields() : {}).map((field) => ({
      place: `${type.name}.${field.name}`,
      field,
    })),
  );
}

/** The graph's types with resolvers that only tell that they were reached. */
function buildHollowGraph(): GraphQLSchema {
  const schema = buildSchema(printSchema(buildGraph()));
  for (const { field } of fieldsOf(schema)) field.resolve = field.subscribe = async () => 'reached';
  return schema;
}

async function isReached({ resolve, subscribe }: Field, role: Role): Promise<boolean> {
  const viewer = { role, organizationId: 'o', organizationNo: 1, userId: 'u' };
  const outcomes = [resolve, subscribe].map(async (ask) => {
    try {
      return (await ask?.({}, {}, { viewer }, {} as GraphQLResolveInfo)) === 'reached';
    } catch (error) {
      if (error instanceof DomainError && error.code === 'FORBIDDEN') return false;
      throw error;
    }
  });
  const [resolved, subscribed] = await Promise.all(outcomes);
  if (resolved !== subscribed) throw new Error('a field is guarded on one of its two sides');
  return resolved === true;
}

/** The table without one row. */
const without = (place: string) => ({
  rows: table.rows,
  rightFor: (type: string, field: string) => (`${type}.${field}` === place ? undefined : table.rightFor(type, field)),
});

describe('the permission table', () => {
  it('is what every field of the schema does for every role', async () => {
    const fields = fieldsOf(authorize(buildHollowGraph(), table));
    expect(fields.length).toBeGreaterThan(300);
    for (const { place, field } of fields) {
      const [type = '', name = ''] = place.split('.');
      const right = table.rightFor(type, name);
      const expected = Object.fromEntries(ROLES.map((role) => [role, right !== undefined && may({ role }, right)]));
      const reached = await Promise.all(ROLES.map(async (role) => [role, await isReached(field, role)]));
      expect({ place, ...Object.fromEntries(reached) }).toEqual({ place, ...expected });
    }
  });

  it.each([
    'Query.campaign',
    'Mutation.createSegment',
    'Campaign.name',
    'Message.recipient',
    'Subscription.campaignChanged',
  ])('without its row %s keeps the schema from being built', (place) => {
    expect(() => buildGraph(nouns, without(place))).toThrow(place);
  });

  it('a new field that nobody listed keeps the schema from being built', () => {
    @Resolver()
    class Newcomer {
      @Query(() => String, { description: 'New.' })
      newcomer(): string {
        return 'seen';
      }
    }
    const graphs = [...nouns, { resolvers: [Newcomer], references: {} }];
    expect(() => buildGraph(graphs)).toThrow('Query.newcomer');
  });

  it('a field without a row is forbidden to every role, should such a schema be served all the same', async () => {
    const schema = authorize(buildHollowGraph(), without('Campaign.name'));
    const name = fieldsOf(schema).find(({ place }) => place === 'Campaign.name');
    if (name === undefined) throw new Error('a campaign has no name');
    for (const role of ROLES) expect(await isReached(name.field, role)).toBe(false);
  });

  it('has no row of a field that is gone, and none twice', () => {
    const places = new Set(fieldsOf(buildGraph()).map(({ place }) => place));
    expect(table.rows.filter((place) => !places.has(place))).toEqual([]);
    expect(() => readPermissions({ Campaign: { look: 'name', edit: 'name' } })).toThrow('Campaign.name has two rows');
  });

  it('lets viewers change nothing, services approve nothing, and administrators alone change settings', () => {
    const mutations = table.rows
      .filter((place) => place.startsWith('Mutation.'))
      .map((place) => place.split('.')[1] ?? '');
    const allowed = (role: Role) =>
      mutations.filter((name) => may({ role }, table.rightFor('Mutation', name) ?? 'administer'));
    expect(allowed('viewer')).toEqual([]);
    expect(allowed('admin')).toEqual(mutations);
    expect(allowed('service')).toEqual(allowed('editor'));
    expect(allowed('editor')).not.toContain('approveCampaign');
    expect(allowed('approver')).toContain('approveCampaign');
    expect(allowed('approver')).not.toContain('updateOrganizationSettings');
  });
});
