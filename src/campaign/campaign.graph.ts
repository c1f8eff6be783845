import type { NounGraph } from '../graphql/noun-graph';
import { AudienceEstimationResolver } from './audience-estimation.resolver';
import { campaignById } from './campaign.loaders';
import { CampaignResolver } from './campaign.resolver';
import { CampaignApprovalResolver } from './campaign-approval.resolver';
import { CampaignBlocksResolver } from './campaign-blocks.resolver';
import { CampaignChangesResolver } from './campaign-changes.resolver';
import { CampaignEditingResolver } from './campaign-editing.resolver';
import { CampaignLifecycleResolver } from './campaign-lifecycle.resolver';

/** What campaigns add to the graph. */
export const campaignGraph: NounGraph = {
  resolvers: [
    CampaignResolver,
    CampaignEditingResolver,
    CampaignLifecycleResolver,
    AudienceEstimationResolver,
    CampaignApprovalResolver,
    CampaignChangesResolver,
    CampaignBlocksResolver,
  ],
  references: { Campaign: ({ id }, { loaders }) => loaders.load(campaignById, id) },
};
