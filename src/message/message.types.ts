import { ArgsType, Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageArgs } from '../graphql/pagination';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars';
import { CHANNEL_KINDS } from '../variant/variant.types';

export const DISPOSITIONS = {
  QUEUED: 'QUEUED',
  IN_FLIGHT: 'IN_FLIGHT',
  SENT: 'SENT',
  UNKNOWN: 'UNKNOWN',
  FAILED: 'FAILED',
  SKIPPED: 'SKIPPED',
  HELD_OUT: 'HELD_OUT',
  CONTROL: 'CONTROL',
  CANCELLED: 'CANCELLED',
} as const;
registerEnumType(DISPOSITIONS, {
  name: 'Disposition',
  description: 'What became of a message: exactly one of these at any moment.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be sent.' },
    IN_FLIGHT: { description: 'Is being handed over, or may have been.' },
    SENT: { description: 'Its transport accepted it.' },
    UNKNOWN: { description: 'Handed over, answer lost, and not to be tried again.' },
    FAILED: { description: 'Refused for good.' },
    SKIPPED: { description: 'A gate stopped it.' },
    HELD_OUT: { description: 'Its recipient is not contacted, drawn from the whole audience.' },
    CONTROL: { description: 'Its recipient is in a control variant.' },
    CANCELLED: { description: 'Its execution was cancelled first.' },
  },
});
export type DispositionWord = keyof typeof DISPOSITIONS;

export const MESSAGE_STATUSES = {
  QUEUED: 'QUEUED',
  SENDING: 'SENDING',
  SENT: 'SENT',
  DELIVERED: 'DELIVERED',
  OPENED: 'OPENED',
  CLICKED: 'CLICKED',
  BOUNCED: 'BOUNCED',
  COMPLAINED: 'COMPLAINED',
  UNSUBSCRIBED: 'UNSUBSCRIBED',
  UNKNOWN: 'UNKNOWN',
  FAILED: 'FAILED',
  SKIPPED: 'SKIPPED',
  CANCELLED: 'CANCELLED',
} as const;
registerEnumType(MESSAGE_STATUSES, {
  name: 'MessageStatus',
  description: 'How far a message has come, in one word; it only climbs.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be sent.' },
    SENDING: { description: 'Is being handed over.' },
    SENT: { description: 'Its transport accepted it; nothing more is known.' },
    DELIVERED: { description: 'Reported as delivered.' },
    OPENED: { description: 'A person opened it.' },
    CLICKED: { description: 'A person followed a link in it.' },
    BOUNCED: { description: 'It came back.' },
    COMPLAINED: { description: 'Its recipient complained of it.' },
    UNSUBSCRIBED: { description: 'Its recipient unsubscribed by it.' },
    UNKNOWN: { description: 'Handed over, answer lost, and not to be tried again.' },
    FAILED: { description: 'Refused for good.' },
    SKIPPED: { description: 'Not sent, on purpose: `reason` says why.' },
    CANCELLED: { description: 'Its execution was cancelled before its turn.' },
  },
});
export type MessageStatus = keyof typeof MESSAGE_STATUSES;

@ObjectType('User', { description: 'A person of the organization; the users subgraph says the rest.' })
@Directive('@key(fields: "id")')
export class UserType {
  @Field(() => ID, { description: "The person's id within the organization." })
  id!: string;
}

@ObjectType('Notification', { description: 'What a notification service made of a message.' })
@Directive('@key(fields: "id")')
export class NotificationType {
  @Field(() => ID, { description: 'The id that the notification service gave.' })
  id!: string;
}

@ObjectType('Message', {
  description: 'One member of an audience on one channel in one execution, whatever became of it.',
})
@Directive('@key(fields: "id")')
export class MessageType {
  @Field(() => ID, { description: 'The public id, `msg_…`.' })
  id!: string;

  @Field(() => UserType, {
    nullable: true,
    description: 'Whom it is for; nothing when the person was erased, or a test names an address that is no contact’s.',
  })
  recipient?: UserType | null;

  @Field(() => String, {
    nullable: true,
    description: 'For editors: the address that a test goes to; nothing of any other message.',
  })
  testAddress?: string | null;

  @Field(() => DISPOSITIONS, { description: 'What became of it.' })
  disposition!: DispositionWord;

  @Field(() => MESSAGE_STATUSES, { description: 'How far it has come.' })
  status!: MessageStatus;

  @Field(() => String, { nullable: true, description: 'Why it was not sent, such as `no_consent`.' })
  reason?: string | null;

  @Field(() => CHANNEL_KINDS, { description: 'The medium that it goes by.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Boolean, { description: 'True when nothing stood against it at its start, sent or not.' })
  eligible!: boolean;

  @Field(() => Int, { description: 'Which attempt this is; the first is 1.' })
  attempt!: number;

  @Field(() => DateTimeScalar, { description: 'When its recipient was judged for this execution.' })
  judgedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last checked before its hand-over.' })
  guardedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its transport accepted it.' })
  sentAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was first delivered.' })
  deliveredAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a person first opened it.' })
  openedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a person first clicked in it.' })
  clickedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it first bounced.' })
  bouncedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its recipient unsubscribed by it.' })
  unsubscribedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its recipient complained of it.' })
  complainedAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While it waits for the next login of its recipient: until when, at the longest.',
  })
  awaitsLoginUntil?: Date | null;

  /** For the resolvers of its parts. */
  execNo!: number;
  seq!: number;
  variantId!: string | null;
}

@ArgsType()
export class MessagesArgs extends PageArgs {
  @Field(() => [DISPOSITIONS], { nullable: true, description: 'Only messages of which this became.' })
  dispositions?: DispositionWord[];

  @Field(() => ID, { nullable: true, description: 'Only messages of this variant.' })
  variantId?: string;
}

export const GATE_RESULTS = {
  PASSED: 'PASSED',
  STOPPED: 'STOPPED',
  WAITS: 'WAITS',
  NOT_REACHED: 'NOT_REACHED',
} as const;
registerEnumType(GATE_RESULTS, {
  name: 'GateResult',
  description: 'What a gate said.',
  valuesConfig: {
    PASSED: { description: 'Nothing stood against the message here.' },
    STOPPED: { description: 'The message ended here; `reason` says why.' },
    WAITS: { description: 'The message waits here for the next login of its person; `seen` says until when.' },
    NOT_REACHED: { description: 'The message has not come here, or ended before.' },
  },
});

@ObjectType('Gate', { description: 'One gate on the way from the audience to the hand-over.' })
export class GateType {
  @Field(() => String, { description: 'Its name.' })
  gate!: string;

  @Field(() => GATE_RESULTS, { description: 'What it said.' })
  result!: keyof typeof GATE_RESULTS;

  @Field(() => String, { nullable: true, description: 'Why it stopped the message.' })
  reason?: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'What it saw: the audience, rule by rule in the order of evaluation, what the person has (`value`, for editors) and whether it is what the rule wants; a draw the bucket of the person, 0 to 9,999, and below which it takes; suppression, consent and eligibility what the channel asks of a person, as it was at the start, and where the check before the hand-over stopped the message as it was then (`atStart`: before); suppressions with their reason and since when; time the zone, when it was due, and what it waited for since; one that stopped a message when, at which attempt. Values of erased people are not kept.',
  })
  seen?: unknown;
}

@ObjectType('ChannelChoice', { description: 'What one channel said of a person when theirs was chosen.' })
export class ChannelChoiceType {
  @Field(() => CHANNEL_KINDS, { description: 'Which medium it is.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Boolean, { description: 'True of the one that the message goes by.' })
  chosen!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it did not take them; nothing where it would have.' })
  reason?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'What it saw of them then.' })
  seen?: unknown;
}

@ObjectType('Explanation', { description: 'The way of one person through the gates of one execution.' })
export class ExplanationType {
  @Field(() => MessageType, {
    nullable: true,
    description: 'What the gates decided about, sent or not; nothing of who has no message in any execution.',
  })
  message?: MessageType | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a person without a message was judged: the gates tell of them as they are then.',
  })
  asOf?: Date;

  @Field(() => [GateType], { description: 'The gates in their order.' })
  gates!: GateType[];

  @Field(() => [ChannelChoiceType], {
    description:
      "What each of the campaign's channels said, in the order in which they are tried; none where there was no choice.",
  })
  channels!: ChannelChoiceType[];
}
