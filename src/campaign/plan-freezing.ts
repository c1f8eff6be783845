import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenGoal, FrozenPlan, FrozenQuietHours, FrozenVariant } from '../execution/frozen-plan';
import type { Organization } from '../organization/organization';
import type { OrganizationSettings } from '../organization/organization-settings';
import type { Rule } from '../segment/rule.types';
import { Segment } from '../segment/segment';
import { type ChannelKind, channelName } from '../shared/ledger-codes';
import type { Channel } from '../variant/channel';
import type { Variant } from '../variant/variant';
import type { Campaign } from './campaign';
import type { DeliverySettings } from './campaign-fields';
import type { CampaignParts } from './campaign-loading';
import { strictestThrottle } from './throttle-freezing';

/** Fixes what an execution will do (P-13): rules as the segments have them now, contents by their hashes. */
export async function freezePlan(
  em: EntityManager,
  campaign: Campaign,
  parts: CampaignParts,
  organization: Organization,
): Promise<FrozenPlan> {
  return {
    campaignId: campaign.id,
    organizationId: organization.id,
    name: campaign.name,
    // A person stays in or out, and in the same arm, for the life of the campaign: never salted by the execution.
    salt: campaign.id,
    ...(await freezeRules(em, parts)),
    controlGroupPercentage: organization.effectiveSettings().controlGroupPercentage,
    holdoutPercentage: campaign.holdoutHundredths / 100,
    variants: parts.variants.map((variant) => freezeVariant(variant, parts.channels)),
    assignment: campaign.assignment,
    ...(campaign.experiment && { experiment: campaign.experiment }),
    channels: enabledKinds(parts),
    goals: campaign.conversionGoals.map(freezeGoal),
    throttle: strictestThrottle(campaign.throttle),
    ...freezeDelivery(campaign.delivery, organization.effectiveSettings()),
  };
}

function freezeDelivery(
  { onQuietHours, ...delivery }: DeliverySettings,
  { quietHours: { enabled, ...hours } }: OrganizationSettings,
): Pick<FrozenPlan, 'trackOpens' | 'trackClicks' | 'expiresAfterHours' | 'quietHours'> {
  const quietHours: FrozenQuietHours = { ...hours, skips: onQuietHours === 'SKIP' };
  return { ...delivery, quietHours: enabled ? quietHours : null };
}

const freezeGoal = (
  { eventType, valueField, windowDays }: Campaign['conversionGoals'][number],
  index: number,
): FrozenGoal => ({
  no: index + 1,
  eventType,
  ...(valueField && { valueField }),
  windowDays,
});

/** The rules of audiences as their segments have them now. */
export async function freezeRules(
  em: EntityManager,
  { audiences }: Pick<CampaignParts, 'audiences'>,
): Promise<Pick<FrozenPlan, 'include' | 'exclude'>> {
  const numbers = audiences.flatMap(({ segmentNo }) => (segmentNo === null ? [] : [segmentNo]));
  const segments = await em.find(Segment, { segmentNo: { $in: numbers } });
  const rulesOf = new Map(segments.map((segment) => [segment.segmentNo, segment.rules]));
  const pick = (kind: string): Rule[] =>
    audiences
      .filter((audience) => audience.kind === kind)
      .flatMap(({ rules, segmentNo }) => rules ?? rulesOf.get(segmentNo ?? 0) ?? []);
  return { include: pick('INCLUDE'), exclude: pick('EXCLUDE') };
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

function enabledKinds({ channels }: CampaignParts): readonly ChannelKind[] {
  const kinds = channels.flatMap(({ enabled, kind }) => (enabled ? [channelName.get(kind)] : []));
  return [...new Set(kinds)].filter((kind) => kind !== undefined);
}
