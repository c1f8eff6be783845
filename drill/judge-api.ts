import { type DrillApi, makeApi } from './api';
import type { DrillCampaign } from './campaigns';
import type { Judgement } from './judgement';
import type { LedgerRow } from './ledger-view';
import type { Stage } from './stage';

/** What the public API tells of a run's end. */
export interface Shown {
  readonly sent: number;
  readonly unknown: number;
  readonly balanced: boolean;
  /** The messages that it names as unknown, each with its reason. */
  readonly listed: readonly { readonly id: string; readonly reason: string | null }[];
}

/** Asks an API process of its own, as any dashboard would: how many are unknown, and page by page which. */
export async function readShown(stage: Stage, campaign: DrillCampaign): Promise<Shown> {
  const api = await makeApi(stage, 'viewer');
  await api.worker.start();
  try {
    return await readPages(api, campaign);
  } finally {
    await api.worker.stop();
  }
}

async function readPages(api: DrillApi, { campaignId }: DrillCampaign): Promise<Shown> {
  const listed: Shown['listed'][number][] = [];
  for (let after: string | null = null; ; ) {
    const { messages, reconciliation } = await readPage(api, campaignId, after);
    listed.push(...messages.edges.map(({ node }) => node));
    if (!messages.pageInfo.hasNextPage) return { ...reconciliation, listed };
    after = messages.pageInfo.endCursor;
  }
}

/** An execution with one page of its messages. */
interface ShownExecution {
  readonly reconciliation: Omit<Shown, 'listed'>;
  readonly messages: {
    readonly edges: readonly { readonly node: Shown['listed'][number] }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Answer {
  readonly campaign: { readonly executions: { readonly edges: readonly { readonly node: ShownExecution }[] } };
}

async function readPage({ ask }: DrillApi, id: string, after: string | null): Promise<ShownExecution> {
  const { campaign } = await ask<Answer>(PAGE, { id, after });
  const [edge] = campaign.executions.edges;
  if (!edge) throw new Error(`the API shows no execution of ${id}`);
  return edge.node;
}

const PAGE = `query ($id: ID!, $after: String) {
  campaign(id: $id) {
    executions(first: 1) {
      edges {
        node {
          reconciliation { sent unknown balanced }
          messages(dispositions: [UNKNOWN], first: 100, after: $after) {
            edges { node { id reason } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }
}`;

/** What people are shown against what the ledger says: the same figures, and exactly those messages. */
export function judgeShown(shown: Shown, ledger: readonly LedgerRow[], judgement: Judgement): void {
  const those = (disposition: string) => ledger.filter((row) => row.disposition === disposition);
  const unknown = new Set(those('unknown').map((row) => row.messageId));
  judgement.equal('sent as the API shows it', shown.sent, those('sent').length);
  judgement.equal('unknown as the API shows it', shown.unknown, unknown.size);
  judgement.equal('messages that the API lists as unknown', shown.listed.length, unknown.size);
  judgement.equal('balanced as the API shows it', String(shown.balanced), 'true');
  for (const { id, reason } of shown.listed) {
    if (!unknown.delete(id)) judgement.add('listed as unknown, not so in the ledger', id);
    if (!reason) judgement.add('unknown without a reason in the API', id);
  }
}
