import type { EntityManager } from '@mikro-orm/postgresql';
import type { AudienceDraft } from '../audience/audience-draft';
import { Segment } from '../segment/segment';
import { fromHundredths } from '../shared/hundredths';
import { channelName } from '../shared/ledger-codes';
import type { TriggerDraft } from '../trigger/trigger-draft';
import type { VariantDraft } from '../variant/variant-draft';
import type { Campaign } from './campaign';
import { type CampaignFields, defaultFields } from './campaign-fields';
import { type CampaignParts, loadParts } from './campaign-loading';
import type { CampaignDraft } from './create-campaign';

/** Everything of a campaign but its history, as a draft under another name. */
export async function draftOf(em: EntityManager, source: Campaign, name: string): Promise<CampaignDraft> {
  const parts = await loadParts(em, source);
  return {
    type: source.type,
    fields: { ...copiedFields(source), name },
    variants: parts.variants.map((variant) => variantDraft(variant, parts)),
    audiences: await audienceDrafts(em, parts),
    ...(parts.triggers.length > 0 && { triggers: parts.triggers.map(triggerDraft) }),
  };
}

function copiedFields(source: Campaign): Partial<CampaignFields> {
  const names = Object.keys(defaultFields) as (keyof typeof defaultFields)[];
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}

function variantDraft(variant: CampaignParts['variants'][number], { channels }: CampaignParts): VariantDraft {
  const own = channels.filter((channel) => channel.variantNo === variant.variantNo);
  return {
    name: variant.name,
    isControl: variant.isControl,
    allocation: fromHundredths(variant.allocationHundredths),
    attributeValue: variant.attributeValue,
    channels: own.map(({ kind, enabled, priority, content }) => ({
      kind: channelName.get(kind) ?? 'email',
      enabled,
      priority,
      content,
    })),
  };
}

function triggerDraft(trigger: CampaignParts['triggers'][number]): TriggerDraft {
  const { eventType, delayMinutes, frequencyCount, frequencyHours, heedsQuietHours, enabled } = trigger;
  // They were judged when they were written.
  const conditions = [...trigger.conditions] as TriggerDraft['conditions'];
  return { eventType, conditions, delayMinutes, frequencyCount, frequencyHours, heedsQuietHours, enabled };
}

async function audienceDrafts(em: EntityManager, { audiences }: CampaignParts): Promise<AudienceDraft[]> {
  const people = await namedPeople(em, audiences);
  const numbers = audiences.flatMap(({ segmentNo }) => (segmentNo === null ? [] : [segmentNo]));
  const segments = await em.find(Segment, { segmentNo: { $in: numbers } });
  const ids = new Map(segments.map((segment) => [segment.segmentNo, segment.id]));
  return audiences.map(({ id, kind, segmentNo, rules, remoteSource, remoteId, named }) => {
    if (named !== null) return { kind, userIds: people.get(id) ?? [] };
    if (remoteSource === 'SEGMENT' && remoteId !== null) return { kind, remoteSegmentId: remoteId };
    if (remoteSource === 'RULE' && remoteId !== null) return { kind, remoteRuleId: remoteId };
    return rules === null ? { kind, segmentId: ids.get(segmentNo ?? 0) } : { kind, rules };
  });
}

async function namedPeople(em: EntityManager, audiences: CampaignParts['audiences']): Promise<Map<string, string[]>> {
  const ids = audiences.filter(({ named }) => named !== null).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await em.execute<{ id: string; people: string[] }[]>(named, [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, people }) => [id, people]));
}

const named = `select audience_id as id, array_agg(external_id order by external_id) as people from campaign.named_user
where audience_id in (select jsonb_array_elements_text(?::jsonb)) group by 1`;
