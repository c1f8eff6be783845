import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { MESSAGE_EVENT_KINDS, type MessageEventKind } from './message-event';

registerEnumType(MESSAGE_EVENT_KINDS, {
  name: 'MessageEventKind',
  description: 'What happened to a message.',
  valuesConfig: {
    SENT: { description: 'Its transport accepted it.' },
    FAILED: { description: 'It was refused for good.' },
    DELIVERED: { description: 'It was delivered.' },
    OPENED: { description: 'It was opened.' },
    CLICKED: { description: 'A link in it was followed.' },
    BOUNCED: { description: 'It bounced, hard or soft.' },
    UNSUBSCRIBED: { description: 'Its recipient unsubscribed by it.' },
  },
});

@ObjectType('MessageEvent', { description: 'One thing that happened to one message.' })
export class MessageEventType {
  @Field(() => MESSAGE_EVENT_KINDS, { description: 'What happened.' })
  kind!: MessageEventKind;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  at!: Date;

  @Field(() => Boolean, { description: 'True when a machine did it, such as a scanner that follows links.' })
  machine!: boolean;

  /** For the resolver of its message. */
  messageId!: string;
}

@ObjectType('MessageEvents', { description: 'What happened since the batch before, or a sample of it.' })
export class MessageEventsType {
  @Field(() => String, { description: 'Grows with each event: what has a greater one is newer.' })
  cursor!: string;

  @Field(() => [MessageEventType], {
    description: 'In their order, at most 100; none in the first batch but after a cursor.',
  })
  events!: readonly MessageEventType[];

  @Field(() => Int, {
    description: 'How many events happened beside these: more came than fit, or than the client read.',
  })
  skipped!: number;
}

@ArgsType()
export class MessageEventsArgs {
  @Field(() => ID, { nullable: true, description: 'Of all executions of this campaign.' })
  campaignId?: string;

  @Field(() => ID, { nullable: true, description: 'Of this execution alone.' })
  executionId?: string;

  @Field(() => [MESSAGE_EVENT_KINDS], { nullable: true, description: 'Of these kinds; all kinds when missing.' })
  kinds?: MessageEventKind[];

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last batch before a pause: what happened since comes first, sampled like the rest.',
  })
  after?: string;
}
