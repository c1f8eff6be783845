import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { toAudienceDraft } from '../audience/audience.inputs';
import type { Estimate } from '../audience/audience-estimate';
import {
  type AudienceEstimateType,
  EstimateAudienceInput,
  EstimateAudiencePayload,
} from '../audience/audience-estimate.types';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { viewLists } from '../remote-list/remote-list-view';
import { DomainError } from '../shared/errors';
import { channelWord } from '../variant/channel-word';
import { type EstimateRequest, estimateAudience } from './audience-estimation';

@Resolver()
export class AudienceEstimationResolver {
  @Query(() => EstimateAudiencePayload, { description: 'How many people an audience would come to, as of now.' })
  async estimateAudience(
    @Arg('input', () => EstimateAudienceInput, { description: 'Whose audience.' }) input: EstimateAudienceInput,
    @Ctx() { scope }: GraphContext,
  ): Promise<EstimateAudiencePayload> {
    const { value, userErrors } = await attempt(async () => estimateAudience(scope, readRequest(input)));
    return { estimate: value && viewEstimate(value, input.campaignId != null, scope.now()), userErrors };
  }
}

function readRequest({ campaignId, audiences }: EstimateAudienceInput): EstimateRequest {
  if (campaignId != null && audiences == null) return { campaignId };
  if (campaignId == null && audiences != null) return { audiences: audiences.map(toAudienceDraft) };
  throw new DomainError('AUDIENCE_INVALID', 'an estimate is of a campaign or of audiences', 'campaignId');
}

const viewEstimate = (found: Estimate, ofCampaign: boolean, at: Date): AudienceEstimateType => ({
  ...found,
  reach: found.people === 0 ? null : found.sent / found.people,
  variants: ofCampaign ? found.variants : [],
  channels: found.channels.map(({ channel, ...one }) => ({ ...one, channel: channelWord(channel) })),
  remoteLists: viewLists(found.lists, at),
});
