import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, PageArgs, pageOf } from '../graphql/pagination';
import { type Attempt, attempt } from '../graphql/user-errors';
import { notFound } from '../shared/errors';
import { CreateContentBlockInput, DeleteContentBlockInput, UpdateContentBlockInput } from './content-block.inputs';
import { contentBlockById, listContentBlocks } from './content-block.loaders';
import { ContentBlockPayload, ContentBlockType } from './content-block.types';
import { createBlock, deleteBlock, updateBlock } from './content-block-service';
import type { BlockKind } from './expand-blocks';

const ContentBlockConnection = connectionType('ContentBlock', () => ContentBlockType);

@Resolver(() => ContentBlockType)
export class ContentBlockResolver {
  @Query(() => ContentBlockType, { nullable: true, description: 'One content block, also one that was deleted.' })
  async contentBlock(
    @Arg('id', () => ID, { description: 'The public id, `blk_…`.' }) id: string,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ContentBlockType> {
    const block = await loaders.load(contentBlockById, id);
    if (block === undefined) throw notFound('content block', id);
    return block;
  }

  @Query(() => ContentBlockConnection, { description: 'The content blocks in use, the newest first.' })
  async contentBlocks(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<ContentBlockType>> {
    const page = pageOf(args);
    const rows = await scope.read((transaction) => listContentBlocks(transaction, page));
    return connectionOf(
      rows,
      page,
      ({ blockNo }) => [blockNo],
      (row) => row,
    );
  }

  @Mutation(() => ContentBlockPayload, { description: 'Makes a content block.' })
  async createContentBlock(
    @Arg('input', () => CreateContentBlockInput, { description: 'The block.' })
    { idempotencyKey, kind, ...input }: CreateContentBlockInput,
    @Ctx() context: GraphContext,
  ): Promise<ContentBlockPayload> {
    const block = { ...input, kind: kind.toLowerCase() as BlockKind };
    return payloadOf(context, await attempt(() => createBlock(context.scope, block, idempotencyKey ?? undefined)));
  }

  @Mutation(() => ContentBlockPayload, {
    description: 'Changes a content block; campaigns that use it keep what they have until they are refreshed.',
  })
  async updateContentBlock(
    @Arg('input', () => UpdateContentBlockInput, { description: 'The change.' })
    { content, ...input }: UpdateContentBlockInput,
    @Ctx() context: GraphContext,
  ): Promise<ContentBlockPayload> {
    const change = { ...input, ...(content != null && { content }) };
    return payloadOf(context, await attempt(() => updateBlock(context.scope, change)));
  }

  @Mutation(() => ContentBlockPayload, {
    description: 'Takes a content block out of use; campaigns that use it keep what they have.',
  })
  async deleteContentBlock(
    @Arg('input', () => DeleteContentBlockInput, { description: 'Which block.' }) input: DeleteContentBlockInput,
    @Ctx() context: GraphContext,
  ): Promise<ContentBlockPayload> {
    return payloadOf(context, await attempt(() => deleteBlock(context.scope, input)));
  }
}

async function payloadOf(
  { loaders }: GraphContext,
  { value, userErrors }: Attempt<string>,
): Promise<ContentBlockPayload> {
  if (value === undefined) return { userErrors };
  loaders.forget();
  return { contentBlock: (await loaders.load(contentBlockById, value)) ?? null, userErrors };
}
