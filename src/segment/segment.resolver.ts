import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { rulesAt } from '../audience/audience-draft';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, openPage, PageArgs } from '../graphql/pagination';
import { type Attempt, attempt } from '../graphql/user-errors';
import { notFound } from '../shared/errors';
import { parseRule } from './rule-parser';
import { summarizeRule } from './rule-words';
import { ArchiveSegmentInput, CreateSegmentInput, SegmentFilterInput, UpdateSegmentInput } from './segment.inputs';
import { segmentById } from './segment.loaders';
import { SEGMENT_ORDERS, SegmentPayload, SegmentType } from './segment.types';
import { listSegments, type SegmentFilter, segmentOrders } from './segment-page';
import { archiveSegment, createSegment, updateSegment } from './segment-service';

const SegmentConnection = connectionType('Segment', () => SegmentType);

@Resolver(() => SegmentType)
export class SegmentResolver {
  @Query(() => SegmentType, { nullable: true, description: 'One segment, also one that was archived.' })
  async segment(
    @Arg('id', () => ID, { description: 'The public id, `seg_…`.' }) id: string,
    @Ctx() { loaders }: GraphContext,
  ): Promise<SegmentType> {
    const segment = await loaders.load(segmentById, id);
    if (segment === undefined) throw notFound('segment', id);
    return segment;
  }

  @Query(() => SegmentConnection, {
    description: 'The segments of the organization, archived ones left out unless they are asked for.',
  })
  async segments(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => SegmentFilterInput, { nullable: true, description: 'Which ones.' })
    filter: SegmentFilterInput | null,
    @Arg('orderBy', () => SEGMENT_ORDERS, { defaultValue: SEGMENT_ORDERS.NEWEST, description: 'In which order.' })
    order: keyof typeof SEGMENT_ORDERS,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<SegmentType>> {
    const { keys, keysOf } = segmentOrders[order];
    const page = openPage(args, keys);
    const asked = { filter: readFilter(filter ?? {}), order, page };
    const rows = await scope.read((transaction) => listSegments(transaction, asked));
    return connectionOf(rows, page, keysOf, (row) => row);
  }

  @FieldResolver(() => String, {
    description: 'Its rules in words, such as `country is "DE" and age is at least 18`; at most 2,000 characters.',
  })
  description(@Root() { rules }: SegmentType): string {
    return summarizeRule(parseRule(rules));
  }

  @Mutation(() => SegmentPayload, { description: 'Makes a segment.' })
  async createSegment(
    @Arg('input', () => CreateSegmentInput, { description: 'The segment.' }) input: CreateSegmentInput,
    @Ctx() context: GraphContext,
  ): Promise<SegmentPayload> {
    const key = input.idempotencyKey ?? undefined;
    const work = async () =>
      createSegment(context.scope, { name: input.name, rules: rulesAt(input.rules, 'rules') }, key);
    return payloadOf(context, await attempt(work));
  }

  @Mutation(() => SegmentPayload, { description: 'Changes a segment.' })
  async updateSegment(
    @Arg('input', () => UpdateSegmentInput, { description: 'The change.' }) input: UpdateSegmentInput,
    @Ctx() context: GraphContext,
  ): Promise<SegmentPayload> {
    const { id, version, name, rules } = input;
    const work = async () =>
      updateSegment(context.scope, {
        id,
        version,
        ...(name != null && { name }),
        ...(rules != null && { rules: rulesAt(rules, 'rules') }),
      });
    return payloadOf(context, await attempt(work));
  }

  @Mutation(() => SegmentPayload, {
    description: 'Takes a segment out of use; refused while a campaign that is not over has it as an audience.',
  })
  async archiveSegment(
    @Arg('input', () => ArchiveSegmentInput, { description: 'Which segment.' }) { id, version }: ArchiveSegmentInput,
    @Ctx() context: GraphContext,
  ): Promise<SegmentPayload> {
    const target = { id, ...(version != null && { version }) };
    return payloadOf(context, await attempt(() => archiveSegment(context.scope, target)));
  }
}

const readFilter = ({ text, archived }: SegmentFilterInput): SegmentFilter => ({
  ...(text && { text: text.normalize('NFC') }),
  archived: archived ?? false,
});

async function payloadOf({ loaders }: GraphContext, { value, userErrors }: Attempt<string>): Promise<SegmentPayload> {
  loaders.forget();
  return { segment: value === undefined ? null : await loaders.load(segmentById, value), userErrors };
}
