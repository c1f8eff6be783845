import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { LiftSuppressionsInput, SuppressionPayload, SuppressUsersInput } from './suppression.types';
import { liftSuppressions, type SuppressionRequest, suppressionReasons, suppressUsers } from './suppression-service';

@Resolver()
export class SuppressionResolver {
  @Mutation(() => SuppressionPayload, {
    description: 'Keeps people from being contacted, from now on; also those who are not in the directory yet.',
  })
  async suppressUsers(
    @Arg('input', () => SuppressUsersInput, { description: 'Whom.' }) input: SuppressUsersInput,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<SuppressionPayload> {
    const key = input.idempotencyKey ?? undefined;
    const { value, userErrors } = await attempt(async () => suppressUsers(scope, read(input), key));
    loaders.forget();
    return { ...value, userErrors };
  }

  @Mutation(() => SuppressionPayload, { description: 'Takes back what the organization itself has decided.' })
  async liftSuppressions(
    @Arg('input', () => LiftSuppressionsInput, { description: 'Whose.' }) input: LiftSuppressionsInput,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<SuppressionPayload> {
    const { value, userErrors } = await attempt(async () => liftSuppressions(scope, read(input)));
    loaders.forget();
    return { ...value, userErrors };
  }
}

function read({ userIds, channel, reason: given }: SuppressUsersInput | LiftSuppressionsInput): SuppressionRequest {
  const reason = suppressionReasons.find((one) => one.toUpperCase() === given);
  if (!reason) throw new DomainError('AUDIENCE_INVALID_SUPPRESSION', 'only an erasure says that', 'reason');
  return { userIds, reason, ...(channel && { channel: channel.toLowerCase() as ChannelKind }) };
}
