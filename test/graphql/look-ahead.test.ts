import { type ExecutionResult, type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { createCompiledDocuments } from '../../src/graphql/compiled-documents';
import { figureColumns } from '../../src/metrics/ledger-cell';
import { openTwoExecutors, schema, type TwoExecutors } from './two-executors';

let graph: TwoExecutors;
beforeAll(async () => {
  graph = await openTwoExecutors();
  const { dispatcher } = graph.database;
  for (const said of [everythingSaid, furtherRuns, furtherCells, everyFigure])
    await dispatcher.query(said, [graph.ours.orgNo]);
});
afterAll(() => graph.close());

// Each moment and word another one, so that none can stand in for another.
const everythingSaid = `update campaign.campaign set description = 'about ' || name, purpose = 'LOYALTY',
  paused_from = 'running', approval = 'approved', throttle = '{"perMinute": 60}',
  approval_record = '{"submittedBy": "usr_1", "submittedAt": "2026-11-01T00:00:00Z"}',
  schedule = '{"at": "2026-12-01T08:00:00.123456Z", "missed": "late", "waitsForPlace": true}',
  delivery = '{"trackOpens": false, "trackClicks": false, "expiresAfterHours": 5, "onQuietHours": "SKIP", "channelStrategy": "ALL"}',
  conversion_goals = '[{"eventType": "site.visit", "windowDays": 7}]', holdout_percentage = 12.5,
  budget = '{"amount": "10.00", "currency": "EUR", "costPerMessage": {"email": "0.01"}}', priority = 3,
  tags = array['a', 'b "quoted"'], metadata = '{"deep": [1, {"b": null}]}', version = 9,
  start_at = '2026-11-02T00:00:00Z', end_at = '2027-11-03T00:00:00Z', created_by = 'maker', updated_by = 'changer',
  created_at = '2026-11-04T10:00:00.123456Z', updated_at = '2026-11-05T00:00:00.654321Z', paused_by = 'pauser',
  paused_at = '2026-11-06T00:00:00Z', pause_reason = 'rain', cancelled_by = 'canceller',
  cancelled_at = '2026-11-07T00:00:00Z', cancel_reason = 'snow', started_at = '2026-11-08T00:00:00Z',
  completed_at = '2026-11-09T00:00:00Z', cloned_from = 'cmp_other'
where org_no = $1 and id = 'cmp_ours'`;

// Of each campaign two more, the last of them a test, whose figures are in no total.
const furtherRuns = `insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, plan,
  status, upper_contact_no, cursor_contact_no, audience_closed, created_at, started_at, completed_at)
select campaign.next_exec_no(created_at), id || '_' || more, org_no, campaign_no, case more when 2 then 4 else 0 end,
  'more-' || more, plan, 'completed', 0, 0, true, created_at, started_at, started_at + interval '1 hour'
from campaign.execution, generate_series(1, 2) more where org_no = $1 order by exec_no, more`;

const furtherCells = `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, people)
select e.exec_no, v, 1, g, '2026-11-20T10:00:00Z', e.org_no, 1
from campaign.execution e, generate_series(1, 2) v, generate_series(0, 1) g where e.org_no = $1 on conflict do nothing`;

// Each figure of each cell another number; outcomes are counted in cells of their own.
const value = (place: number) => `${place + 1} * (exec_no % 1000 * 7 + variant_no * 3 + 1)`;
const everyFigure = `update campaign.counter set ${Object.values(figureColumns)
  .map((column, place) => `${column} = case goal when 0 then ${value(place)} else 0 end`)
  .join(', ')}, outcomes = goal * ${value(30)}, outcome_events = goal * ${value(31)} where org_no = $1`;

/** A field with all leaves that it has beneath, two levels deep; nothing where an argument is needed. */
function written(type: GraphQLObjectType, name: string, levels: number): string | undefined {
  const field = type.getFields()[name];
  if (!field || field.args.some(({ type: wanted }) => String(wanted).endsWith('!') && name !== 'executions')) return '';
  const named = getNamedType(field.type);
  if (isLeafType(named)) return name;
  if (!isObjectType(named) || levels === 0) return undefined;
  const beneath = Object.keys(named.getFields()).map((one) => written(named, one, levels - 1));
  const fields = beneath.filter((one) => one !== undefined && one !== '');
  return fields.length > 0 ? `${name} { ${fields.join(' ')} }` : undefined;
}

const fieldsOf = (type: string): string[] => {
  const named = schema.getType(type);
  if (!isObjectType(named)) throw new Error(`${type} is no type of the schema`);
  return Object.keys(named.getFields()).flatMap((name) => written(named, name, 3) || []);
};

const campaigns = (selection: string) => `query ($first: Int!, $after: String) {
  campaigns(first: $first, after: $after) { edges { cursor node { ${selection} } } pageInfo { hasNextPage endCursor } } }`;
const executions = (selection: string) =>
  campaigns(`executions(first: $first) { edges { cursor node { ${selection} } } pageInfo { hasNextPage } }`);

const figures = fieldsOf('CampaignMetrics').filter((field) => !field.startsWith('rates'));
const rates = fieldsOf('MetricRates').map((rate) => `rates { ${rate} }`);

const documents = {
  ...Object.fromEntries(
    ['__typename', ...fieldsOf('Campaign')].map((field) => [`Campaign.${field.split(' ')[0]}`, campaigns(field)]),
  ),
  ...Object.fromEntries(fieldsOf('Execution').map((field) => [`Execution.${field.split(' ')[0]}`, executions(field)])),
  ...Object.fromEntries([...figures, ...rates].map((one) => [`metrics ${one}`, campaigns(`metrics { ${one} }`)])),
  'figures of two places': campaigns('metrics { sent } clonedFrom { metrics { delivered outcomes { people } } }'),
  'figures under two names': campaigns('metrics { sent } more: metrics { delivered rates { open } }'),
  'figures by variant beside those of all': campaigns('metrics { sent } variantMetrics { name metrics { sent } }'),
  'lists of two sizes': campaigns(
    'few: executions(first: 1) { edges { node { id } } } executions { edges { node { round kind } } }',
  ),
  'fields of fragments': `query ($first: Int!) { campaigns(first: $first) { edges { node { ...Some ... { name } } } } }
    fragment Some on Campaign { id variants { name } executions(first: 1) { edges { node { ...Run } } } }
    fragment Run on Execution { status reconciliation { sent balanced skippedByReason { reason count } } }`,
  'the list at two places': `query ($first: Int!) { campaigns(first: $first) { edges { node { id } } }
    all: campaigns(first: 5) { edges { node { name executions(first: 1) { edges { node { id } } } } } } }`,
};

describe('what is read ahead', () => {
  test.each(Object.entries(documents))('%s is what is read when asked for', async (_, query) => {
    const [, viewer] = graph.viewers;
    const compile = createCompiledDocuments(schema, { worthwhileAfter: 0 });
    // Whatever fails is answered by the interpreter: then nothing would have been compared.
    let errors: unknown = 'not compiled';
    const compiling = graph.server((operation) => {
      const found = compile(operation);
      return found && { ...found, run: async (...args) => remember(await found.run(...args)) };
    });
    const remember = (result: ExecutionResult) => {
      errors = result.errors;
      return result;
    };
    for (const variables of [{ first: 1 }, { first: 20 }, { first: 1, after: cursorAt(graph.ours.campaignNo + 1) }]) {
      const answer = await graph.answer(compiling, { query, variables }, viewer);
      expect(answer).toEqual(await graph.answer(graph.server(), { query, variables }, viewer));
      expect({ ofCompiled: errors, told: answer.errors }).toEqual({ ofCompiled: undefined, told: [] });
    }
  });
});

const cursorAt = (key: number): string => Buffer.from(JSON.stringify([key])).toString('base64url');
