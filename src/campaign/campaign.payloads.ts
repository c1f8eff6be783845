import { Field, ObjectType } from 'type-graphql';
import { ExecutionType } from '../execution/execution.types';
import { UserError } from '../graphql/user-errors';
import { CampaignType } from './campaign.types';

@ObjectType({ description: 'What came of an action on a campaign.' })
export class CampaignPayload {
  @Field(() => CampaignType, { nullable: true, description: 'The campaign as it is now; nothing when refused.' })
  campaign?: CampaignType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What came of a start.' })
export class StartCampaignPayload {
  @Field(() => CampaignType, { nullable: true, description: 'The campaign as it is now; nothing when refused.' })
  campaign?: CampaignType | null;

  @Field(() => ExecutionType, {
    nullable: true,
    description: 'The execution that runs; nothing when refused, or while it waits for a place.',
  })
  execution?: ExecutionType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
