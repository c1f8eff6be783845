import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { decideApproval, submitForApproval } from './approve-campaign';
import { CampaignPayload } from './campaign.payloads';
import { CampaignActionInput, DecideApprovalInput } from './campaign-action.inputs';
import { payloadOf, targetOf } from './campaign-editing.resolver';

@Resolver()
export class CampaignApprovalResolver {
  @Mutation(() => CampaignPayload, { description: 'Asks for an approval; a later edit withdraws it.' })
  async submitForApproval(
    @Arg('input', () => CampaignActionInput, { description: 'Which campaign.' }) input: CampaignActionInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return payloadOf(context, await attempt(() => submitForApproval(context.scope, targetOf(input))));
  }

  @Mutation(() => CampaignPayload, {
    description: 'Approves what somebody else submitted, as it stands; for approvers.',
  })
  approveCampaign(
    @Arg('input', () => DecideApprovalInput, { description: 'Which campaign.' }) input: DecideApprovalInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return decide(context, input, 'approved');
  }

  @Mutation(() => CampaignPayload, { description: 'Rejects what somebody else submitted; for approvers.' })
  rejectCampaign(
    @Arg('input', () => DecideApprovalInput, { description: 'Which campaign.' }) input: DecideApprovalInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    return decide(context, input, 'rejected');
  }
}

async function decide(
  context: GraphContext,
  input: DecideApprovalInput,
  approval: 'approved' | 'rejected',
): Promise<CampaignPayload> {
  const { comment, planHash } = input;
  const decision = { approval, comment: comment ?? null, ...(planHash != null && { planHash }) };
  return payloadOf(context, await attempt(() => decideApproval(context.scope, targetOf(input), decision)));
}
