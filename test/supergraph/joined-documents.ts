/** What a supergraph is for: one question, three teams' answers. */
export const joinedQuery = `query Joined($id: ID!) {
  campaign(id: $id) {
    name
    executions(first: 1) { edges { node { messages(first: 20) { edges { node {
      id
      status
      recipient { id name email }
      notification { id medium carrier receiver { name } }
    } } } } } }
  }
}`;

/** From the users' side into ours. */
export const userQuery = `query OfUser($id: ID!) {
  user(id: $id) { name campaignMessages(first: 5) { edges { node { id status variant { id } execution { id } } } } }
}`;

/** From the notifications' side into ours, and on to the users'. */
export const notificationQuery = `query OfNotification($id: ID!) {
  notification(id: $id) { carrier campaignMessage { id status recipient { name } } }
}`;

/** What campaigns think of a person, asked where people are. */
export const standingQuery = `query Standing($id: ID!, $campaign: ID!) {
  user(id: $id) {
    name
    eligibility(campaignId: $campaign) { wouldBeSent reason gates { gate result } }
    suppressions { reason channel since }
  }
}`;

/** A person's name beside each event. */
export const eventsSubscription = `subscription Events($execution: ID!) {
  messageEvents(executionId: $execution) {
    skipped
    events { kind message { id recipient { name } notification { carrier } } }
  }
}`;

/** The names of the first recipients beside the state of the whole. */
export const progressSubscription = `subscription Progress($execution: ID!) {
  executionProgress(executionId: $execution) {
    status
    metrics { sent opened }
    execution { messages(first: 2) { edges { node { recipient { id name } } } } }
  }
}`;

/** Answered by one subgraph, so a gateway may change nothing about them. */
export const ownQueries: readonly string[] = [
  '{ campaigns(first: 2) { pageInfo { hasNextPage endCursor } edges { cursor node { id name status createdAt tags } } } }',
  '{ execution(id: "exe_joined") { id status kind metrics { sent rates { open } } reconciliation { audience balanced } } }',
  '{ execution(id: "exe_joined") { messages(first: 3, dispositions: [SENT]) { edges { node { id status sentAt channel } } } } }',
  '{ campaign(id: "cmp_joined") { variantMetrics { name metrics { sent } } channelMetrics { channel metrics { audience } } } }',
  '{ explain(campaignId: "cmp_joined", userId: "joined-2") { message { id } gates { gate result reason seen } } }',
  'query A { experimentAnalysis(campaignId: "cmp_joined") { arms { name sent goals { goal } } tests { goal pValue } } }',
  'query B { ...Of } fragment Of on Query { one: campaign(id: "cmp_joined") { name } two: campaign(id: "cmp_joined") { id } }',
];
