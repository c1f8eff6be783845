import { asksAboutBehaviour } from './behaviour-campaigns';
import type { Rule } from './rule.types';
import { findField } from './rule-field';

/** What a rule demands beside behaviour: whoever the rule means is meant by this, and so may be others. */
export function plainPart(rule: Rule): Rule {
  if ('all' in rule) return { all: rule.all.map(plainPart) };
  return asksAboutBehaviour(rule) ? { all: [] } : rule;
}

/** Whether the people of a rule may be found by an index, as those with a tag are, or a value of an attribute. */
export function mayHaveIndex(rule: Rule): boolean {
  if ('all' in rule) return rule.all.some(mayHaveIndex);
  if ('any' in rule) return rule.any.length > 0 && rule.any.every(mayHaveIndex);
  if ('not' in rule) return false;
  if (rule.operator === 'has_tag') return true;
  const isListed = rule.operator === 'equals' || rule.operator === 'in';
  return isListed && (rule.field === 'external_id' || findField(rule.field)?.kind === 'attribute');
}
