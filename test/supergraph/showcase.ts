import { campaign } from '../../demo/campaign-input';
import { changeSettings } from '../../demo/campaign-run';
import { accepted, type GraphClient, present } from '../../demo/graph-client';
import {
  CreateCampaignDocument,
  CreateSegmentDocument,
  type CreateSegmentInput,
  ExecutionProgressDocument,
  StartCampaignDocument,
} from '../../schema/generated/operations';

/** What there is to see: a campaign that was sent, and one that waits to be started while somebody listens. */
export interface Showcase {
  readonly sentId: string;
  readonly executionId: string;
  readonly draftId: string;
}

/** A few of the demo's customers: those who had spent most. */
const bestCustomers: CreateSegmentInput = {
  idempotencyKey: 'supergraph-best-customers',
  name: 'Best customers of the experiment',
  rules: { field: 'attributes.history', operator: 'greater_than', value: 1_000 },
};

/** Sends one campaign and drafts another, through the API as anybody would. */
export async function prepareShowcase(client: GraphClient, at: string): Promise<Showcase> {
  await changeSettings(client);
  const { createSegment } = await client.ask(CreateSegmentDocument, { input: bestCustomers });
  const segment = present(accepted(createSegment).segment, 'segment');
  const sentId = await draft(client, `Through a gateway ${at}`, segment.id);
  const { startCampaign } = await client.ask(StartCampaignDocument, { input: { id: sentId } });
  const { id: executionId } = present(accepted(startCampaign).execution, 'execution');
  await untilCompleted(client, executionId);
  return { sentId, executionId, draftId: await draft(client, `While somebody listens ${at}`, segment.id) };
}

async function untilCompleted(client: GraphClient, executionId: string): Promise<void> {
  for await (const { executionProgress } of client.follow(ExecutionProgressDocument, { executionId })) {
    if (executionProgress.status === 'COMPLETED') return;
  }
  throw new Error('the subscription ended before the execution');
}

async function draft(client: GraphClient, name: string, segmentId: string): Promise<string> {
  const { createCampaign } = await client.ask(CreateCampaignDocument, { input: campaign(name, segmentId) });
  return present(accepted(createCampaign).campaign, 'campaign').id;
}
