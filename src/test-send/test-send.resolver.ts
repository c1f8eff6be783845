import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { executionById } from '../execution/execution-reader';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { sendTest } from './send-test';
import type { TestRequest } from './test-request';
import { SendTestInput, SendTestPayload } from './test-send.types';

@Resolver()
export class TestSendResolver {
  @Mutation(() => SendTestPayload, {
    description:
      'Sends a campaign to people who are named, also a draft: an execution of kind TEST, in no figure of the campaign. Whoever said no is not written to.',
  })
  async sendTest(
    @Arg('input', () => SendTestInput, { description: 'What, and to whom.' }) input: SendTestInput,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<SendTestPayload> {
    const key = input.idempotencyKey ?? undefined;
    const { value, userErrors } = await attempt(() => sendTest(scope, readInput(input), key));
    if (value === undefined) return { userErrors };
    loaders.forget();
    return { execution: await loaders.load(executionById, value.executionId), messages: value.messages, userErrors };
  }
}

const readInput = (input: SendTestInput): TestRequest => ({
  campaignId: input.campaignId,
  channel: input.channel.toLowerCase() as ChannelKind,
  addresses: input.addresses ?? [],
  userIds: input.userIds ?? [],
  subjectPrefix: input.subjectPrefix,
  ...(input.variantId != null && { variantId: input.variantId }),
  ...(input.sampleUserId != null && { sampleUserId: input.sampleUserId }),
  ...(input.subject != null && { subject: input.subject }),
});
