import type { FrozenPlan } from '../execution/frozen-plan';
import { contentHash } from '../shared/canonical-json';

/** What a plan would send, to whom and how: a digest for each of its parts. Two plans that do the same share them. */
export type PlanDigest = Readonly<Record<string, string>>;

/**
 * The digests of a plan. Whatever else an execution freezes is a part of its own, so nothing that decides a run is left
 * out. How many people there are is none: people join and leave every day,
 * also what another service keeps.
 *
 * What is usual is left out where plans of before did not name it: who approved such a plan approved the same. So is
 * whether it sells, which is a matter of the campaign's type and never changes; and where the organization is by post, which
 * is no matter of one campaign.
 */
export function digestPlan(plan: FrozenPlan): PlanDigest {
  const { campaignId, organizationId, salt, include, exclude, lists: _, variants, ...rest } = plan;
  const { channelStrategy, commercial: _type, postalAddress: _post, ...others } = rest;
  const parts = {
    ...others,
    ...(channelStrategy !== undefined && channelStrategy !== 'FIRST_ELIGIBLE' && { channelStrategy }),
    audience: { include, exclude },
    content: variants.map(({ no, content }) => ({ no, content })),
    variants: variants.map(({ content: _, ...variant }) => variant),
  };
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, contentHash(value)]));
}

/** The one word for all of it. */
export const hashOf = (digest: PlanDigest): string => contentHash(digest);

/** The parts in which a plan differs from what was noted of it earlier; none where nothing was noted. */
export const changedSince = (noted: PlanDigest | undefined, present: PlanDigest): readonly string[] =>
  noted === undefined
    ? []
    : [...new Set([...Object.keys(noted), ...Object.keys(present)])]
        .filter((part) => noted[part] !== present[part])
        .sort();
