import { Field, ID, ObjectType } from 'type-graphql';

/** Where content came from, when a creative service keeps it. */
@ObjectType()
export abstract class PinnedContent {
  @Field(() => ID, { nullable: true, description: 'The template of the creative service that it came from.' })
  templateId?: string | null;

  @Field(() => String, { nullable: true, description: 'The version of the template that it is pinned to.' })
  templateVersion?: string | null;
}
