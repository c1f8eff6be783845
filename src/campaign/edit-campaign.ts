import type { EntityManager } from '@mikro-orm/postgresql';
import { fillAssets } from '../asset/fill-assets';
import type { AudienceDraft } from '../audience/audience-draft';
import { replaceAudiences } from '../audience/audience-writer';
import { fillTemplates } from '../creative/fill-templates';
import type { Scope } from '../scope';
import type { TriggerDraft } from '../trigger/trigger-draft';
import { replaceTriggers } from '../trigger/trigger-writer';
import { askForProfileSchema, profileSchemaOf } from '../variant/profile-schema-reading';
import type { VariantDraft } from '../variant/variant-draft';
import { replaceVariants } from '../variant/variant-writer';
import type { Campaign } from './campaign';
import { auditCampaign, wholeState } from './campaign-audit';
import { draftOf } from './campaign-copying';
import type { CampaignFields } from './campaign-fields';
import { actorOf, lockCampaign, lockOpenExecutions } from './campaign-loading';
import type { CampaignTarget } from './change-status';
import { flushNamed } from './create-campaign';
import { LifecycleEvent } from './lifecycle-event';
import { editOpenPlans } from './open-plans';
import { judgeSendTime } from './send-time-judgement';

/** A change made from `version`. Variants, audiences and triggers are given whole, or not at all. */
export interface CampaignEdit {
  readonly id: string;
  readonly version: number;
  readonly fields?: Partial<CampaignFields>;
  readonly variants?: readonly VariantDraft[];
  readonly audiences?: readonly AudienceDraft[];
  readonly triggers?: readonly TriggerDraft[];
}

/** Edits a draft or paused campaign: all of the change, or none of it. */
export async function editCampaign(scope: Scope, wanted: CampaignEdit): Promise<string> {
  const variants = await fillAssets(scope, await fillTemplates(scope, wanted.variants));
  const edit = { ...wanted, ...(variants && { variants }) };
  await askForProfileSchema(scope, variants, wanted.fields?.delivery?.strictVariables);
  return changeCampaign(scope, { ...edit, action: 'updateCampaign' }, async () => edit);
}

/** Which campaign is changed from which version, and by which command, named as its mutation. */
export interface ChangeOrder extends CampaignTarget {
  readonly action: string;
}

/** Loads and locks, has a change made of what is there, and keeps it with its event and its entry in the log. */
export function changeCampaign(
  scope: Scope,
  { id, version, action }: ChangeOrder,
  changeOf: (em: EntityManager, campaign: Campaign) => Promise<Omit<CampaignEdit, 'id' | 'version'>>,
): Promise<string> {
  return scope.write(async (em) => {
    const campaign = await lockCampaign(em, scope, id);
    campaign.expectVersion(version);
    const before = await wholeState(em, campaign);
    const changedFields = await applyEdit(em, campaign, await changeOf(em, campaign), scope);
    if (changedFields.length === 0) return campaign.id;
    const by = actorOf(scope);
    campaign.edited(by);
    em.persist(LifecycleEvent.of(campaign, 'campaign.updated', { changedFields, updatedBy: by.userId }));
    await flushNamed(em, campaign);
    await auditCampaign(em, scope, campaign, { action, before, after: await wholeState(em, campaign) });
    return campaign.id;
  });
}

async function applyEdit(
  em: EntityManager,
  campaign: Campaign,
  { fields = {}, variants, audiences, triggers }: Omit<CampaignEdit, 'id' | 'version'>,
  scope: Scope,
): Promise<readonly string[]> {
  const open = await lockOpenExecutions(em, campaign);
  // What only waits for logins has its plan, and keeps no recurring campaign from getting another for its next occurrence.
  const isOpen = open.some(({ aside }) => !aside || campaign.type === 'ONE_TIME');
  const wasStrict = isStrict(campaign);
  const changed = [...campaign.edit(fields, isOpen)];
  await editOpenPlans(em, scope, campaign, { open, changed });
  const rewritten = variants ?? (isStrict(campaign) === wasStrict ? undefined : await presentVariants(em, campaign));
  if (rewritten) {
    campaign.replaceVariants(isOpen);
    await replaceVariants(em, campaign, rewritten, {
      at: scope.now(),
      limits: scope.content,
      profileSchema: profileSchemaOf(scope),
    });
    changed.push('variants');
  }
  if (audiences) {
    campaign.replaceAudiences();
    await replaceAudiences(em, campaign, audiences, { at: scope.now(), mostUsers: scope.maxNamedUsers });
    changed.push('audiences');
  }
  if (triggers) {
    campaign.replaceTriggers(isOpen);
    await replaceTriggers(em, campaign, triggers, scope.now());
    changed.push('triggers');
  }
  if (changed.some((part) => aboutSendTime.has(part))) await judgeSendTime(em, scope, campaign);
  return changed;
}

/** What changes when messages may go at all. */
const aboutSendTime: ReadonlySet<string> = new Set(['sendWindows', 'excludeWeekends', 'variants']);

const isStrict = ({ delivery }: Campaign): boolean => delivery.strictVariables ?? false;

/** As they are: they are judged once more, by what the campaign now demands of them. */
const presentVariants = async (em: EntityManager, campaign: Campaign) =>
  (await draftOf(em, campaign, campaign.name)).variants;
