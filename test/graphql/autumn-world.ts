import { expandStep } from '../../src/dispatch/expand';
import { complete, findFinished } from '../../src/dispatch/sweep';
import type { TokenRequest } from '../../src/identity/token';
import type { DeliveryWorld } from '../delivery/delivery-world';
import { deliver } from '../execution/retry-world';
import { tellNews } from './autumn-news';
import { type Answer, type GraphWorld, openGraphWorld } from './graph-world';

export const organizationId = 'org_shop';

/** The shop's customers: who gets which e-mail is an attribute, so every figure is the same each time. */
const customers = [
  ...['ada', 'ben', 'cleo', 'dora', 'emil'].map((name) => customer(name, 'Early')),
  ...['finn', 'gina', 'hugo', 'ida', 'jens'].map((name) => customer(name, 'Late')),
  ...['kira', 'leo'].map((name) => customer(name, 'None')),
  { ...customer('mona', 'Early'), emailOptedIn: false },
  { ...customer('nils', 'Late'), email: undefined },
  { ...customer('oana', 'Late'), country: 'RO' },
];

function customer(name: string, arm: string) {
  const firstName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const email: string | undefined = `${name}@example.com`;
  return { externalId: name, firstName, email, emailOptedIn: true, country: 'DE', attributes: { arm } };
}

/** What the shop begins with: inputs of mutations. */
export const autumn = {
  settings: {
    postalAddress: 'Main Street 1, 10115 Berlin',
    limits: { enabled: false },
    quietHours: { enabled: false },
  },
  contacts: { contacts: customers, idempotencyKey: 'autumn-customers' },
  segment: { name: 'Customers in Germany', rules: { field: 'country', operator: 'equals', value: 'DE' } },
  campaign: (segmentId: string, name = 'Autumn sale') => ({
    name,
    tags: ['autumn'],
    audiences: [{ segmentId }],
    assignment: { kind: 'ATTRIBUTE', field: 'attributes.arm' },
    conversionGoals: [{ eventType: 'order.completed', valueField: 'value', windowDays: 7 }],
    variants: [
      { name: 'Early bird', attributeValue: 'Early', email: { content: content('Early birds first') } },
      { name: 'Last chance', attributeValue: 'Late', email: { content: content('Your last chance') } },
      { name: 'No e-mail', attributeValue: 'None', isControl: true },
    ],
  }),
} as const;

function content(subject: string) {
  return { subject, html: '<p>Hello {{ first_name }}</p><a href="{{ unsubscribe_url }}">No more of these</a>' };
}

export interface AutumnWorld {
  readonly graph: GraphWorld;
  /** Asks as somebody of the shop; an administrator where nothing is said. */
  ask(query: string, variables?: object, as?: Partial<TokenRequest>): Promise<Answer>;
  /** Judges and sends to everybody of an execution, as dispatcher and senders do; the provider refuses `dora`. */
  send(executionId: string): Promise<void>;
  /** Then come the provider's receipts and the shop's orders. */
  hear(executionId: string): Promise<void>;
  close(): Promise<void>;
}

/** The graph, and a shop that has nothing yet. */
export async function openAutumnWorld(): Promise<AutumnWorld> {
  const graph = await openGraphWorld();
  return {
    graph,
    ask: async (query, variables, as) =>
      graph.post(await graph.token(organizationId, { role: 'admin', ...as }), query, variables),
    send: (executionId) => send(graph, executionId),
    hear: (executionId) => tellNews(graph, organizationId, executionId),
    close: () => graph.close(),
  };
}

async function send({ ledger }: GraphWorld, executionId: string): Promise<void> {
  const [{ exec_no: execNo }] = (await ledger.query('select exec_no from campaign.execution where id = $1', [
    executionId,
  ])) as [{ exec_no: number }];
  while (!(await expandStep(ledger, { execNo, batch: 100, chunkSize: 100 })).closed);
  const refused = await ledger.query<{ seq: number }>(
    `select seq from campaign.message join campaign.contact using (contact_no) where exec_no = $1 and external_id = 'dora'`,
    [execNo],
  );
  await deliver(senderOf(ledger), execNo, (seq) => (refused.some((row) => row.seq === seq) ? 'failed' : 'sent'));
  await complete(ledger, await findFinished(ledger));
}

/** What sends in these tests sees one database by all its names. */
const senderOf = (ledger: GraphWorld['ledger']): DeliveryWorld => ({
  database: { url: '', owner: ledger, app: ledger, dispatcher: ledger, close: async () => {} },
  sender: ledger,
  get now() {
    return new Date();
  },
  pass: () => {},
  close: async () => {},
});
