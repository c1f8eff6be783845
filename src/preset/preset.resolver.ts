import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { CampaignPayload } from '../campaign/campaign.payloads';
import { payloadOf } from '../campaign/campaign-editing.resolver';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, PageArgs, pageOf } from '../graphql/pagination';
import { type Attempt, attempt } from '../graphql/user-errors';
import { notFound } from '../shared/errors';
import { editPreset } from './edit-preset';
import { listPresets, presetById } from './preset.loaders';
import {
  ArchiveCampaignPresetInput,
  CampaignPresetPayload,
  CampaignPresetType,
  CreateCampaignFromPresetInput,
  CreateCampaignPresetInput,
  UpdateCampaignPresetInput,
} from './preset.types';
import { archivePreset, createFromPreset, createPreset } from './preset-service';

const PresetConnection = connectionType('CampaignPreset', () => CampaignPresetType);

@Resolver()
export class PresetResolver {
  @Query(() => CampaignPresetType, { nullable: true, description: 'One template of campaigns.' })
  async campaignPreset(
    @Arg('id', () => ID, { description: 'The public id, `pst_…`.' }) id: string,
    @Ctx() { loaders }: GraphContext,
  ): Promise<CampaignPresetType> {
    const preset = await loaders.load(presetById, id);
    if (preset === undefined) throw notFound('preset', id);
    return preset;
  }

  @Query(() => PresetConnection, { description: 'The templates of campaigns that are in use, the newest first.' })
  async campaignPresets(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<CampaignPresetType>> {
    const page = pageOf(args);
    const rows = await scope.read((transaction) => listPresets(transaction, page));
    return connectionOf(
      rows,
      page,
      ({ presetNo }) => [presetNo],
      (row) => row,
    );
  }

  @Mutation(() => CampaignPresetPayload, { description: 'Keeps a campaign as a template, as it is at this moment.' })
  async createCampaignPreset(
    @Arg('input', () => CreateCampaignPresetInput, { description: 'Of which campaign.' })
    { idempotencyKey, ...input }: CreateCampaignPresetInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPresetPayload> {
    const work = () => createPreset(context.scope, input, idempotencyKey ?? undefined);
    return presetPayload(context, await attempt(work));
  }

  @Mutation(() => CampaignPayload, { description: 'Makes a draft of a template, judged as one that somebody wrote.' })
  async createCampaignFromPreset(
    @Arg('input', () => CreateCampaignFromPresetInput, { description: 'Of which template.' })
    { idempotencyKey, ...input }: CreateCampaignFromPresetInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const work = () => createFromPreset(context.scope, input, idempotencyKey ?? undefined);
    return payloadOf(context, await attempt(work));
  }

  @Mutation(() => CampaignPresetPayload, {
    description: 'Renames a template, or has it follow a campaign anew; campaigns that were made of it stay.',
  })
  async updateCampaignPreset(
    @Arg('input', () => UpdateCampaignPresetInput, { description: 'The change.' })
    { name, campaignId, ...input }: UpdateCampaignPresetInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPresetPayload> {
    const edit = { ...input, ...(name != null && { name }), ...(campaignId != null && { campaignId }) };
    return presetPayload(context, await attempt(() => editPreset(context.scope, edit)));
  }

  @Mutation(() => CampaignPresetPayload, { description: 'Takes a template out of the list; its campaigns stay.' })
  async archiveCampaignPreset(
    @Arg('input', () => ArchiveCampaignPresetInput, { description: 'Which template.' })
    { id }: ArchiveCampaignPresetInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPresetPayload> {
    return presetPayload(context, await attempt(() => archivePreset(context.scope, id)));
  }
}

async function presetPayload(
  { loaders }: GraphContext,
  { value, userErrors }: Attempt<string>,
): Promise<CampaignPresetPayload> {
  if (value === undefined) return { userErrors };
  loaders.forget();
  return { preset: (await loaders.load(presetById, value)) ?? null, userErrors };
}
