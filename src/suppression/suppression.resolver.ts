import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, openPage, PageArgs } from '../graphql/pagination';
import { attempt } from '../graphql/user-errors';
import { SuppressionType } from '../message/eligibility.types';
import { UserType } from '../message/message.types';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import {
  ImportSuppressionsInput,
  ImportSuppressionsPayload,
  LiftSuppressionsInput,
  SuppressionFilterInput,
  SuppressionPayload,
  SuppressUsersInput,
} from './suppression.types';
import { listSuppressions } from './suppression-reader';
import { type GivenReason, suppressionReasons } from './suppression-reasons';
import { importSuppressionRows } from './suppression-rows';
import { liftSuppressions, type SuppressionRequest, suppressUsers } from './suppression-service';

const SuppressionConnection = connectionType('Suppression', () => SuppressionType);

@Resolver(() => SuppressionType)
export class SuppressionResolver {
  @Query(() => SuppressionConnection, {
    description: "Who is not contacted any more: the organization's list, person by person, without who was erased.",
  })
  async suppressions(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => SuppressionFilterInput, { nullable: true, description: 'Narrows the list.' })
    filter: SuppressionFilterInput | undefined,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<SuppressionType>> {
    const page = openPage(args, ['number', 'number', 'string']);
    const rows = await scope.read((transaction) => listSuppressions(transaction, filter ?? {}, page));
    return connectionOf(
      rows,
      page,
      ({ contactNo, channelNo, reason }) => [contactNo, channelNo, reason],
      (row) => row,
    );
  }

  @FieldResolver(() => UserType, { description: 'Whom.' })
  user(@Root() { userId }: SuppressionType): UserType {
    return { id: userId };
  }

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

  @Mutation(() => ImportSuppressionsPayload, {
    description:
      'Takes suppressions over, of people and of addresses that nobody may have yet; a bad row never stops the rest.',
  })
  async importSuppressions(
    @Arg('input', () => ImportSuppressionsInput, { description: 'The suppressions.' }) input: ImportSuppressionsInput,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<ImportSuppressionsPayload> {
    const { rows, idempotencyKey } = input;
    const work = async () =>
      importSuppressionRows(scope, { rows, reason: givenReason(input.reason) }, idempotencyKey ?? undefined);
    const { value: report, userErrors } = await attempt(work);
    loaders.forget();
    return { report, userErrors };
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

function givenReason(given: SuppressionType['reason']): GivenReason {
  const reason = suppressionReasons.find((one) => one.toUpperCase() === given);
  if (!reason) throw new DomainError('AUDIENCE_INVALID_SUPPRESSION', 'only an erasure says that', 'reason');
  return reason;
}

function read({ userIds, channel, reason: given }: SuppressUsersInput | LiftSuppressionsInput): SuppressionRequest {
  const reason = givenReason(given);
  return { userIds, reason, ...(channel && { channel: channel.toLowerCase() as ChannelKind }) };
}
