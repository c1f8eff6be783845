import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { fillAssets } from '../asset/fill-assets';
import type { AudienceDraft } from '../audience/audience-draft';
import { replaceAudiences } from '../audience/audience-writer';
import { nothing } from '../audit/audit-changes';
import { fillTemplates } from '../creative/fill-templates';
import { firstAnswer, once } from '../idempotency/once';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { publicId } from '../shared/public-id';
import type { TriggerDraft } from '../trigger/trigger-draft';
import { replaceTriggers } from '../trigger/trigger-writer';
import { askForProfileSchema, profileSchemaOf } from '../variant/profile-schema-reading';
import type { VariantDraft } from '../variant/variant-draft';
import { replaceVariants } from '../variant/variant-writer';
import { Campaign, type NewCampaign } from './campaign';
import { auditCampaign, wholeState } from './campaign-audit';
import type { CampaignFields, CampaignKind } from './campaign-fields';
import { actorOf } from './campaign-loading';
import { LifecycleEvent } from './lifecycle-event';
import { judgeSendTime } from './send-time-judgement';

/** A new campaign as a caller gives it. */
export interface CampaignDraft {
  readonly type: CampaignKind;
  readonly fields: Partial<CampaignFields> & { readonly name: string };
  readonly variants?: readonly VariantDraft[];
  readonly audiences?: readonly AudienceDraft[];
  readonly triggers?: readonly TriggerDraft[];
}

/** Creates a draft with its variants, content and audiences; answers its id. The same key answers the same campaign. */
export async function createCampaign(scope: Scope, draft: CampaignDraft, idempotencyKey?: string): Promise<string> {
  const request = { operation: 'createCampaign', key: idempotencyKey, body: draft };
  const known = await firstAnswer<string>(scope, request);
  if (known !== undefined) return known;
  const variants = await fillAssets(scope, await fillTemplates(scope, draft.variants));
  const filled = { ...draft, ...(variants && { variants }) };
  await askForProfileSchema(scope, variants);
  return scope.write((em) => once(em, scope, request, () => insertCampaign(em, scope, filled)));
}

/** Where a campaign comes from, and the command that makes it, named as its mutation. */
export interface CampaignOrigin extends Pick<NewCampaign, 'clonedFrom'> {
  readonly action?: string;
  /** Of a copy: what it is made of may have segments that were archived since. */
  readonly keepsArchived?: boolean;
}

/** Inserts a draft inside the caller's transaction. */
export async function insertCampaign(
  em: EntityManager,
  scope: Scope,
  draft: CampaignDraft,
  { action = 'createCampaign', keepsArchived = false, ...origin }: CampaignOrigin = {},
): Promise<string> {
  const by = actorOf(scope);
  const identity = { id: publicId('cmp', by.at), organizationNo: scope.viewer.organizationNo, type: draft.type };
  const campaign = Campaign.draft({ ...identity, ...origin }, draft.fields, by);
  em.persist(campaign);
  await flushNamed(em, campaign);
  await replaceVariants(em, campaign, draft.variants ?? [], {
    at: by.at,
    limits: scope.content,
    profileSchema: profileSchemaOf(scope),
  });
  await replaceAudiences(em, campaign, draft.audiences ?? [], {
    at: by.at,
    mostUsers: scope.maxNamedUsers,
    keepsArchived,
  });
  if (draft.triggers) await replaceTriggers(em, campaign, draft.triggers, by.at);
  await judgeSendTime(em, scope, campaign);
  const { name, type, status, createdBy } = campaign;
  const facts = { name, type, status, createdBy, organizationId: scope.viewer.organizationId };
  em.persist(LifecycleEvent.of(campaign, 'campaign.created', facts));
  await em.flush();
  await auditCampaign(em, scope, campaign, { action, before: nothing, after: await wholeState(em, campaign) });
  return campaign.id;
}

/** Flushes; a name that a living campaign of the organization has is the caller's mistake. */
export async function flushNamed(em: EntityManager, campaign: Campaign): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException && error.message.includes('campaign_name'))) throw error;
    throw new DomainError('CAMPAIGN_NAME_TAKEN', `another campaign is named ${campaign.name}`, 'name');
  }
}
