import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';

export const AUDIENCE_KINDS = { INCLUDE: 'INCLUDE', EXCLUDE: 'EXCLUDE' } as const;
registerEnumType(AUDIENCE_KINDS, {
  name: 'AudienceKind',
  description: 'Whether an audience adds to whom a campaign means, or takes away.',
  valuesConfig: {
    INCLUDE: { description: 'A person must be in every one of these.' },
    EXCLUDE: { description: 'A person in any one of these is left out.' },
  },
});

@ObjectType('Audience', {
  description:
    'A segment, an audience that another service keeps, people by name, or rules, that a campaign includes or excludes.',
})
@Directive('@key(fields: "id")')
export class AudienceType {
  @Field(() => ID, { description: 'The public id, `aud_…`.' })
  id!: string;

  @Field(() => AUDIENCE_KINDS, { description: 'Whether it adds or takes away.' })
  kind!: keyof typeof AUDIENCE_KINDS;

  @Field(() => JsonScalar, { nullable: true, description: 'Its own rules; nothing when it has none.' })
  rules?: unknown;

  @Field(() => ID, { nullable: true, description: 'The segment of the segment service that it is.' })
  remoteSegmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The targeting rule of the rules engine that it is.' })
  remoteRuleId?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many people it names one by one; nothing when it names none.' })
  named?: number | null;

  /** For the resolvers of `segment`, and of the campaign's list. */
  segmentNo!: number | null;
  campaignNo!: number;
}

@ObjectType('NamedUser', { description: 'Somebody whom an audience names.' })
export class NamedUserType {
  @Field(() => ID, { description: "The organization's own id of the person." })
  userId!: string;

  @Field(() => Boolean, { description: 'Whether the directory has them; else they are meant once they come.' })
  isKnown!: boolean;
}
