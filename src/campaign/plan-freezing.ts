import type { EntityManager } from '@mikro-orm/postgresql';
import type { Audience } from '../audience/audience';
import type { FrozenAudience, FrozenGoal, FrozenPlan, FrozenVariant, NamedAudience } from '../execution/frozen-plan';
import type { Organization } from '../organization/organization';
import { newestLists } from '../remote-list/list-store';
import type { RemoteReference } from '../remote-list/remote-list';
import { Segment } from '../segment/segment';
import { type ChannelKind, channelName } from '../shared/ledger-codes';
import type { Channel } from '../variant/channel';
import type { Variant } from '../variant/variant';
import type { Campaign } from './campaign';
import type { DeliverySettings } from './campaign-fields';
import type { CampaignParts } from './campaign-loading';
import { freezeHours } from './hours-freezing';
import { strictestThrottle } from './throttle-freezing';

/** Fixes what an execution will do (P-13): rules as the segments have them now, contents by their hashes. */
export async function freezePlan(
  em: EntityManager,
  campaign: Campaign,
  parts: CampaignParts,
  organization: Organization,
): Promise<FrozenPlan> {
  const channels = enabledKinds(parts);
  return {
    campaignId: campaign.id,
    organizationId: organization.id,
    name: campaign.name,
    // A person stays in or out, and in the same arm, for the life of the campaign: never salted by the execution.
    salt: campaign.id,
    ...(await freezeRules(em, parts)),
    controlGroupPercentage: organization.effectiveSettings().controlGroupPercentage,
    ...(campaign.audienceCap !== null && { audienceCap: { people: campaign.audienceCap } }),
    holdoutPercentage: campaign.holdoutHundredths / 100,
    variants: parts.variants.map((variant) => freezeVariant(variant, parts.channels)),
    assignment: campaign.assignment,
    ...(campaign.experiment && { experiment: campaign.experiment }),
    channels,
    channelStrategy: campaign.delivery.channelStrategy ?? 'FIRST_ELIGIBLE',
    commercial: campaign.type !== 'TRANSACTIONAL',
    goals: campaign.conversionGoals.map(freezeGoal),
    throttle: strictestThrottle(campaign.throttle),
    ...freezeAddress(campaign, organization),
    ...freezeDelivery(campaign.delivery),
    ...freezeHours(campaign, channels, organization.effectiveSettings()),
  };
}

/** Whoever sells by e-mail says where they are (CAN-SPAM). */
export function freezeAddress({ type }: Campaign, organization: Organization): Pick<FrozenPlan, 'postalAddress'> {
  const { postalAddress: words } = organization.effectiveSettings();
  return words === null ? {} : { postalAddress: { words, demanded: type !== 'TRANSACTIONAL' } };
}

const freezeDelivery = ({
  onQuietHours: _,
  channelStrategy: __,
  strictVariables: ___,
  schedulingRuleId: ____,
  ...delivery
}: DeliverySettings): Pick<FrozenPlan, 'trackOpens' | 'trackClicks' | 'expiresAfterHours' | 'personalizationRuleId'> =>
  delivery;

const freezeGoal = (
  { eventType, valueField, windowDays }: Campaign['conversionGoals'][number],
  index: number,
): FrozenGoal => ({
  no: index + 1,
  eventType,
  ...(valueField && { valueField }),
  windowDays,
});

/**
 * The rules of audiences as their segments have them now, and the newest lists of those that other services keep.
 * Whoever judges people by an audience without a list is refused: an exclude without one would leave out nobody.
 */
export async function freezeRules(
  em: EntityManager,
  { audiences }: Pick<CampaignParts, 'audiences'>,
): Promise<Pick<FrozenPlan, 'include' | 'exclude' | 'lists'>> {
  const numbers = audiences.flatMap(({ segmentNo }) => (segmentNo === null ? [] : [segmentNo]));
  const segments = await em.find(Segment, { segmentNo: { $in: numbers } });
  const rulesOf = new Map(segments.map((segment) => [segment.segmentNo, segment.rules]));
  const pick = (kind: string): FrozenAudience[] =>
    audiences
      .filter((audience) => audience.kind === kind)
      .flatMap(
        (audience) =>
          remoteOf(audience) ?? namedOf(audience) ?? audience.rules ?? rulesOf.get(audience.segmentNo ?? 0) ?? [],
      );
  const remote = audiences.flatMap((audience) => remoteOf(audience) ?? []);
  return { include: pick('INCLUDE'), exclude: pick('EXCLUDE'), ...(await freezeLists(em, audiences[0], remote)) };
}

const namedOf = ({ id, named }: Audience): { named: NamedAudience } | undefined =>
  named === null ? undefined : { named: { audienceId: id, people: named } };

const remoteOf = ({ remoteSource, remoteId }: Audience): { remote: RemoteReference } | undefined =>
  remoteSource !== null && remoteId !== null ? { remote: { source: remoteSource, id: remoteId } } : undefined;

async function freezeLists(
  em: EntityManager,
  owner: Audience | undefined,
  remote: readonly { readonly remote: RemoteReference }[],
): Promise<Pick<FrozenPlan, 'lists'>> {
  if (owner === undefined || remote.length === 0) return {};
  const references = remote.map((one) => one.remote);
  return { lists: await newestLists(em, owner.organizationNo, references) };
}

function freezeVariant(variant: Variant, channels: readonly Channel[]): FrozenVariant {
  const own = channels.filter((channel) => channel.enabled && channel.variantNo === variant.variantNo);
  return {
    no: variant.variantNo,
    id: variant.id,
    name: variant.name,
    isControl: variant.isControl,
    allocation: variant.allocationHundredths,
    ...(variant.attributeValue !== null && { attributeValue: variant.attributeValue }),
    content: Object.fromEntries(own.map((channel) => [channelName.get(channel.kind), channel.contentHash])),
  };
}

/** The channels of a campaign, in the order in which they are tried. */
export function enabledKinds({ channels }: Pick<CampaignParts, 'channels'>): readonly ChannelKind[] {
  const kinds = channels.flatMap(({ enabled, kind }) => (enabled ? [channelName.get(kind)] : []));
  return [...new Set(kinds)].filter((kind) => kind !== undefined);
}
