import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { executionById } from '../execution/execution-reader';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { toRecurrence } from '../schedule/schedule.types';
import { activateCampaign } from './activate-campaign';
import { campaignById } from './campaign.loaders';
import { CampaignPayload, StartCampaignPayload } from './campaign.payloads';
import {
  CampaignActionInput,
  CancelCampaignInput,
  PauseCampaignInput,
  ScheduleCampaignInput,
  StartCampaignInput,
} from './campaign-action.inputs';
import { payloadOf, targetOf } from './campaign-editing.resolver';
import { cancelCampaign, pauseCampaign, resumeCampaign } from './change-status';
import { scheduleCampaign, unscheduleCampaign } from './schedule-campaign';
import { startCampaign } from './start-campaign';

@Resolver()
export class CampaignLifecycleResolver {
  @Mutation(() => StartCampaignPayload, {
    description:
      'Starts a campaign now. Repeated, it answers what runs already. Where as many run as may, it waits, scheduled, for a place.',
  })
  async startCampaign(
    @Arg('input', () => StartCampaignInput, { description: 'Which campaign.' }) input: StartCampaignInput,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<StartCampaignPayload> {
    const key = input.idempotencyKey ?? undefined;
    const { value, userErrors } = await attempt(() => startCampaign(scope, targetOf(input), key));
    if (value === undefined) return { userErrors };
    loaders.forget();
    const [campaign, execution] = await Promise.all([
      loaders.load(campaignById, value.campaignId),
      value.executionId === null ? null : loaders.load(executionById, value.executionId),
    ]);
    return { campaign, execution, userErrors };
  }

  @Mutation(() => CampaignPayload, { description: 'Stops a campaign; nothing in flight is lost or sent twice.' })
  async pauseCampaign(
    @Arg('input', () => PauseCampaignInput, { description: 'Which campaign.' }) input: PauseCampaignInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const work = () => pauseCampaign(context.scope, targetOf(input), input.reason ?? null);
    return payloadOf(context, await attempt(work));
  }

  @Mutation(() => CampaignPayload, { description: 'Goes on where a pause stopped.' })
  async resumeCampaign(
    @Arg('input', () => CampaignActionInput, { description: 'Which campaign.' }) input: CampaignActionInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => resumeCampaign(context.scope, targetOf(input))));
  }

  @Mutation(() => CampaignPayload, { description: 'Ends a campaign for good: what is queued is never sent.' })
  async cancelCampaign(
    @Arg('input', () => CancelCampaignInput, { description: 'Which campaign, and why.' }) input: CancelCampaignInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => cancelCampaign(context.scope, targetOf(input), input.reason)));
  }

  @Mutation(() => CampaignPayload, { description: 'Sets a ready draft to start by itself, once or again and again.' })
  async scheduleCampaign(
    @Arg('input', () => ScheduleCampaignInput, { description: 'Which campaign, and when.' })
    input: ScheduleCampaignInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const { at, recurrence } = input;
    const wanted = { ...(at && { at }), ...(recurrence && { recurrence: toRecurrence(recurrence) }) };
    return payloadOf(context, await attempt(() => scheduleCampaign(context.scope, targetOf(input), wanted)));
  }

  @Mutation(() => CampaignPayload, {
    description:
      'Makes a TRIGGERED or TRANSACTIONAL campaign active. Events and requests are not heard yet: it sends nothing so far.',
  })
  async activateCampaign(
    @Arg('input', () => CampaignActionInput, { description: 'Which campaign.' }) input: CampaignActionInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => activateCampaign(context.scope, targetOf(input))));
  }

  @Mutation(() => CampaignPayload, { description: 'Makes a scheduled campaign a draft again.' })
  async unscheduleCampaign(
    @Arg('input', () => CampaignActionInput, { description: 'Which campaign.' }) input: CampaignActionInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => unscheduleCampaign(context.scope, targetOf(input))));
  }
}
