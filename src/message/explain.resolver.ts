import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { accountOfPerson } from '../audience/audience-account';
import { heldOfMember } from '../audience/rules-held';
import type { GraphContext } from '../graphql/context';
import { requireCampaignNumber } from '../metrics/campaign-number';
import { channelWord } from '../variant/channel-word';
import { audienceValues } from './audience-values';
import { type GateValues, gateValues, seenByChannel } from './gate-values';
import { explainGates, waitingForLogin } from './gates';
import { judgementOfMessage, type MessageJudgement } from './judgement-reader';
import { loginWaitOfMessage, stopsOfMessage } from './message.loaders';
import { ExplanationType, type MessageType } from './message.types';
import { messagesOfUser } from './message-reader';
import { explainOutsider, tellingOf } from './outsider';

/** The newest executions that a person is explained for at once. */
const explained = 20;

@Resolver()
export class ExplainResolver {
  @Query(() => [ExplanationType], {
    nullable: true,
    description:
      'The gates that a person went through in the newest executions of a campaign. Who has no message in any but tests is told why: which audience means or leaves them out, rule by rule, as of now; of a campaign that never started, what a start would do.',
  })
  async explain(
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Arg('userId', () => ID, { description: "The person's id within the organization." }) userId: string,
    @Ctx() context: GraphContext,
  ): Promise<ExplanationType[]> {
    const campaignNo = await requireCampaignNumber(context, campaignId);
    const wish = { owner: userId, page: { first: explained }, filter: { campaignNo } };
    const messages = ((await context.loaders.load(messagesOfUser, wish)) ?? []).slice(0, explained);
    const judged = await Promise.all(messages.map((message) => judgedMessage(context, message)));
    const explanations = [];
    // One after another: each asks the directory once more.
    for (const one of judged) explanations.push(await explain(context, one, campaignNo));
    const isOutside = judged.every(({ judgement }) => judgement?.plan.test !== undefined);
    return isOutside
      ? [...explanations, await explainOutsider(context, { campaignId, campaignNo, userId })]
      : explanations;
  }
}

interface Judged {
  readonly message: MessageType;
  readonly judgement: MessageJudgement | undefined;
}

const judgedMessage = async ({ loaders }: GraphContext, message: MessageType): Promise<Judged> => ({
  message,
  judgement: await loaders.load(judgementOfMessage, { execNo: message.execNo, seq: message.seq }),
});

async function explain(
  context: GraphContext,
  { message, judgement }: Judged,
  campaignNo: number,
): Promise<ExplanationType> {
  const { execNo, seq } = message;
  const { at = null, attempt = null } = judgement ?? {};
  const stopped = at === null ? undefined : { at: at.toISOString(), attempt };
  const stops = (await context.loaders.load(stopsOfMessage, { execNo, seq })) ?? [];
  const channels = stops.map(({ channel, reason: stop }) => {
    const word = channelWord(channel);
    const chosen = stop === null && word === message.channel;
    return { channel: word, chosen, reason: stop, seen: judgement && seenByChannel(judgement, channel) };
  });
  const seen = judgement && { ...gateValues(judgement), ...(await audienceSeen(context, judgement, campaignNo)) };
  const gates = explainGates(message, seen ?? {}, stopped);
  const until = message.disposition === 'QUEUED' && (await context.loaders.load(loginWaitOfMessage, { execNo, seq }));
  const waiting = until && { ...seen?.time, login: 'awaited', until };
  return { message, gates: waiting ? waitingForLogin(gates, waiting) : gates, channels };
}

// Whether a rule held is told as it was; what the person has there is theirs to change, so it is told whether it may have
// changed since.
async function audienceSeen(
  context: GraphContext,
  { plan, userId, startedAt, judgedAt, rulesHeld }: MessageJudgement,
  campaignNo: number,
): Promise<GateValues> {
  if (userId === null || plan.test) return {};
  const held = heldOfMember(plan, rulesHeld);
  const whose = { orgNo: context.viewer.organizationNo, userId, asOf: startedAt, held };
  const account = await context.scope.read((tx) => accountOfPerson(tx, plan, whose));
  if (account === undefined) return {};
  const { audience } = audienceValues(account, await tellingOf(context, campaignNo, startedAt));
  return { audience: { ...audience, changedSince: account.changedAt > judgedAt } };
}
