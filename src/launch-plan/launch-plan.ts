import type { EntityManager } from '@mikro-orm/postgresql';
import { archivedUses } from '../audience/archived-segments';
import { audienceTooLarge } from '../audience/audience-size';
import { countUnknown } from '../audience/named-users';
import { Campaign } from '../campaign/campaign';
import { loadParts } from '../campaign/campaign-loading';
import { type Launch, refusalsOf } from '../campaign/launch-guards';
import { freezePlan } from '../campaign/plan-freezing';
import { ofEstimate, readRemoteAudiences } from '../campaign/remote-audiences';
import { countRunning } from '../campaign/start-campaign';
import type { FrozenPlan } from '../execution/frozen-plan';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { type DomainError, notFound } from '../shared/errors';
import { localizedContents, neededOf, usedVariables } from './launch-contents';
import { countLaunch, type NeededVariables } from './launch-count';
import { figuresOf, type LaunchFigures, type UsedVariable, wavesOf } from './launch-figures';
import { foretell } from './launch-forecast';
import { type PaceLimit, paceLimits } from './launch-pace';
import { type LaunchWarning, warningsOf } from './launch-warnings';
import { localizedWarnings } from './localized-warnings';
import { isPersonal } from './missing-variable';
import { changedSince, digestPlan, hashOf } from './plan-digest';

/** As far as a sending is foretold. */
const MOST_DAYS = 366;
/** More variables are not counted: each is a question about every person. */
const MOST_VARIABLES = 20;

/** What would happen if a campaign started now. */
export interface LaunchPlan {
  readonly campaignId: string;
  readonly asOf: Date;
  readonly hash: string;
  readonly figures: LaunchFigures;
  /** Those whom the includes mean, and an exclude leaves out: they are no part of the audience. */
  readonly excludedByAudience: number;
  /** Those in the audience whom its cap leaves out. */
  readonly overCap: number;
  readonly limits: readonly PaceLimit[];
  readonly warnings: readonly LaunchWarning[];
  /** Why a start would be refused, each reason there is. */
  readonly refusals: readonly DomainError[];
}

/** Foretells a launch by the code that would do it, and changes nothing. */
export async function planLaunch(scope: Scope, campaignId: string): Promise<LaunchPlan> {
  await readRemoteAudiences(scope, campaignId, ofEstimate);
  const present = await scope.write((em) => readPresent(em, scope, campaignId));
  const { campaign, plan, settings, parts } = present;
  const used = usedVariables(parts);
  const personal = used.filter(([variable]) => isPersonal(variable)).slice(0, MOST_VARIABLES);
  const localized = localizedContents(parts);
  const needed = campaign.delivery.strictVariables ? neededOf(parts) : [];
  const limits = paceLimits(plan, settings);
  const { drawn, groups, excludedByAudience, overCap, unknownUsers, ahead } = await count(scope, present, {
    personal,
    limits,
    byLocale: localized.length > 0,
    needed,
  });
  const figures = figuresOf(groups, { plan, budget: campaign.budget, forecast: ahead, used: personal, localized });
  const digest = digestPlan(plan);
  const outdated = campaign.approval === 'approved' ? changedSince(campaign.approvalRecord?.plan, digest) : [];
  const variables = used.map(([variable]) => variable);
  const staleLists = (plan.lists ?? []).filter((list) => scope.remoteLists?.isStale(list));
  return {
    campaignId,
    asOf: scope.now(),
    hash: hashOf(digest),
    figures,
    excludedByAudience,
    overCap,
    limits,
    warnings: [
      ...warningsOf({
        figures,
        campaign,
        mostPeople: scope.maxAudience,
        unknownUsers,
        staleLists,
        variables,
        outdated,
      }),
      ...(await localizedWarnings(scope, drawn, used)),
    ],
    refusals: [...refusalsOf(launchOf(campaign), present), ...tooLarge(scope, figures)],
  };
}

/** How a campaign of its type is launched. */
const launchOf = ({ type }: Campaign): 'start' | 'activate' =>
  type === 'TRIGGERED' || type === 'TRANSACTIONAL' ? 'activate' : 'start';

const namedAudiences = ({ include, exclude }: FrozenPlan): readonly string[] =>
  [...include, ...exclude].flatMap((audience) => ('named' in audience ? [audience.named.audienceId] : []));

const tooLarge = ({ maxAudience }: Scope, { people }: LaunchFigures): readonly DomainError[] =>
  people > maxAudience ? [audienceTooLarge(maxAudience)] : [];

async function readPresent(em: EntityManager, scope: Scope, id: string): Promise<Launch> {
  const campaign = await em.findOne(Campaign, { id, organizationNo: scope.viewer.organizationNo, archivedAt: null });
  if (!campaign) throw notFound('campaign', id, 'campaignId');
  const organization = await findOrganization(em, scope);
  const parts = await loadParts(em, campaign);
  const plan = await freezePlan(em, campaign, parts, organization);
  const settings = organization.effectiveSettings();
  return {
    campaign,
    parts,
    archived: await archivedUses(em, parts.audiences),
    plan,
    settings,
    running: await countRunning(em, scope),
    served: scope.servedChannels,
    now: scope.now(),
  };
}

interface Asked {
  readonly personal: readonly UsedVariable[];
  readonly limits: readonly PaceLimit[];
  readonly byLocale: boolean;
  readonly needed: readonly NeededVariables[];
}

function count(scope: Scope, { plan }: Launch, { personal, limits, byLocale, needed }: Asked) {
  const question = {
    orgNo: scope.viewer.organizationNo,
    now: scope.now(),
    most: scope.maxAudience,
    variables: personal.map(([variable]) => variable),
    byLocale,
    needed,
  };
  return scope.judge(async (tx) => {
    const { plan: drawn, groups, excludedByAudience, overCap } = await countLaunch(tx, plan, question);
    const ahead = await foretell(tx, plan, {
      waves: wavesOf(groups),
      limits,
      now: question.now,
      days: MOST_DAYS,
    });
    const unknownUsers = await countUnknown(tx, namedAudiences(plan));
    return { drawn, groups, excludedByAudience, overCap, unknownUsers, ahead };
  });
}
