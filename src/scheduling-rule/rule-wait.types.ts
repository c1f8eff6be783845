import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';

@ObjectType('RuleWait', { description: 'Why a campaign whose time has come does not start: its scheduling rule.' })
export class RuleWaitType {
  @Field(() => ID, { description: 'Which rule of the rules engine it was asked about.' })
  ruleId!: string;

  @Field(() => Boolean, { description: 'True: the rule says so; false: the rules engine could not be asked.' })
  answered!: boolean;

  @Field(() => String, { nullable: true, description: 'What the rule gave as its reason, or why nobody answered.' })
  reason?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when, as far as the rule knows.' })
  until?: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked last.' })
  askedAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it is asked again.' })
  asksAgainAt!: Date;
}
