import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { OutdatedBlockType } from '../content-block/outdated-block.types';
import { outdatedBlocksOfCampaign } from '../content-block/outdated-blocks';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { CampaignPayload } from './campaign.payloads';
import { CampaignType } from './campaign.types';
import { CampaignActionInput } from './campaign-action.inputs';
import { payloadOf, targetOf } from './campaign-editing.resolver';
import { refreshBlocks } from './refresh-blocks';

@Resolver(() => CampaignType)
export class CampaignBlocksResolver {
  @FieldResolver(() => [OutdatedBlockType], {
    description: 'Content blocks that were changed or deleted since its content was saved: it sends what it has.',
  })
  async outdatedBlocks(
    @Root() { campaignNo }: CampaignType,
    @Ctx() { loaders }: GraphContext,
  ): Promise<OutdatedBlockType[]> {
    return (await loaders.load(outdatedBlocksOfCampaign, campaignNo)) ?? [];
  }

  @Mutation(() => CampaignPayload, {
    description:
      'Gives the content of a draft or paused campaign the blocks as they are now, and the addresses of its assets; like ' +
      'any edit that withdraws an approval. Without a block that is out of date nothing changes.',
  })
  async refreshCampaignBlocks(
    @Arg('input', () => CampaignActionInput, { description: 'Which campaign.' }) input: CampaignActionInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => refreshBlocks(context.scope, targetOf(input))));
  }
}
