import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { rulesAt } from '../audience/audience-draft';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, PageArgs, pageOf } from '../graphql/pagination';
import { type Attempt, attempt } from '../graphql/user-errors';
import { notFound } from '../shared/errors';
import { parseRule } from './rule-parser';
import { summarizeRule } from './rule-words';
import { CreateSegmentInput, UpdateSegmentInput } from './segment.inputs';
import { listSegments, segmentById } from './segment.loaders';
import { SegmentPayload, SegmentType } from './segment.types';
import { createSegment, updateSegment } from './segment-service';

const SegmentConnection = connectionType('Segment', () => SegmentType);

@Resolver(() => SegmentType)
export class SegmentResolver {
  @Query(() => SegmentType, { nullable: true, description: 'One segment.' })
  async segment(
    @Arg('id', () => ID, { description: 'The public id, `seg_…`.' }) id: string,
    @Ctx() { loaders }: GraphContext,
  ): Promise<SegmentType> {
    const segment = await loaders.load(segmentById, id);
    if (segment === undefined) throw notFound('segment', id);
    return segment;
  }

  @Query(() => SegmentConnection, { description: 'The segments of the organization, the newest first.' })
  async segments(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<SegmentType>> {
    const page = pageOf(args);
    const rows = await scope.read((transaction) => listSegments(transaction, page));
    return connectionOf(
      rows,
      page,
      ({ segmentNo }) => [segmentNo],
      (row) => row,
    );
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
}

async function payloadOf({ loaders }: GraphContext, { value, userErrors }: Attempt<string>): Promise<SegmentPayload> {
  loaders.forget();
  return { segment: value === undefined ? null : await loaders.load(segmentById, value), userErrors };
}
