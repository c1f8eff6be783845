import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import type { Snapshot } from '../graphql/live-feed';
import { notFound } from '../shared/errors';
import { campaignById } from './campaign.loaders';
import { CampaignType } from './campaign.types';

@ObjectType('CampaignChange', { description: 'A campaign as it stands at one moment.' })
export class CampaignChangeType {
  @Field(() => String, { description: 'Grows with each change: what has a greater one is newer.' })
  cursor!: string;

  @Field(() => CampaignType, { description: 'All of it, as it is now.' })
  campaign!: CampaignType;
}

@Resolver(() => CampaignChangeType)
export class CampaignChangesResolver {
  @Subscription(() => CampaignChangeType, {
    description: 'A campaign: as it stands, then after each change, at most four times a second.',
    subscribe: ({ args, context }) => follow(context, args.id),
  })
  campaignChanged(
    @Arg('id', () => ID, { description: 'The campaign.' }) _id: string,
    @Root() { cursor, state }: Snapshot<CampaignType>,
  ): CampaignChangeType {
    return { cursor: String(cursor), campaign: state };
  }
}

/** One reading for everyone of the organization who follows this campaign. */
async function follow(
  { scope, live, viewer, loaders }: GraphContext,
  id: string,
): Promise<AsyncIterable<Snapshot<CampaignType>>> {
  if ((await loaders.load(campaignById, id)) === undefined) throw notFound('campaign', id, 'campaignId');
  const read = async (): Promise<CampaignType> => {
    const found = await scope.read((transaction) => campaignById.read(transaction, [id], scope));
    const campaign = found.get(id);
    if (campaign === undefined) throw notFound('campaign', id, 'campaignId');
    return campaign;
  };
  return live.follow({ key: `campaign ${viewer.organizationNo} ${id}`, campaignId: id, read });
}
