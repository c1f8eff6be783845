import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CAMPAIGN_TYPES } from '../campaign/campaign.enums';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';

@ObjectType('CampaignPreset', { description: 'A template that campaigns of the organization are made of.' })
export class CampaignPresetType {
  @Field(() => ID, { description: 'The public id, `pst_…`.' })
  id!: string;

  @Field(() => String, { description: 'What it is called, the only one of its name among the presets in use.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is good for.' })
  description?: string | null;

  @Field(() => CAMPAIGN_TYPES, { description: 'What sets off the campaigns that are made of it.' })
  campaignType!: keyof typeof CAMPAIGN_TYPES;

  @Field(() => JsonScalar, { description: 'What they begin with: fields, variants, audiences, triggers.' })
  definition!: unknown;

  @Field(() => String, { description: 'Who made it.' })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Int, { description: 'Rises with each change; an update names the one that it was made from.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'Who changed it last; nothing when nobody has.' })
  updatedBy?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was changed last.' })
  updatedAt?: Date | null;

  /** For the order of the list. */
  presetNo!: number;
}

@InputType({ description: 'A campaign to keep as a template, as it is at this moment.' })
export class CreateCampaignPresetInput {
  @Field(() => ID, { description: 'Which campaign; later edits of it change nothing in the template.' })
  campaignId!: string;

  @Field(() => String, { description: 'What the template is called, 1 to 255 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is good for, at most 2,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one preset.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A change of a template: what is missing stays as it is.' })
export class UpdateCampaignPresetInput {
  @Field(() => ID, { description: 'Which template, `pst_…`.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change was made from.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'A new name, 1 to 255 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is good for, at most 2,000 characters; null: nothing.' })
  description?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Campaigns made of it are from now on what this campaign is at this moment.',
  })
  campaignId?: string | null;
}

@InputType({ description: 'A draft to make of a template.' })
export class CreateCampaignFromPresetInput {
  @Field(() => ID, { description: 'Which template, `pst_…`.' })
  presetId!: string;

  @Field(() => String, { description: 'The name of the new campaign.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The same key with the same input makes one campaign.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A template that is not needed any more.' })
export class ArchiveCampaignPresetInput {
  @Field(() => ID, { description: 'Which template, `pst_…`.' })
  id!: string;
}

@ObjectType({ description: 'What came of an action on a preset.' })
export class CampaignPresetPayload {
  @Field(() => CampaignPresetType, { nullable: true, description: 'The preset; nothing when refused.' })
  preset?: CampaignPresetType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
