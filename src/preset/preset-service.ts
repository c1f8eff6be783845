import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { draftOf } from '../campaign/campaign-copying';
import { checkText } from '../campaign/campaign-fields';
import { lockCampaign } from '../campaign/campaign-loading';
import { type CampaignDraft, insertCampaign } from '../campaign/create-campaign';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { plainWords } from '../shared/plain-words';
import { publicId } from '../shared/public-id';

/** A template to make of a campaign. */
export interface NewPreset {
  readonly campaignId: string;
  readonly name: string;
  readonly description?: string | null;
}

/** What campaigns made of a preset begin with: all but a name and dates, which are each one's own. */
export type PresetDefinition = Omit<CampaignDraft, 'fields'> & {
  readonly fields: Omit<CampaignDraft['fields'], 'name'>;
};

/** Keeps what a campaign is at this moment as a template; later edits of it change nothing. Answers the preset's id. */
export function createPreset(scope: Scope, preset: NewPreset, idempotencyKey?: string): Promise<string> {
  const request = { operation: 'createCampaignPreset', key: idempotencyKey, body: preset };
  return scope.write((em) => once(em, scope, request, () => insertPreset(em, scope, preset)));
}

async function insertPreset(em: EntityManager, scope: Scope, preset: NewPreset): Promise<string> {
  const { campaignId, description = null } = preset;
  const name = plainWords(preset.name);
  checkText('name', name, 1, 255);
  if (description !== null) checkText('description', description, 0, 2_000);
  const definition = await definitionFrom(em, scope, campaignId);
  const at = scope.now();
  const id = publicId('pst', at);
  const { organizationNo, userId } = scope.viewer;
  await named(
    name,
    em.execute(insert, [id, organizationNo, name, description, JSON.stringify(definition), userId, at]),
  );
  const changes = differences(nothing, stateOf({ name, description, definition }));
  await recordAudit(em, scope, { action: 'createCampaignPreset', objectType: 'CampaignPreset', objectId: id, changes });
  return id;
}

/** What a campaign is at this moment, as the beginning of others. */
export async function definitionFrom(em: EntityManager, scope: Scope, campaignId: string): Promise<PresetDefinition> {
  const { fields, ...parts } = await draftOf(em, await lockCampaign(em, scope, campaignId, 'campaignId'), '');
  const { name: _, startAt: __, endAt: ___, ...kept } = fields;
  return { ...parts, fields: kept };
}

/** A campaign to make of a preset. */
export interface PresetUse {
  readonly presetId: string;
  readonly name: string;
}

/** A new draft of a preset, judged as one that somebody wrote; a segment archived since is what its launch is refused for. Answers its id. */
export function createFromPreset(scope: Scope, use: PresetUse, idempotencyKey?: string): Promise<string> {
  const request = { operation: 'createCampaignFromPreset', key: idempotencyKey, body: use };
  return scope.write((em) =>
    once(em, scope, request, async () => {
      const { fields, ...parts } = await definitionOf(em, scope, use.presetId);
      const draft = { ...parts, fields: { ...fields, name: use.name } };
      return insertCampaign(em, scope, draft, { action: 'createCampaignFromPreset', keepsArchived: true });
    }),
  );
}

async function definitionOf(em: EntityManager, { viewer }: Scope, id: string): Promise<PresetDefinition> {
  const [row] = await em.execute<{ definition: PresetDefinition }[]>(find, [id, viewer.organizationNo]);
  if (!row) throw notFound('preset', id, 'presetId');
  return row.definition;
}

/** Takes a preset out of the list; campaigns that were made of it stay as they are. */
export function archivePreset(scope: Scope, id: string): Promise<string> {
  return scope.write(async (em) => {
    const at = scope.now();
    const rows = await em.execute<{ id: string }[]>(archive, [at, id, scope.viewer.organizationNo]);
    if (rows.length === 0) throw notFound('preset', id);
    const changes = [{ field: 'archivedAt', before: null, after: at.toISOString() }];
    await recordAudit(em, scope, {
      action: 'archiveCampaignPreset',
      objectType: 'CampaignPreset',
      objectId: id,
      changes,
    });
    return id;
  });
}

/** Writes; a name that another preset in use has is the caller's mistake. */
export async function named(name: string, writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException && error.message.includes('preset_name'))) throw error;
    throw new DomainError('CAMPAIGN_PRESET_NAME_TAKEN', `another preset is named ${name}`, 'name');
  }
}

const insert = `insert into campaign.preset (id, org_no, name, description, definition, created_by, created_at)
values (?, ?, ?, ?, ?::jsonb, ?, ?)`;
const find = 'select definition from campaign.preset where id = ? and org_no = ? and archived_at is null';
const archive = `update campaign.preset set archived_at = ? where id = ? and org_no = ? and archived_at is null returning id`;
