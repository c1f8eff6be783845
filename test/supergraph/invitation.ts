export interface Invitation {
  readonly gateway: string;
  readonly token: string;
  readonly sentId: string;
  readonly draftId: string;
}

/** What somebody needs to look around. */
export const invitation = ({ gateway, token, sentId, draftId }: Invitation): string => `
gateway   ${gateway} (open it in a browser: GraphiQL)

A header for an administrator, valid for 12 hours:
  {"authorization": "Bearer ${token}"}

A query to paste; the names are the user subgraph's, the carriers the notification subgraph's:
  query {
    campaign(id: "${sentId}") {
      name
      executions(first: 1) { edges { node { messages(first: 5, dispositions: [SENT]) { edges { node {
        status
        recipient { name email }
        notification { carrier }
      } } } } } }
    }
  }

A subscription to paste, with a person beside each event:
  subscription {
    messageEvents(campaignId: "${draftId}") {
      skipped
      events { kind at message { recipient { name } } }
    }
  }

and in another tab what gives it something to tell:
  mutation {
    startCampaign(input: { id: "${draftId}" }) { execution { id } userErrors { message } }
  }

It stays up; Ctrl-C ends it.
`;
