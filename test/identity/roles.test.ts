import 'reflect-metadata';
import { buildGraph } from '../../src/graphql/schema';
import { readPermissions } from '../../src/identity/permission-table';
import { permissions } from '../../src/identity/permissions';
import { may, ROLES, type Role } from '../../src/shared/viewer';
import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';
import { connectClient } from '../graphql/ws-client';
import { documentOf, entityTypes, type GeneratedDocument, referenceTo, rootFields } from './document-generator';
import { buildTenant, type Tenant } from './tenant-builder';

const schema = buildGraph();
const table = readPermissions(permissions);
const typeNames = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

let world: GraphWorld;
let tenant: Tenant;
let tokens: Record<Role, string>;

beforeAll(async () => {
  world = await openGraphWorld();
  tenant = await buildTenant(world, 'roles');
  const signed = ROLES.map(async (role) => [role, await world.token(tenant.organizationId, { role })]);
  tokens = Object.fromEntries(await Promise.all(signed));
});
afterAll(() => world.close());

function isForbidden(answer: unknown): boolean {
  const text = JSON.stringify(answer);
  // Refused for its shape, or broken: then it would say nothing about roles.
  expect(text).not.toMatch(/VALIDATION_FAILED|BAD_USER_INPUT|INTERNAL_SERVER_ERROR/);
  return text.includes('FORBIDDEN');
}

/** For each role whether it got further than its role. */
async function whoMay(ask: (token: string) => Promise<unknown>): Promise<Record<string, boolean>> {
  const answers = ROLES.map(async (role) => [role, !isForbidden(await ask(tokens[role]))]);
  return Object.fromEntries(await Promise.all(answers));
}

function expectedOf(type: string, field: string): Record<string, boolean> {
  const right = table.rightFor(type, field);
  return Object.fromEntries(ROLES.map((role) => [role, right !== undefined && may({ role }, right)]));
}

async function subscribeOnce(token: string, { query, variables }: GeneratedDocument): Promise<unknown> {
  const client = connectClient(world.url, token);
  const answer = await client.follow(query, variables).next();
  await client.close();
  return answer;
}

describe('each role', () => {
  const roots = rootFields(schema).map((root) => ({ root, name: `${typeNames[root.operation]}.${root.field.name}` }));

  // Some need one of two ids; one that nobody has is enough to see who gets as far as looking for it.
  it.each(roots)('may do with $name what the table says', async ({ root }) => {
    const { query, variables } = documentOf(root, { campaignId: 'cmp_never' });
    const ask = (token: string) =>
      root.operation === 'subscription'
        ? subscribeOnce(token, { query, variables })
        : world.post(token, query, variables);
    expect(await whoMay(ask)).toEqual(expectedOf(typeNames[root.operation], root.field.name));
  });

  it.each(entityTypes(schema))('may fetch a %s by reference when it may read its id', async (type) => {
    const { query, variables } = referenceTo(schema, type, tenant.ids[type.toLowerCase()] ?? 'id_never');
    expect(await whoMay((token) => world.post(token, query, variables))).toEqual(expectedOf(type, 'id'));
  });

  it('is told which field it may not use', async () => {
    const query = 'mutation { approveCampaign(input: { id: "x" }) { userErrors { code } } }';
    const { data, errors } = await world.post(tokens.editor, query);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message: 'the role editor may not use Mutation.approveCampaign', extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});
