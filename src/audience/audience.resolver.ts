import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { segmentByNo } from '../segment/segment.loaders';
import { SegmentType } from '../segment/segment.types';
import { AudienceType } from './audience.types';

@Resolver(() => AudienceType)
export class AudienceResolver {
  @FieldResolver(() => SegmentType, { nullable: true, description: 'The segment; nothing when it has own rules.' })
  async segment(@Root() { segmentNo }: AudienceType, @Ctx() { loaders }: GraphContext) {
    return segmentNo === null ? null : loaders.load(segmentByNo, segmentNo);
  }
}
