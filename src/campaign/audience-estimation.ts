import type { EntityManager } from '@mikro-orm/postgresql';
import { archivedUses, expectInUse } from '../audience/archived-segments';
import type { Audience } from '../audience/audience';
import { drawCapNow } from '../audience/audience-cap';
import { type AudienceDraft, checkAudiences } from '../audience/audience-draft';
import { type Estimate, estimate } from '../audience/audience-estimate';
import { audienceRows, type WrittenAudience } from '../audience/audience-writer';
import type { FrozenPlan } from '../execution/frozen-plan';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { Campaign } from './campaign';
import { defaultFields } from './campaign-fields';
import { loadParts } from './campaign-loading';
import { freezePlan, freezeRules } from './plan-freezing';
import { ofEstimate, readRemoteAudiences } from './remote-audiences';

/** Whose audience: a campaign's, or one that is only thought of. */
export type EstimateRequest = { readonly campaignId: string } | { readonly audiences: readonly AudienceDraft[] };

/** Exact counts, by the statement that an execution would judge people with. */
export async function estimateAudience(scope: Scope, request: EstimateRequest): Promise<Estimate> {
  await readRemote(scope, request);
  const plan = await scope.write((em) =>
    'campaignId' in request ? estimablePlan(em, scope, request.campaignId) : planFor(em, scope, request.audiences),
  );
  if (plan.include.length === 0)
    throw new DomainError(
      'AUDIENCE_MISSING',
      'an estimate needs at least one audience that includes people',
      'audiences',
    );
  const when = { orgNo: scope.viewer.organizationNo, asOf: scope.now() };
  return scope.judge((transaction) => estimate(transaction, plan, when));
}

/** What an execution would do if it started now. */
export async function presentPlan(scope: Scope, campaignId: string): Promise<FrozenPlan> {
  await readRemoteAudiences(scope, campaignId, ofEstimate);
  return drawCapNow(scope, await scope.write((em) => planOf(em, scope, campaignId)));
}

async function readRemote(scope: Scope, request: EstimateRequest): Promise<void> {
  if ('campaignId' in request) return readRemoteAudiences(scope, request.campaignId, ofEstimate);
  const references = checkAudiences(request.audiences, scope.maxNamedUsers).flatMap((audience) =>
    'remote' in audience ? [{ ...audience.remote, path: audience.path }] : [],
  );
  await scope.remoteLists?.prepare(scope.viewer, references, ofEstimate);
}

/** With archived segments it could not start: what it would come to says nothing. */
async function estimablePlan(em: EntityManager, scope: Scope, id: string): Promise<FrozenPlan> {
  const campaign = await campaignOf(em, scope, id);
  const parts = await loadParts(em, campaign);
  expectInUse(await archivedUses(em, parts.audiences));
  return freezePlan(em, campaign, parts, await findOrganization(em, scope));
}

async function planOf(em: EntityManager, scope: Scope, id: string): Promise<FrozenPlan> {
  const campaign = await campaignOf(em, scope, id);
  return freezePlan(em, campaign, await loadParts(em, campaign), await findOrganization(em, scope));
}

async function campaignOf(em: EntityManager, { viewer }: Scope, id: string): Promise<Campaign> {
  const campaign = await em.findOne(Campaign, { id, organizationNo: viewer.organizationNo, archivedAt: null });
  if (!campaign) throw notFound('campaign', id, 'campaignId');
  return campaign;
}

/** What is only thought of has no rows: the people whom it names are asked for by a rule. */
const asRules = ({ row, userIds }: WrittenAudience): Audience =>
  userIds.length === 0
    ? row
    : Object.assign(row, { named: null, rules: { field: 'external_id', operator: 'in', value: userIds } });

/** A plan of one variant for everybody: only the audience and the gates before the variant matter. */
async function planFor(em: EntityManager, scope: Scope, drafts: readonly AudienceDraft[]): Promise<FrozenPlan> {
  const { organizationNo, organizationId } = scope.viewer;
  const terms = { at: scope.now(), mostUsers: scope.maxNamedUsers };
  const audiences = (await audienceRows(em, { organizationNo }, drafts, terms)).map(asRules);
  const { controlGroupPercentage } = (await findOrganization(em, scope)).effectiveSettings();
  const everybody = { no: 1, id: 'everybody', name: 'everybody', isControl: false, allocation: 10_000, content: {} };
  return {
    campaignId: 'estimate',
    organizationId,
    name: 'estimate',
    salt: 'estimate',
    ...(await freezeRules(em, { audiences })),
    controlGroupPercentage,
    holdoutPercentage: 0,
    variants: [everybody],
    assignment: { kind: 'HASH' },
    channels: ['email'],
    goals: [],
    throttle: null,
    commercial: true,
    ...defaultFields.delivery,
  };
}
