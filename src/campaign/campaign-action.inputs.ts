import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { RecurrenceInput } from '../schedule/schedule.types';

@InputType({ description: 'Which campaign an action is for.' })
export class CampaignActionInput {
  @Field(() => ID, { description: 'The campaign.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse when the campaign is at another version.' })
  version?: number | null;
}

@InputType({ description: 'Which campaign is to send now.' })
export class StartCampaignInput extends CampaignActionInput {
  @Field(() => String, { nullable: true, description: 'The same key starts once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A time to start at, or a calendar.' })
export class ScheduleCampaignInput extends CampaignActionInput {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When, at least 5 minutes ahead; of a campaign of one time.',
  })
  at?: Date | null;

  @Field(() => RecurrenceInput, { nullable: true, description: 'When, again and again; of a recurring campaign.' })
  recurrence?: RecurrenceInput | null;
}

@InputType({ description: 'A decision on a campaign that was submitted.' })
export class DecideApprovalInput extends CampaignActionInput {
  @Field(() => String, { nullable: true, description: 'What the submitter should know.' })
  comment?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The `hash` of the launch plan that is approved; without it, what was submitted is. None in a rejection.',
  })
  planHash?: string | null;
}

@InputType({ description: 'Which campaign is to stop for a while.' })
export class PauseCampaignInput extends CampaignActionInput {
  @Field(() => String, { nullable: true, description: 'Why, for those who come after.' })
  reason?: string | null;
}

@InputType({ description: 'A cancellation.' })
export class CancelCampaignInput extends CampaignActionInput {
  @Field(() => String, { description: 'Why; kept and published.' })
  reason!: string;
}
