import { Field, InputType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { APPROVALS, CAMPAIGN_PURPOSES, CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from './campaign.enums';

@InputType({ description: 'Which campaigns a list is about: all that is given must hold.' })
export class CampaignFilterInput {
  @Field(() => [CAMPAIGN_STATUSES], { nullable: true, description: 'In one of these statuses.' })
  statuses?: (keyof typeof CAMPAIGN_STATUSES)[] | null;

  @Field(() => [CAMPAIGN_TYPES], { nullable: true, description: 'Of one of these types.' })
  types?: (keyof typeof CAMPAIGN_TYPES)[] | null;

  @Field(() => String, { nullable: true, description: 'With this tag, in whatever case.' })
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'With this in its name, in whatever case.' })
  nameContains?: string | null;

  @Field(() => [CAMPAIGN_PURPOSES], { nullable: true, description: 'For one of these purposes.' })
  purposes?: (keyof typeof CAMPAIGN_PURPOSES)[] | null;

  @Field(() => [APPROVALS], { nullable: true, description: 'With its approval at one of these points.' })
  approvals?: (keyof typeof APPROVALS)[] | null;

  @Field(() => String, { nullable: true, description: 'With all of these words in name, description or tags.' })
  text?: string | null;

  @Field(() => [CHANNEL_KINDS], { nullable: true, description: 'With a variant that sends by one of these media.' })
  channels?: (keyof typeof CHANNEL_KINDS)[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Made at this time or later.' })
  createdAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Made before this time.' })
  createdBefore?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Scheduled for this time or later.' })
  scheduledAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Scheduled for a time before this one.' })
  scheduledBefore?: Date | null;
}
