import { isRemoteId } from '../remote/remote-id';
import type { RemoteReference } from '../remote-list/remote-list';
import type { Rule } from '../segment/rule.types';
import { parseRule } from '../segment/rule-parser';
import { DomainError } from '../shared/errors';
import type { AudienceKind } from './audience';
import { checkNamedUsers } from './named-users';

/** An audience as a caller gives it: one of a segment, one that another service keeps, people by name, and rules. */
export interface AudienceDraft {
  readonly kind: AudienceKind;
  readonly segmentId?: string;
  readonly remoteSegmentId?: string;
  readonly remoteRuleId?: string;
  /** The organization's own ids of people. */
  readonly userIds?: readonly string[];
  readonly rules?: unknown;
}

/** The same, judged. */
export type CheckedAudience =
  | { readonly kind: AudienceKind; readonly segmentId: string; readonly path: string }
  | { readonly kind: AudienceKind; readonly remote: RemoteReference; readonly path: string }
  | { readonly kind: AudienceKind; readonly userIds: readonly string[]; readonly path: string }
  | { readonly kind: AudienceKind; readonly rules: Rule; readonly path: string };

const mostAudiences = 10;

/** Parses audiences; the path of a wrong rule starts at its audience. */
export function checkAudiences(drafts: readonly AudienceDraft[], mostUsers: number): readonly CheckedAudience[] {
  if (drafts.length > mostAudiences)
    throw new DomainError('AUDIENCE_TOO_MANY', `a campaign has at most ${mostAudiences} audiences`, 'audiences');
  return drafts.map((draft, index) => checkAudience(draft, `audiences[${index}]`, mostUsers));
}

function checkAudience(draft: AudienceDraft, path: string, mostUsers: number): CheckedAudience {
  const { kind, segmentId, remoteSegmentId, remoteRuleId, userIds, rules } = draft;
  const given = [segmentId, remoteSegmentId, remoteRuleId, userIds, rules].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new DomainError(
      'AUDIENCE_INVALID',
      'an audience is one of a segment, a remote segment or rule, people by their ids, and rules',
      path,
    );
  if (segmentId !== undefined) return { kind, segmentId, path };
  if (remoteSegmentId !== undefined)
    return { kind, remote: { source: 'SEGMENT', id: remoteId(remoteSegmentId, `${path}.remoteSegmentId`) }, path };
  if (remoteRuleId !== undefined)
    return { kind, remote: { source: 'RULE', id: remoteId(remoteRuleId, `${path}.remoteRuleId`) }, path };
  if (userIds !== undefined) return { kind, userIds: checkNamedUsers(userIds, mostUsers, path), path };
  return { kind, rules: rulesAt(rules, `${path}.rules`), path };
}

const longestId = 255;

function remoteId(id: string, path: string): string {
  if (isRemoteId(id, longestId)) return id;
  throw new DomainError(
    'AUDIENCE_INVALID',
    `an id of another service has 1 to ${longestId} characters, and is no . or ..`,
    path,
  );
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
