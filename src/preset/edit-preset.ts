import type { EntityManager } from '@mikro-orm/postgresql';
import { differences, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { checkText } from '../campaign/campaign-fields';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { plainWords } from '../shared/plain-words';
import { definitionFrom, named, type PresetDefinition } from './preset-service';

/** A change of a preset, made from `version`: what is not given stays as it is. */
export interface PresetEdit {
  readonly id: string;
  readonly version: number;
  readonly name?: string;
  readonly description?: string | null;
  /** Campaigns made of it begin from now on with what this one is at this moment. */
  readonly campaignId?: string;
}

interface KeptPreset {
  readonly name: string;
  readonly description: string | null;
  readonly definition: PresetDefinition;
  readonly version: number;
}

/** Changes a preset in use; campaigns that were made of it stay as they are. Answers its id. */
export function editPreset(scope: Scope, edit: PresetEdit): Promise<string> {
  return scope.write(async (em) => {
    const { version, ...before } = await lockPreset(em, scope, edit.id);
    expectVersion(version, edit.version);
    const after = await changed(em, scope, before, edit);
    const changes = differences(stateOf(before), stateOf(after));
    if (changes.length === 0) return edit.id;
    const by = [scope.viewer.userId, scope.now(), edit.id, scope.viewer.organizationNo];
    const values = [after.name, after.description, JSON.stringify(after.definition), ...by];
    await named(after.name, em.execute(update, values));
    const about = { objectType: 'CampaignPreset', objectId: edit.id };
    await recordAudit(em, scope, { action: 'updateCampaignPreset', ...about, changes });
    return edit.id;
  });
}

async function lockPreset(em: EntityManager, { viewer }: Scope, id: string): Promise<KeptPreset> {
  const [row] = await em.execute<KeptPreset[]>(lock, [id, viewer.organizationNo]);
  if (!row) throw notFound('preset', id);
  return row;
}

function expectVersion(present: number, expected: number): void {
  if (expected === present) return;
  throw new DomainError('CONFLICT', `version ${expected} is not the present one; it is at ${present}`, 'version');
}

async function changed(em: EntityManager, scope: Scope, before: Omit<KeptPreset, 'version'>, edit: PresetEdit) {
  const { description = before.description, campaignId } = edit;
  const name = edit.name === undefined ? before.name : plainWords(edit.name);
  checkText('name', name, 1, 255);
  if (description !== null) checkText('description', description, 0, 2_000);
  const definition = campaignId === undefined ? before.definition : await definitionFrom(em, scope, campaignId);
  return { name, description, definition };
}

const lock = `select name, description, definition, version from campaign.preset
where id = ? and org_no = ? and archived_at is null for update`;
const update = `update campaign.preset set name = ?, description = ?, definition = ?::jsonb, updated_by = ?, updated_at = ?,
  version = version + 1 where id = ? and org_no = ?`;
