import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { executionById } from './execution-reader';
import { retryFailed } from './retry-failed';
import { RetryFailedInput, RetryFailedPayload } from './retry-failed.types';

@Resolver()
export class RetryFailedResolver {
  @Mutation(() => RetryFailedPayload, {
    description: 'Sends again to those to whom it failed, and only to them; a completed execution goes on running.',
  })
  async retryFailed(
    @Arg('input', () => RetryFailedInput, { description: 'Which execution.' }) input: RetryFailedInput,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<RetryFailedPayload> {
    const key = input.idempotencyKey ?? undefined;
    const { value, userErrors } = await attempt(() => retryFailed(scope, input.executionId, key));
    if (value === undefined) return { userErrors };
    loaders.forget();
    return { execution: await loaders.load(executionById, value.executionId), messages: value.messages, userErrors };
  }
}
