import type { Rule } from '../segment/rule.types';
import { parseRule } from '../segment/rule-parser';
import { DomainError } from '../shared/errors';
import type { AudienceKind } from './audience';

/** An audience as a caller gives it: a segment, or rules of its own. */
export interface AudienceDraft {
  readonly kind: AudienceKind;
  readonly segmentId?: string;
  readonly rules?: unknown;
}

/** The same, judged. */
export type CheckedAudience =
  | { readonly kind: AudienceKind; readonly segmentId: string; readonly path: string }
  | { readonly kind: AudienceKind; readonly rules: Rule; readonly path: string };

const mostAudiences = 10;

/** Parses audiences; the path of a wrong rule starts at its audience. */
export function checkAudiences(drafts: readonly AudienceDraft[]): readonly CheckedAudience[] {
  if (drafts.length > mostAudiences)
    throw new DomainError('AUDIENCE_TOO_MANY', `a campaign has at most ${mostAudiences} audiences`, 'audiences');
  return drafts.map((draft, index) => checkAudience(draft, `audiences[${index}]`));
}

function checkAudience({ kind, segmentId, rules }: AudienceDraft, path: string): CheckedAudience {
  if ((segmentId === undefined) === (rules === undefined))
    throw new DomainError('AUDIENCE_INVALID', 'an audience is either a segment or rules', path);
  if (segmentId !== undefined) return { kind, segmentId, path };
  return { kind, rules: rulesAt(rules, `${path}.rules`), path };
}

/** Parses rules that stand at `path` of a larger input. */
export function rulesAt(rules: unknown, path: string): Rule {
  try {
    return parseRule(rules);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, error.path ? `${path}.${error.path}` : path);
  }
}
