import type { EntityManager } from '@mikro-orm/postgresql';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { draftOf } from './campaign-copying';
import { lockCampaign } from './campaign-loading';
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
  const draft = await draftOf(em, source, name);
  return insertCampaign(em, scope, draft, { action: 'cloneCampaign', clonedFrom: source.id, keepsArchived: true });
}
