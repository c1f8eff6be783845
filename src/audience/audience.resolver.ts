import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, openPage, PageArgs } from '../graphql/pagination';
import { segmentByNo } from '../segment/segment.loaders';
import { SegmentType } from '../segment/segment.types';
import { AudienceType, NamedUserType } from './audience.types';
import { listNamedUsers } from './named-users';

const NamedUserConnection = connectionType('NamedUser', () => NamedUserType);

@Resolver(() => AudienceType)
export class AudienceResolver {
  @FieldResolver(() => SegmentType, { nullable: true, description: 'The segment; nothing when it has own rules.' })
  async segment(@Root() { segmentNo }: AudienceType, @Ctx() { loaders }: GraphContext) {
    return segmentNo === null ? null : loaders.load(segmentByNo, segmentNo);
  }

  @Query(() => NamedUserConnection, {
    description:
      'Whom an audience names one by one, in the order of their ids; nobody for an audience of another kind.',
  })
  async namedUsers(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('audienceId', () => ID, { description: 'The audience, `aud_…`.' }) audienceId: string,
    @Arg('isKnown', () => Boolean, { nullable: true, description: 'Only those whom the directory has, or has not.' })
    isKnown: boolean | undefined,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<NamedUserType>> {
    const page = openPage(args, ['string']);
    const rows = await scope.read((tx) => listNamedUsers(tx, { audienceId, isKnown }, page));
    return connectionOf(
      rows,
      page,
      ({ userId }) => [userId],
      (row) => row,
    );
  }
}
