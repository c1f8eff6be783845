import 'reflect-metadata';
import { isEnumType, isObjectType } from 'graphql';
import { buildGraph } from '../../src/graphql/schema';
import { GATEWAY_HEADER, signGatewayIdentity } from '../../src/identity/gateway-identity';
import {
  documentOf,
  entityTypes,
  type GeneratedDocument,
  referenceTo,
  rootFields,
} from '../identity/document-generator';
import { buildTenant, type Tenant } from '../identity/tenant-builder';
import { type Answer, type GraphWorld, openGraphWorld, post, type ServedGraph } from './graph-world';

const schema = buildGraph();
const gateway = 'a-secret-of-a-gateway-with-32-bytes-or-more';
let world: GraphWorld;
let served: ServedGraph;
let tenant: Tenant;
let headers: Record<string, string>;
let provoked = 0;

beforeAll(async () => {
  world = await openGraphWorld();
  served = await world.serveProduction({ gatewaySecrets: [gateway] });
  tenant = await buildTenant(world, 'provoking');
  const caller = { organizationId: tenant.organizationId, userId: 'usr_eve', roles: ['admin'] };
  headers = { [GATEWAY_HEADER]: await signGatewayIdentity(gateway, new Date(), caller) };
});
afterAll(async () => {
  await served.close();
  await world.close();
});

/** Names of the inside: of tables and their columns, of places in the code and on the machine, of PostgreSQL's own words. */
const inside =
  /node_modules|\bat [\w.<>]+ \(|\/src\/|\/work|\.(?:js|ts)\b|campaign\.[a-z_]+|relation|column|constraint|permission denied|syntax|select |insert |postgres|127\.0\.0\.1|localhost|ECONN|_no\b|pg_|57P01|42P01|42703/i;

const ask = ({ query, variables }: GeneratedDocument): Promise<Answer> =>
  post(served.url, undefined, JSON.stringify({ query, variables }), headers);

const idOf = (type: string): string => tenant.ids[type.toLowerCase()] ?? 'id_never';

/** Everything that can be asked over HTTP: each root field with what it needs, each entity by reference. */
function everything(): GeneratedDocument[] {
  const given = {
    id: tenant.ids.campaign ?? '',
    campaignId: tenant.ids.campaign ?? '',
    'input.id': tenant.ids.campaign ?? '',
  };
  const roots = rootFields(schema).filter(({ operation }) => operation !== 'subscription');
  return [
    ...roots.map((root) => documentOf(root, given)),
    ...entityTypes(schema).map((type) => referenceTo(schema, type, idOf(type))),
  ];
}

function judge(document: GeneratedDocument, answer: Answer): void {
  const said = JSON.stringify(answer.errors.map((error) => ({ ...error, locations: undefined })));
  const context = `${document.query}\n${said}`;
  if (answer.errors.length === 0) return;
  provoked += 1;
  if (inside.test(said)) throw new Error(`tells of the inside: ${context}`);
  for (const { message, extensions } of answer.errors) {
    if (extensions.code !== 'INTERNAL_SERVER_ERROR') continue;
    if (message !== 'something went wrong' || !extensions.requestId)
      throw new Error(`a fault without its id: ${context}`);
  }
}

const tables = [
  ...['campaign', 'variant', 'audience', 'segment', 'execution', 'message', 'counter', 'contact', 'organization'],
  ...['outbox', 'audit_intake', 'idempotency_key'],
];
const asOwner = (statements: readonly string[]) =>
  world.ledger.transaction(async (tx) => {
    await tx.query('set local role none');
    for (const sql of statements) await tx.query(sql);
  });

/** Ways to break what is under the graph, and to mend it again. */
const breakages: Record<string, { break: () => Promise<unknown>; mend: () => Promise<unknown> }> = {
  'its tables are gone': {
    break: () => asOwner(tables.slice(0, 9).map((name) => `alter table campaign.${name} rename to ${name}_gone`)),
    mend: () => asOwner(tables.slice(0, 9).map((name) => `alter table campaign.${name}_gone rename to ${name}`)),
  },
  'it may not read or write them': {
    break: () => asOwner(['revoke usage on schema campaign from campaign_app']),
    mend: () => asOwner(['grant usage on schema campaign to campaign_app']),
  },
  'a column is gone': {
    break: () =>
      asOwner(tables.slice(0, 9).map((name) => `alter table campaign.${name} rename column org_no to org_gone`)),
    mend: () =>
      asOwner(tables.slice(0, 9).map((name) => `alter table campaign.${name} rename column org_gone to org_no`)),
  },
  'what is kept makes no sense': {
    break: () =>
      asOwner([
        `update campaign.campaign set throttle = '7', schedule = '"x"', conversion_goals = '7', delivery = '[7]' where name like 'provoking%'`,
        `update campaign.execution set plan = '{"goals": 7, "variants": 7}' where id like '%provoking%'`,
      ]),
    mend: async () => undefined,
  },
};

describe('a failure in production tells of nothing but its request', () => {
  it.each(Object.entries(breakages))('when %s', async (_, { break: hurt, mend }) => {
    const documents = everything();
    await hurt();
    try {
      for (const document of documents) judge(document, await ask(document));
    } finally {
      await mend();
    }
  });

  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  const guesses = [
    ...types.filter(isObjectType).map(({ name }) => `{ ${name.toLowerCase()}x { id } }`),
    ...types.filter(isEnumType).map(({ name }) => `query ($v: ${name}x) { __typename }`),
    ...types.filter(isObjectType).map(({ name }) => `{ campaign(id: "x") { ...on ${name}s { id } } }`),
    ...Object.keys(schema.getMutationType()?.getFields() ?? {}).map(
      (name) => `mutation { ${name}(inputs: {}) { nothing } }`,
    ),
  ];
  it('nor when somebody guesses at names: a mistake names what was asked, and nothing near it', async () => {
    for (const query of guesses) {
      const answer = await ask({ query, variables: {} });
      expect(answer.errors.length).toBeGreaterThan(0);
      expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean|perhaps/i);
      provoked += 1;
    }
  });

  it('nor by what it says of types that a gateway would ask for', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const said = async (typename: unknown) => {
      const { data, errors } = await ask({ query, variables: { r: [{ __typename: typename, id: 'x' }] } });
      provoked += 1;
      return JSON.stringify({ data, errors });
    };
    const [unknown, ...others] = await Promise.all(
      ['Nothing', 'Campaign', 'CampaignThrottle', 'Query', 'AuditEntry', '__Schema', '__proto__', 'constructor'].map(
        said,
      ),
    );
    expect(new Set(others)).toEqual(new Set([unknown]));
  });

  it('three hundred times and more', () => expect(provoked).toBeGreaterThanOrEqual(300));
});
