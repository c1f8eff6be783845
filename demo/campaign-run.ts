import {
  CreateCampaignDocument,
  CreateSegmentDocument,
  ExecutionProgressDocument,
  type ExecutionProgressSubscription,
  StartCampaignDocument,
  UpdateOrganizationSettingsDocument,
} from '../schema/generated/operations';
import { campaign, demoSettings, everybody } from './campaign-input';
import { accepted, type GraphClient, present } from './graph-client';
import { showProgress } from './progress-lines';

type Progress = ExecutionProgressSubscription['executionProgress'];

/** A campaign that was started. */
export interface StartedCampaign {
  readonly campaignId: string;
  readonly executionId: string;
}

/** Switches the default limits and quiet hours off, and answers what the graph says of it. */
export async function changeSettings(client: GraphClient): Promise<string> {
  const { updateOrganizationSettings } = await client.ask(UpdateOrganizationSettingsDocument, { input: demoSettings });
  const { id, settings } = present(accepted(updateOrganizationSettings).organization, 'organization');
  const word = ({ enabled }: { enabled: boolean }) => (enabled ? 'on' : 'off');
  return `updateOrganizationSettings: ${id} has limits ${word(settings.limits)}, quiet hours ${word(settings.quietHours)}`;
}

/** Makes segment and campaign, and starts it. */
export async function startCampaign(client: GraphClient, name: string): Promise<StartedCampaign> {
  const { createSegment } = await client.ask(CreateSegmentDocument, { input: everybody });
  const segment = present(accepted(createSegment).segment, 'segment');
  const { createCampaign } = await client.ask(CreateCampaignDocument, { input: campaign(name, segment.id) });
  const { id } = present(accepted(createCampaign).campaign, 'campaign');
  const { startCampaign } = await client.ask(StartCampaignDocument, { input: { id } });
  const execution = present(accepted(startCampaign).execution, 'execution');
  return { campaignId: id, executionId: execution.id };
}

/** Follows the execution of `people` live until it is completed; throws when it ends in any other way. */
export async function followSending(client: GraphClient, executionId: string, people: number): Promise<void> {
  const progress = showProgress('sending');
  try {
    for await (const now of steps(client, executionId)) {
      const { audience, queued, inFlight } = now.reconciliation;
      progress.update(audience - queued - inFlight, people, sendingNote(now));
      if (now.status === 'COMPLETED') return;
      if (now.status !== 'RUNNING' && now.status !== 'PENDING') throw new Error(`the execution is ${now.status}`);
    }
    throw new Error('the subscription ended before the execution');
  } finally {
    progress.end();
  }
}

const sendingNote = ({ reconciliation, metrics }: Progress): string =>
  `(${reconciliation.sent} sent, ${reconciliation.control} control, ${metrics.delivered} delivered)`;

/** Follows until every message that was sent is reported as delivered. */
export async function followDeliveries(client: GraphClient, executionId: string): Promise<void> {
  const progress = showProgress('delivered');
  try {
    for await (const { reconciliation, metrics } of steps(client, executionId)) {
      progress.update(metrics.delivered, reconciliation.sent);
      if (metrics.delivered === reconciliation.sent) return;
    }
  } finally {
    progress.end();
  }
}

async function* steps(client: GraphClient, executionId: string): AsyncGenerator<Progress> {
  for await (const { executionProgress } of client.follow(ExecutionProgressDocument, { executionId })) {
    yield executionProgress;
  }
}
