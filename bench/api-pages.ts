import { EXECUTIONS } from './api-ledger';

/** One page of a dashboard: what it asks, and with what as often as it is opened. */
export interface ApiPage {
  readonly query: string;
  /** Variables of the n-th request; each is of its own place in the ledger. */
  readonly variables: (n: number, campaigns: number) => Readonly<Record<string, unknown>>;
}

/** Items of a list page. */
export const LIST_SIZE = 40;

const figures = 'sent delivered opened clicked bounced unsubscribed';
const account = `audience people sent unknown failed skipped heldOut control cancelled balanced
  skippedByReason { reason count }`;

const anyCampaign = (n: number, campaigns: number): number => ((n * 7_919) % campaigns) + 1;

// A cursor is opaque to clients; a benchmark that follows pages from anywhere makes its own.
const cursorAt = (key: number): string => Buffer.from(JSON.stringify([key])).toString('base64url');

/** The pages that people look at most. */
export const apiPages: Readonly<Record<string, ApiPage>> = {
  list: {
    query: `query List($first: Int!, $after: String) { campaigns(first: $first, after: $after) {
      edges { cursor node { id name status type purpose tags createdAt updatedAt version allowedActions } }
      pageInfo { hasNextPage endCursor } } }`,
    variables: (n, campaigns) => ({ first: LIST_SIZE, after: cursorAt(anyCampaign(n, campaigns) + LIST_SIZE) }),
  },
  nested: {
    query: `query Nested($first: Int!, $after: String) { campaigns(first: $first, after: $after) {
      edges { node { id name status createdAt variants { id name isControl allocation }
        metrics { ${figures} rates { delivery open click clickToOpen } }
        executions(first: ${EXECUTIONS}) { edges { node { id status startedAt completedAt reconciliation { ${account} } } } } } }
      pageInfo { hasNextPage endCursor } } }`,
    variables: (n, campaigns) => ({ first: LIST_SIZE, after: cursorAt(anyCampaign(n, campaigns) + LIST_SIZE) }),
  },
  detail: {
    query: `query Detail($id: ID!) { campaign(id: $id) { id name description status tags createdAt updatedAt allowedActions
      variants { id name isControl allocation channels { id kind email { subject } } }
      conversionGoals { eventType windowDays } executions(first: ${EXECUTIONS}) { edges { node { id status reconciliation { ${account} }
        messages(first: 20) { edges { node { id status sentAt openedAt recipient { id } variant { name } } } } } } } } }`,
    variables: (n, campaigns) => ({ id: `cmp_${anyCampaign(n, campaigns)}` }),
  },
  metrics: {
    query: `query Metrics($id: ID!) { campaignMetrics(campaignId: $id) { cursor
      metrics { ${figures} outcomes { goal people rate } rates { delivery open click bounce unsubscribe complaint } }
      variantMetrics { name metrics { ${figures} rates { delivery open click } } }
      channelMetrics { channel metrics { ${figures} } } campaign { id name status } } }`,
    variables: (n, campaigns) => ({ id: `cmp_${anyCampaign(n, campaigns)}` }),
  },
};
