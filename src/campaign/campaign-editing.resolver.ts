import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { type Attempt, attempt } from '../graphql/user-errors';
import { CloneCampaignInput, CreateCampaignInput, UpdateCampaignInput } from './campaign.inputs';
import { campaignById } from './campaign.loaders';
import { CampaignPayload } from './campaign.payloads';
import { CampaignActionInput } from './campaign-action.inputs';
import { readDraft, readEdit } from './campaign-input-reading';
import { readDeliverySettings } from './campaign-reader';
import { archiveCampaign } from './change-status';
import { cloneCampaign } from './clone-campaign';
import { createCampaign } from './create-campaign';
import { editCampaign } from './edit-campaign';

@Resolver()
export class CampaignEditingResolver {
  @Mutation(() => CampaignPayload, { description: 'Makes a draft with its variants, content and audiences.' })
  async createCampaign(
    @Arg('input', () => CreateCampaignInput, { description: 'The campaign.' }) input: CreateCampaignInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const key = input.idempotencyKey ?? undefined;
    return payloadOf(context, await attempt(async () => createCampaign(context.scope, readDraft(input), key)));
  }

  @Mutation(() => CampaignPayload, { description: 'Edits a draft or paused campaign: all of the change or nothing.' })
  async updateCampaign(
    @Arg('input', () => UpdateCampaignInput, { description: 'The change.' }) input: UpdateCampaignInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const { scope } = context;
    const work = async () => editCampaign(scope, readEdit(input, await readDeliverySettings(scope, input.id)));
    return payloadOf(context, await attempt(work));
  }

  @Mutation(() => CampaignPayload, { description: 'Makes a draft with everything of a campaign but its history.' })
  async cloneCampaign(
    @Arg('input', () => CloneCampaignInput, { description: 'The copy.' }) input: CloneCampaignInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const { id, name, idempotencyKey } = input;
    const work = () => cloneCampaign(context.scope, { id, name }, idempotencyKey ?? undefined);
    return payloadOf(context, await attempt(work));
  }

  @Mutation(() => CampaignPayload, { description: 'Takes a draft, completed or cancelled campaign out of the lists.' })
  async archiveCampaign(
    @Arg('input', () => CampaignActionInput, { description: 'Which campaign.' }) input: CampaignActionInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => archiveCampaign(context.scope, targetOf(input))));
  }
}

/** Which campaign an action is for, in our words. */
export const targetOf = ({ id, version }: CampaignActionInput) => ({ id, ...(version != null && { version }) });

/** The campaign as it is after the action, read again: what the caller sees is what was committed. */
export async function payloadOf(
  { loaders }: GraphContext,
  { value, userErrors }: Attempt<string>,
): Promise<CampaignPayload> {
  loaders.forget();
  return { campaign: value === undefined ? null : await loaders.load(campaignById, value), userErrors };
}
