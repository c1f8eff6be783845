import { Field, InputType, ObjectType } from 'type-graphql';
import { PinnedContent } from './pinned.types';

const description =
  'What stands on a page of the web, in a social network or in bought space, as its author writes it: Liquid in every text.';

@ObjectType()
@InputType()
abstract class Placement extends PinnedContent {
  @Field(() => String, { description: 'The title, at most 255 characters when it is filled in, one line.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The words, at most 4,000 characters when they are filled in.',
  })
  body?: string | null;

  @Field(() => String, { nullable: true, description: 'An image: an address with its scheme, or `asset:` and its id.' })
  imageUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'Where a click leads: an address with its scheme, tracked.' })
  actionUrl?: string | null;
}

@InputType({ description })
export class PlacementContentInput extends Placement {}

@ObjectType('PlacementContent', { description })
export class PlacementContentType extends Placement {}
