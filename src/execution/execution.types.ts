import { ArgsType, Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageArgs } from '../graphql/pagination';
import { DateTimeScalar } from '../graphql/scalars';
import { CampaignMetricsType } from '../metrics/metrics.types';
import type { RemoteList } from '../remote-list/remote-list';

export const EXECUTION_STATUSES = {
  PENDING: 'PENDING',
  RUNNING: 'RUNNING',
  PAUSED: 'PAUSED',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
  MISSED: 'MISSED',
} as const;
registerEnumType(EXECUTION_STATUSES, {
  name: 'ExecutionStatus',
  description: 'Where an execution stands.',
  valuesConfig: {
    PENDING: { description: 'Made, and not begun.' },
    RUNNING: { description: 'Judges people and sends.' },
    PAUSED: { description: 'Stopped by a person until a person resumes it.' },
    COMPLETED: { description: 'Nothing is left, and the account is balanced.' },
    FAILED: { description: 'Could not go on; `reason` says why.' },
    CANCELLED: { description: 'Ended by a person before everybody was sent to.' },
    MISSED: { description: 'Its time passed while it could not start.' },
  },
});
export type ExecutionStatus = keyof typeof EXECUTION_STATUSES;

export const EXECUTION_KINDS = {
  SCHEDULED: 'SCHEDULED',
  MANUAL: 'MANUAL',
  TRIGGERED: 'TRIGGERED',
  TRANSACTIONAL: 'TRANSACTIONAL',
  TEST: 'TEST',
} as const;
registerEnumType(EXECUTION_KINDS, {
  name: 'ExecutionKind',
  description: 'What set an execution off.',
  valuesConfig: {
    SCHEDULED: { description: 'The clock.' },
    MANUAL: { description: 'A person, by `startCampaign`.' },
    TRIGGERED: { description: "An event of a person's." },
    TRANSACTIONAL: { description: 'A request for one person.' },
    TEST: { description: 'A trial; its figures are not the campaign’s.' },
  },
});

export const WAITING_REASONS = {
  PAUSE: 'PAUSE',
  BUDGET: 'BUDGET',
  THROTTLE: 'THROTTLE',
  QUIET_HOURS: 'QUIET_HOURS',
  WINDOW: 'WINDOW',
  LOCAL_TIME: 'LOCAL_TIME',
  RETRY: 'RETRY',
  PROVIDER: 'PROVIDER',
  EXPERIMENT: 'EXPERIMENT',
  LOGIN: 'LOGIN',
  DUE_TIME: 'DUE_TIME',
  LOCALIZATION: 'LOCALIZATION',
} as const;
registerEnumType(WAITING_REASONS, {
  name: 'WaitingReason',
  description: 'What an execution waits for when nothing moves.',
  valuesConfig: {
    PAUSE: { description: 'A person paused it; a person resumes it.' },
    BUDGET: {
      description: 'More money: the rest of the budget does not pay what is next, which expires unless it does.',
    },
    THROTTLE: { description: 'The limit of messages per minute.' },
    LOCALIZATION: {
      description:
        'A service that never said anything of strings or prices that some of the people need, for a minute.',
    },
    QUIET_HOURS: { description: 'The end of the quiet hours of those who are next.' },
    WINDOW: { description: 'The send window that opens next for those who are next.' },
    LOCAL_TIME: { description: 'The time of day at which those who are next are written to, on their own clock.' },
    RETRY: { description: 'The time to try again what was refused for now, or bounced for now.' },
    PROVIDER: { description: 'An answer that the transport owes: it is asked again under the same keys.' },
    EXPERIMENT: { description: 'The end of a test, or the next batch: who is next has no variant yet.' },
    LOGIN: {
      description:
        'Its people: what is left is messages in the application, each for the next login of its person. ' +
        '`until`: when the last of them expires.',
    },
    DUE_TIME: { description: 'The time at which the rest may be sent, for another reason.' },
  },
});
export type WaitingReason = keyof typeof WAITING_REASONS;

@ObjectType('ReasonCount', { description: 'How many messages one reason stopped.' })
export class ReasonCountType {
  @Field(() => String, { description: 'The reason, such as `no_consent`.' })
  reason!: string;

  @Field(() => Int, { description: 'How many messages.' })
  count!: number;
}

const count = (description: string) => Field(() => Int, { description });

@ObjectType('Reconciliation', {
  description: 'The account of an execution: each message of its audience is in exactly one of these figures.',
})
export class ReconciliationType {
  @count('Messages of the audience.')
  audience!: number;

  @count('People of the audience.')
  people!: number;

  @count('Accepted by their transport.')
  sent!: number;

  @count('Handed over, answer lost.')
  unknown!: number;

  @count('Refused for good.')
  failed!: number;

  @count('Stopped by a gate.')
  skipped!: number;

  @Field(() => [ReasonCountType], { description: 'Those stopped by a gate, by reason.' })
  skippedByReason!: ReasonCountType[];

  @Field(() => [ReasonCountType], {
    description: 'Everyone who was not sent to, by reason; those who wait not among them.',
  })
  notSentByReason!: ReasonCountType[];

  @count('Not contacted, drawn from the whole audience.')
  heldOut!: number;

  @count('In a control variant.')
  control!: number;

  @count('Never sent, because the execution was cancelled.')
  cancelled!: number;

  @count('Waiting.')
  queued!: number;

  @count('Being handed over, or perhaps handed over.')
  inFlight!: number;

  @Field(() => Boolean, {
    description: 'True when the audience equals the sum of what became of it, and nothing waits.',
  })
  balanced!: boolean;
}

@ObjectType('WaitingFor', { description: 'Why nothing moves, and when it will.' })
export class WaitingForType {
  @Field(() => WAITING_REASONS, { description: 'What is waited for.' })
  reason!: WaitingReason;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it will move; nothing where a person decides.' })
  until?: Date | null;
}

@ObjectType('Execution', { description: 'One run of a campaign.' })
@Directive('@key(fields: "id")')
export class ExecutionType {
  @Field(() => ID, { description: 'The public id, `exe_…`.' })
  id!: string;

  @Field(() => EXECUTION_KINDS, { description: 'What set it off.' })
  kind!: keyof typeof EXECUTION_KINDS;

  @Field(() => EXECUTION_STATUSES, { description: 'Where it stands.' })
  status!: ExecutionStatus;

  @Field(() => String, { description: 'Names this occurrence of the campaign; there is one execution for each.' })
  occurrence!: string;

  @Field(() => Int, { description: 'How often it was reopened to send again.' })
  round!: number;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it started.' })
  startedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was completed: balanced, with nothing left.' })
  completedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it ended as it did.' })
  reason?: string | null;

  /** For the resolvers of its parts. */
  lists!: readonly RemoteList[] | null;
  execNo!: number;
  campaignNo!: number;
  campaignId!: string;
}

@ObjectType('ExecutionProgress', { description: 'An execution at one moment.' })
export class ExecutionProgressType {
  @Field(() => String, { description: 'Grows with each change: what has a greater one is newer.' })
  cursor!: string;

  @Field(() => EXECUTION_STATUSES, { description: 'Where it stands.' })
  status!: ExecutionStatus;

  @Field(() => ReconciliationType, { description: 'Its account.' })
  reconciliation!: ReconciliationType;

  @Field(() => CampaignMetricsType, { description: 'Its figures.' })
  metrics!: CampaignMetricsType;

  @Field(() => ExecutionType, { nullable: true, description: 'All of it, as it is now.' })
  execution?: ExecutionType;

  /** For the resolver of `execution`. */
  executionId!: string;
}

@ArgsType()
export class ExecutionsArgs extends PageArgs {
  @Field(() => [EXECUTION_KINDS], {
    nullable: true,
    description: 'Only runs of these kinds; all but tests when missing.',
  })
  kinds?: (keyof typeof EXECUTION_KINDS)[];
}
