import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../shared/errors';
import type { Rule } from './rule.types';
import { findField } from './rule-field';

/** Rules that stand at `path` of an input. */
export interface PlacedRule {
  readonly rules: Rule;
  readonly path: string;
}

interface NamedCampaign {
  readonly id: string;
  readonly path: string;
}

/**
 * Refuses rules about the behaviour in a campaign that the organization has not: AUDIENCE_INVALID_RULE with the path of
 * the field. An archived campaign keeps its history, so it may be named.
 */
export async function expectKnownCampaigns(
  em: EntityManager,
  organizationNo: number,
  placed: readonly PlacedRule[],
): Promise<void> {
  const named = placed.flatMap(({ rules, path }) => namedCampaigns(rules, path));
  if (named.length === 0) return;
  const rows = await em.execute<{ id: string }[]>(known, [organizationNo, JSON.stringify(named.map(({ id }) => id))]);
  const ids = new Set(rows.map(({ id }) => id));
  const missing = named.find(({ id }) => !ids.has(id));
  if (missing) throw new DomainError('AUDIENCE_INVALID_RULE', `there is no campaign ${missing.id}`, missing.path);
}

const known = `
select id from campaign.campaign
where org_no = ? and id in (select jsonb_array_elements_text(?::jsonb))`;

/** Whether a rule asks what was between a person and a campaign, this one or any. */
export function asksAboutBehaviour(rule: Rule): boolean {
  if ('all' in rule) return rule.all.some(asksAboutBehaviour);
  if ('any' in rule) return rule.any.some(asksAboutBehaviour);
  return 'not' in rule ? asksAboutBehaviour(rule.not) : findField(rule.field)?.kind === 'behaviour';
}

function namedCampaigns(rule: Rule, path: string): readonly NamedCampaign[] {
  if ('all' in rule) return rule.all.flatMap((child, index) => namedCampaigns(child, `${path}.all[${index}]`));
  if ('any' in rule) return rule.any.flatMap((child, index) => namedCampaigns(child, `${path}.any[${index}]`));
  if ('not' in rule) return namedCampaigns(rule.not, `${path}.not`);
  const field = findField(rule.field);
  return field?.kind === 'behaviour' && field.campaignId !== undefined
    ? [{ id: field.campaignId, path: `${path}.field` }]
    : [];
}
