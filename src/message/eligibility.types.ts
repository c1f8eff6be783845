import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { GateType } from './message.types';

@ObjectType('ChannelEligibility', { description: 'What one channel of a campaign says of a person.' })
export class ChannelEligibilityType {
  @Field(() => CHANNEL_KINDS, { description: 'Which medium it is.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Boolean, { description: 'True when they would get a message by it.' })
  wouldBeSent!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What stands against it; nothing also where another channel comes first and takes them.',
  })
  reason?: string | null;
}

@ObjectType('Eligibility', {
  description: 'What a campaign would do about a person if it started now, by the very gates that it starts with.',
})
export class EligibilityType {
  @Field(() => Boolean, { description: 'True when it would send to them; times and limits come after that.' })
  wouldBeSent!: boolean;

  @Field(() => String, { nullable: true, description: 'What stands against it, such as `no_consent`.' })
  reason?: string | null;

  @Field(() => [GateType], { description: 'The gates in their order; those after the start are not reached.' })
  gates!: GateType[];

  @Field(() => [ChannelEligibilityType], {
    description: 'What each channel says, in the order in which they are tried; none of who is not in the audience.',
  })
  channels!: readonly ChannelEligibilityType[];

  /** For the resolver of their variant. */
  variantId!: string | null;
}

export const SUPPRESSION_REASONS = {
  UNSUBSCRIBED: 'UNSUBSCRIBED',
  COMPLAINED: 'COMPLAINED',
  HARD_BOUNCED: 'HARD_BOUNCED',
  ERASED: 'ERASED',
  DO_NOT_SEND: 'DO_NOT_SEND',
} as const;
registerEnumType(SUPPRESSION_REASONS, {
  name: 'SuppressionReason',
  description: 'Why a person is not contacted any more.',
  valuesConfig: {
    UNSUBSCRIBED: { description: 'They asked for it.' },
    COMPLAINED: { description: 'They complained of a message.' },
    HARD_BOUNCED: { description: 'Their address does not exist.' },
    ERASED: { description: 'Their data were erased.' },
    DO_NOT_SEND: { description: 'The organization decided it.' },
  },
});

@ObjectType('Suppression', { description: 'That a person is not contacted any more.' })
export class SuppressionType {
  @Field(() => CHANNEL_KINDS, { nullable: true, description: 'On this medium; on all of them when missing.' })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => SUPPRESSION_REASONS, { description: 'Why.' })
  reason!: keyof typeof SUPPRESSION_REASONS;

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  since!: Date;

  /** For the resolver of the person. */
  userId!: string;
}
