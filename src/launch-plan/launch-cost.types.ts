import { Field, Int, ObjectType } from 'type-graphql';
import { DecimalScalar } from '../graphql/scalars';
import { CHANNEL_KINDS } from '../variant/variant.types';

@ObjectType('ChannelCost', { description: 'What the messages of one medium would cost.' })
export class ChannelCostType {
  @Field(() => CHANNEL_KINDS, { description: 'The medium.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => Int, { description: 'How many messages.' })
  messages!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What one costs; nothing where the budget does not say: they count as free.',
  })
  costPerMessage?: string | null;

  @Field(() => DecimalScalar, { description: 'What all of them cost.' })
  amount!: string;
}

@ObjectType('LaunchCost', { description: 'What it would cost, against the budget.' })
export class LaunchCostType {
  @Field(() => DecimalScalar, { description: 'The messages times their cost by channel.' })
  amount!: string;

  @Field(() => DecimalScalar, { description: 'What it may cost.' })
  budget!: string;

  @Field(() => String, { description: 'The currency of both, ISO 4217.' })
  currency!: string;

  @Field(() => Boolean, { description: 'Whether it is more than it may be.' })
  exceeded!: boolean;

  @Field(() => [ChannelCostType], { description: 'What it consists of, medium by medium.' })
  byChannel!: readonly ChannelCostType[];
}
