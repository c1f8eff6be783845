import { Field, ID, InputType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { RULE_FIELDS } from '../segment/rule-words';
import { AUDIENCE_KINDS } from './audience.types';
import type { AudienceDraft } from './audience-draft';

@InputType({
  description: 'An audience: one of a segment, a remote segment, a remote rule, people by their ids, and rules.',
})
export class AudienceInput {
  @Field(() => AUDIENCE_KINDS, { defaultValue: AUDIENCE_KINDS.INCLUDE, description: 'Whether it adds or takes away.' })
  kind: keyof typeof AUDIENCE_KINDS = 'INCLUDE';

  @Field(() => ID, { nullable: true, description: 'A segment of the organization, `seg_…`.' })
  segmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A segment of the segment service, by its id there.' })
  remoteSegmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A targeting rule of the rules engine, by its id there.' })
  remoteRuleId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      "People by the organization's own ids, 10,000 at most unless the installation says otherwise. Who is not in the " +
      'directory yet is meant once they come.',
  })
  userIds?: string[] | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: `Rules: a tree of {all}, {any}, {not} and {field, operator, value}. ${RULE_FIELDS}`,
  })
  rules?: unknown;
}

/** The caller's audience in our words. */
export const toAudienceDraft = ({
  kind,
  segmentId,
  remoteSegmentId,
  remoteRuleId,
  userIds,
  rules,
}: AudienceInput): AudienceDraft => ({
  kind,
  ...(segmentId != null && { segmentId }),
  ...(remoteSegmentId != null && { remoteSegmentId }),
  ...(remoteRuleId != null && { remoteRuleId }),
  ...(userIds != null && { userIds }),
  ...(rules != null && { rules }),
});
