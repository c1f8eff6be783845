import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { channelsOfCampaign } from './variant.loaders';
import { ChannelType, VariantType } from './variant.types';

@Resolver(() => VariantType)
export class VariantResolver {
  @FieldResolver(() => [ChannelType], { description: 'Its content, one for each medium.' })
  async channels(
    @Root() { campaignNo, variantNo }: VariantType,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ChannelType[]> {
    const channels = (await loaders.load(channelsOfCampaign, campaignNo)) ?? [];
    return channels.filter((channel) => channel.variantNo === variantNo);
  }
}
