import { Field, InputType, ObjectType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { PinnedContent } from './pinned.types';

/** What an application shows of a message. */
@ObjectType()
@InputType()
abstract class AppWords extends PinnedContent {
  @Field(() => String, { description: 'The title, at most 255 characters when it is filled in, one line.' })
  title!: string;

  @Field(() => String, { description: 'The words, at most 4,000 characters when they are filled in.' })
  body!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where a tap leads: an address with its scheme, of the web (tracked) or of an application.',
  })
  actionUrl?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The icon: an address, `asset:` and its id, or a name that the application knows.',
  })
  icon?: string | null;
}

const pushDescription =
  'A notification on a telephone as its author writes it: Liquid in every text. All of it takes at most 4,096 bytes.';

@ObjectType()
@InputType()
abstract class Push extends AppWords {
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the application is told beside it: an object of at most 20 texts, Liquid in each of them.',
  })
  data?: unknown;
}

@InputType({ description: pushDescription })
export class PushContentInput extends Push {}

@ObjectType('PushContent', { description: pushDescription })
export class PushContentType extends Push {}

const inAppDescription = 'A message inside an application as its author writes it: Liquid in every text.';

@InputType({ description: inAppDescription })
export class InAppContentInput extends AppWords {}

@ObjectType('InAppContent', { description: inAppDescription })
export class InAppContentType extends AppWords {}
