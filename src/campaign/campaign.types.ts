import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Decision } from '../experiment/decision';
import type { Experiment } from '../experiment/experiment';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars';
import type { GuardrailTrip } from '../guardrail/guardrail-trip';
import type { Guardrails } from '../guardrail/guardrails';
import { RecurrenceType } from '../schedule/schedule.types';
import { LocalTimeType } from '../send-window/local-time.types';
import { SendWindowType } from '../send-window/send-window.types';
import type { ApprovalRecord } from './approval';
import {
  APPROVALS,
  CAMPAIGN_PURPOSES,
  CAMPAIGN_STATUSES,
  CAMPAIGN_TYPES,
  CHANNEL_STRATEGIES,
  ON_QUIET_HOURS,
} from './campaign.enums';
import { AssignmentType, BudgetType, ConversionGoalType, ThrottleType } from './campaign-settings.types';

@ObjectType('ApprovalRecord', { description: 'Who asked for an approval, and what came of it.' })
export class ApprovalRecordType {
  @Field(() => String, { description: 'Who asked.' })
  submittedBy!: string;

  @Field(() => DateTimeScalar, { description: 'When they did.' })
  submittedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Who decided; nobody so far when missing.' })
  decidedBy?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When they did.' })
  decidedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'What the submitter should know.' })
  comment?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The `hash` of the launch plan that was submitted or decided on.',
  })
  planHash?: string | null;
}

@ObjectType('Campaign', { description: 'A campaign: to whom, what, when, and how its success is measured.' })
@Directive('@key(fields: "id")')
export class CampaignType {
  @Field(() => ID, { description: 'The public id, `cmp_…`.' })
  id!: string;

  @Field(() => ID, { description: 'The organization it belongs to.' })
  organizationId!: string;

  @Field(() => String, { description: 'Its name, the only one among the living campaigns of the organization.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  description?: string | null;

  @Field(() => CAMPAIGN_TYPES, { description: 'What sets it off.' })
  type!: keyof typeof CAMPAIGN_TYPES;

  @Field(() => CAMPAIGN_PURPOSES, { description: 'What it is for.' })
  purpose!: keyof typeof CAMPAIGN_PURPOSES;

  @Field(() => CAMPAIGN_STATUSES, { description: 'Where it is in its life.' })
  status!: keyof typeof CAMPAIGN_STATUSES;

  @Field(() => CAMPAIGN_STATUSES, { nullable: true, description: 'Where a pause came from: a resume goes back there.' })
  pausedFrom?: keyof typeof CAMPAIGN_STATUSES | null;

  @Field(() => APPROVALS, { description: 'Whether its content was approved.' })
  approval!: keyof typeof APPROVALS;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it starts by itself, or the next time.' })
  scheduledAt?: Date | null;

  @Field(() => Boolean, { description: 'Whether its time has come and it waits for a place among the running.' })
  waitsForPlace!: boolean;

  @Field(() => RecurrenceType, { nullable: true, description: 'When a recurring one is due, again and again.' })
  recurrence?: RecurrenceType | null;

  @Field(() => String, { nullable: true, description: 'Why the last scheduled time was missed.' })
  missedReason?: string | null;

  @Field(() => ThrottleType, { nullable: true, description: 'How fast it may send.' })
  throttle?: ThrottleType | null;

  @Field(() => Boolean, { description: 'Whether openings are followed.' })
  trackOpens!: boolean;

  @Field(() => Boolean, { description: 'Whether clicks are followed.' })
  trackClicks!: boolean;

  @Field(() => Int, { description: 'Hours past its due time after which a message is skipped, never sent late.' })
  expiresAfterHours!: number;

  @Field(() => ON_QUIET_HOURS, {
    description:
      "What becomes of a message whose turn comes in the recipient's quiet hours, or outside of the send windows.",
  })
  onQuietHours!: keyof typeof ON_QUIET_HOURS;

  @Field(() => [SendWindowType], {
    description: 'The hours in which it may write to people, beside quiet hours; none: at any hour.',
  })
  sendWindows!: SendWindowType[];

  @Field(() => Boolean, {
    description: 'Whether nobody is written to on what is Saturday or Sunday on their clock.',
  })
  excludeWeekends!: boolean;

  @Field(() => LocalTimeType, {
    nullable: true,
    description: 'When each person is written to, on their own clock; nothing: as soon as may be.',
  })
  localTime?: LocalTimeType | null;

  @Field(() => CHANNEL_STRATEGIES, { description: 'By which of its channels it reaches a person.' })
  channelStrategy!: keyof typeof CHANNEL_STRATEGIES;

  @Field(() => ID, { nullable: true, description: 'The rule that makes `personalization.…` of people.' })
  personalizationRuleId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The rule that is asked when a scheduled time has come.' })
  schedulingRuleId?: string | null;

  @Field(() => Boolean, {
    description: 'Whether its content may speak only of what somebody has; who lacks what it shows gets nothing.',
  })
  strictVariables!: boolean;

  @Field(() => AssignmentType, { description: 'What decides who gets which variant.' })
  assignment!: AssignmentType;

  @Field(() => [ConversionGoalType], { description: 'What counts as success, the primary goal first.' })
  conversionGoals!: ConversionGoalType[];

  @Field(() => Int, {
    nullable: true,
    description: 'People of the audience at most, drawn by a hash of the person; nothing: all of them.',
  })
  audienceCap?: number | null;

  @Field(() => Float, { description: 'Share of the audience that is not contacted, in percent.' })
  holdoutPercentage!: number;

  @Field(() => BudgetType, { nullable: true, description: 'What it may cost.' })
  budget?: BudgetType | null;

  @Field(() => Int, { description: 'The higher one goes first where two campaigns want the same person.' })
  priority!: number;

  @Field(() => [String], { description: 'Words to find it by.' })
  tags!: string[];

  @Field(() => JsonScalar, { description: "The caller's own notes." })
  metadata!: unknown;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not before this time.' })
  startAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not after this time.' })
  endAt?: Date | null;

  @Field(() => Int, { description: 'Rises with each change: a change from an older version is refused.' })
  version!: number;

  @Field(() => String, { description: 'Who made it.' })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => String, { description: 'Who changed it last.' })
  updatedBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was changed last.' })
  updatedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Who paused it.' })
  pausedBy?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was paused.' })
  pausedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was paused.' })
  pauseReason?: string | null;

  @Field(() => String, { nullable: true, description: 'Who cancelled it.' })
  cancelledBy?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was cancelled.' })
  cancelledAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled.' })
  cancelReason?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it started first.' })
  startedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was completed.' })
  completedAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was archived: since then it is in no list, and nothing is done to it any more.',
  })
  archivedAt?: Date | null;

  /** For the resolvers of its parts, and for the order of its list. */
  campaignNo!: number;
  approvalRow!: ApprovalRecord | null;
  nameKey!: string;
  changedKey!: number;
  clonedFromId!: string | null;
  experiment!: Experiment | null;
  winner!: Decision | null;
  guardrails!: Guardrails | null;
  guardrailTrip!: GuardrailTrip | null;
}
