import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { channelWord } from '../variant/channel-word';
import { variantById } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { ChannelEligibilityType, EligibilityType, SuppressionType } from './eligibility.types';
import { type JudgedChannel, judgementByKey, suppressionsOfUser } from './eligibility-reader';
import { gatesOf } from './gates';
import { UserType } from './message.types';

@Resolver(() => UserType)
export class EligibilityOfUserResolver {
  @FieldResolver(() => EligibilityType, {
    nullable: true,
    description: 'What a campaign would do about them now; nothing when one of the two does not exist.',
  })
  async eligibility(
    @Root() { id }: UserType,
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Ctx() { loaders }: GraphContext,
  ): Promise<EligibilityType | undefined> {
    const judgement = await loaders.load(judgementByKey, { campaignId, userId: id });
    if (judgement === undefined) return undefined;
    const { reason, variantId, channels } = judgement;
    return {
      wouldBeSent: reason === null,
      reason,
      variantId,
      gates: gatesOf(judgement),
      channels: channels.map(viewChannel),
    };
  }

  @FieldResolver(() => [SuppressionType], { description: 'What keeps them from being contacted; mostly nothing.' })
  async suppressions(@Root() { id }: UserType, @Ctx() { loaders }: GraphContext): Promise<SuppressionType[]> {
    return (await loaders.load(suppressionsOfUser, id)) ?? [];
  }
}

const viewChannel = ({ channel, ...one }: JudgedChannel): ChannelEligibilityType => ({
  ...one,
  channel: channelWord(channel),
});

@Resolver(() => EligibilityType)
export class VariantOfEligibilityResolver {
  @FieldResolver(() => VariantType, { nullable: true, description: 'The variant that they would be assigned to.' })
  variant(@Root() { variantId }: EligibilityType, @Ctx() { loaders }: GraphContext) {
    return variantId === null ? undefined : loaders.load(variantById, variantId);
  }
}
