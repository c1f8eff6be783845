import type { EntityManager } from '@mikro-orm/postgresql';
import type { Campaign } from '../campaign/campaign';
import { DomainError } from '../shared/errors';
import { publicId } from '../shared/public-id';
import { Trigger } from './trigger';
import { type CheckedTrigger, checkTriggers, type TriggerDraft } from './trigger-draft';

/**
 * Puts these triggers in the place of the present ones. One that is kept keeps its row: what it did to a person, and how
 * often, hangs on its number.
 */
export async function replaceTriggers(
  em: EntityManager,
  campaign: Campaign,
  drafts: readonly TriggerDraft[],
  at: Date,
): Promise<void> {
  const checked = checkTriggers(drafts);
  if (checked.length > 0 && campaign.type !== 'TRIGGERED')
    throw new DomainError('CAMPAIGN_INVALID_TRIGGER', `a ${campaign.type} campaign has no triggers`, 'triggers');
  const present = await em.find(Trigger, { campaignNo: campaign.campaignNo });
  const kept = checked.map((draft, index) => keep(present, draft, index));
  const twice = kept.findIndex((one, index) => one !== undefined && kept.indexOf(one) < index);
  if (twice >= 0)
    throw new DomainError('CAMPAIGN_INVALID_TRIGGER', 'the same trigger stands there twice', `triggers[${twice}].id`);
  for (const gone of present.filter((one) => !kept.includes(one))) em.remove(gone);
  for (const [position, draft] of checked.entries())
    em.persist(Object.assign(kept[position] ?? newTrigger(campaign, at), { ...fieldsOf(draft), position }));
  await em.flush();
}

function keep(present: readonly Trigger[], { id }: CheckedTrigger, index: number): Trigger | undefined {
  if (id === undefined) return undefined;
  const found = present.find((one) => one.id === id);
  if (!found) throw new DomainError('NOT_FOUND', `the campaign has no trigger ${id}`, `triggers[${index}].id`);
  return found;
}

const newTrigger = ({ campaignNo, organizationNo }: Campaign, at: Date): Trigger =>
  Object.assign(new Trigger(), { id: publicId('trg', at), campaignNo, organizationNo });

const fieldsOf = ({ id: _, ...fields }: CheckedTrigger) => fields;
