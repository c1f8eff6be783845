import type { EntityManager } from '@mikro-orm/postgresql';
import type { AudienceDraft } from '../audience/audience-draft';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { Segment } from '../segment/segment';
import { fromHundredths } from '../shared/hundredths';
import { channelName } from '../shared/ledger-codes';
import type { TriggerDraft } from '../trigger/trigger-draft';
import type { VariantDraft } from '../variant/variant-draft';
import type { Campaign } from './campaign';
import { type CampaignFields, defaultFields } from './campaign-fields';
import { type CampaignParts, loadParts, lockCampaign } from './campaign-loading';
import { insertCampaign } from './create-campaign';
import { stepFor } from './transitions';

/** A campaign to copy, and the name of the copy. */
export interface CloneRequest {
  readonly id: string;
  readonly name: string;
}

/** A new draft with everything of the campaign but its history. */
export function cloneCampaign(scope: Scope, request: CloneRequest, idempotencyKey?: string): Promise<string> {
  const repeatable = { operation: 'cloneCampaign', key: idempotencyKey, body: request };
  return scope.write((em) => once(em, scope, repeatable, () => copy(em, scope, request)));
}

async function copy(em: EntityManager, scope: Scope, { id, name }: CloneRequest): Promise<string> {
  const source = await lockCampaign(em, scope, id);
  stepFor(source, 'clone');
  const parts = await loadParts(em, source);
  const draft = {
    type: source.type,
    fields: { ...copiedFields(source), name },
    variants: parts.variants.map((variant) => variantDraft(variant, parts)),
    audiences: await audienceDrafts(em, parts),
    ...(parts.triggers.length > 0 && { triggers: parts.triggers.map(triggerDraft) }),
  };
  return insertCampaign(em, scope, draft, { clonedFrom: source.id });
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
  const numbers = audiences.flatMap(({ segmentNo }) => (segmentNo === null ? [] : [segmentNo]));
  const segments = await em.find(Segment, { segmentNo: { $in: numbers } });
  const ids = new Map(segments.map((segment) => [segment.segmentNo, segment.id]));
  return audiences.map(({ kind, segmentNo, rules }) =>
    rules === null ? { kind, segmentId: ids.get(segmentNo ?? 0) } : { kind, rules },
  );
}
