import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { requireCampaignNumber } from '../metrics/campaign-number';
import { channelWord } from '../variant/channel-word';
import { gateValues, seenByChannel } from './gate-values';
import { explainGates } from './gates';
import { judgementOfMessage } from './judgement-reader';
import { stopsOfMessage } from './message.loaders';
import { ExplanationType, type MessageType } from './message.types';
import { messagesOfUser } from './message-reader';

/** The newest executions that a person is explained for at once. */
const explained = 20;

@Resolver()
export class ExplainResolver {
  @Query(() => [ExplanationType], {
    nullable: true,
    description:
      'The gates that a person went through in the newest executions of a campaign; none for who was in none.',
  })
  async explain(
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Arg('userId', () => ID, { description: "The person's id within the organization." }) userId: string,
    @Ctx() context: GraphContext,
  ): Promise<ExplanationType[]> {
    const campaignNo = await requireCampaignNumber(context, campaignId);
    const wish = { owner: userId, page: { first: explained }, filter: { campaignNo } };
    const messages = (await context.loaders.load(messagesOfUser, wish)) ?? [];
    return Promise.all(messages.slice(0, explained).map((message) => explain(context, message)));
  }
}

async function explain({ loaders }: GraphContext, message: MessageType): Promise<ExplanationType> {
  const { execNo, seq } = message;
  const judgement = await loaders.load(judgementOfMessage, { execNo, seq });
  const { at = null, attempt = null } = judgement ?? {};
  const stopped = at === null ? undefined : { at: at.toISOString(), attempt };
  const stops = (await loaders.load(stopsOfMessage, { execNo, seq })) ?? [];
  const channels = stops.map(({ channel, reason: stop }) => {
    const word = channelWord(channel);
    const chosen = stop === null && word === message.channel;
    return { channel: word, chosen, reason: stop, seen: judgement && seenByChannel(judgement, channel) };
  });
  return { message, gates: explainGates(message, judgement ? gateValues(judgement) : {}, stopped), channels };
}
