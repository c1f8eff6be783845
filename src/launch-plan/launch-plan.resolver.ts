import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { campaignById } from '../campaign/campaign.loaders';
import type { GraphContext } from '../graphql/context';
import { toUserError } from '../graphql/user-errors';
import { notFound } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { channelWord } from '../variant/channel-word';
import { planLaunch } from './launch-plan';
import { LaunchPlanType } from './launch-plan.types';
import type { Wave } from './send-forecast';

/** As many as somebody looks at. */
const MOST_WAVES = 200;

@Resolver()
export class LaunchPlanResolver {
  @Query(() => LaunchPlanType, {
    nullable: true,
    description:
      'What would happen if a campaign started now: to whom, when, at what cost, and what stands against it.',
  })
  async launchPlan(
    @Arg('campaignId', () => ID, { description: 'Whose launch to foretell, `cmp_…`.' }) campaignId: string,
    @Ctx() { scope, loaders }: GraphContext,
  ): Promise<LaunchPlanType> {
    const { figures, refusals, warnings, limits, ...plan } = await planLaunch(scope, campaignId);
    const campaign = await loaders.load(campaignById, campaignId);
    if (campaign === undefined) throw notFound('campaign', campaignId, 'campaignId');
    const { waves, variants, channels, cost, locales, ...counts } = figures;
    return {
      ...plan,
      ...counts,
      campaign,
      locales: locales.map(inWords),
      cost: cost ? { ...cost, byChannel: cost.byChannel.map(inWords) } : null,
      variants: variants.map(({ channel, ...one }) => ({
        ...one,
        channel: channel && channelWord(channel),
      })),
      channels: channels.map(inWords),
      limits: limits.map(({ channel, ...one }) => ({ ...one, channel: channel ? channelWord(channel) : null })),
      waves: waves.slice(0, MOST_WAVES).map((wave) => ({ ...inWords(wave), localTime: localTime(wave) })),
      warnings: warnings.map(({ people, of, ...one }) => ({
        ...one,
        people: people ?? null,
        share: people !== undefined && of ? people / of : null,
      })),
      refusals: refusals.map(toUserError),
    };
  }
}

const inWords = <One extends { readonly channel: ChannelKind }>({ channel, ...one }: One) => ({
  ...one,
  channel: channelWord(channel),
});

/** A zone that this machine does not know has no clock here. */
function localTime({ dueAt, timeZone }: Wave): string | null {
  try {
    const clock = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat('en-GB', clock).format(dueAt);
  } catch {
    return null;
  }
}
