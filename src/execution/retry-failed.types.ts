import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../graphql/user-errors';
import { ExecutionType } from './execution.types';

@InputType({ description: 'Which execution is to send again.' })
export class RetryFailedInput {
  @Field(() => ID, { description: 'The public id of the execution, `exe_…`.' })
  executionId!: string;

  @Field(() => String, { nullable: true, description: 'The same key sends again once.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'What is sent again.' })
export class RetryFailedPayload {
  @Field(() => ExecutionType, { nullable: true, description: 'The execution as it is now; nothing when refused.' })
  execution?: ExecutionType | null;

  @Field(() => Int, { nullable: true, description: 'How many messages had failed and are queued again.' })
  messages?: number | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
