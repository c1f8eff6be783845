import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { EmailContentInput } from '../medium/email.inputs';
import type { ContentWarningCode } from './content-warnings';

export const CONTENT_WARNINGS: { readonly [Code in ContentWarningCode]: Code } = {
  VARIABLE_UNKNOWN: 'VARIABLE_UNKNOWN',
  VARIABLE_MISSING: 'VARIABLE_MISSING',
  UNSUBSCRIBE_LINK_MISSING: 'UNSUBSCRIBE_LINK_MISSING',
  SUBJECT_EMPTY: 'SUBJECT_EMPTY',
  SUBJECT_LONG: 'SUBJECT_LONG',
  SUBJECT_CAPITALS: 'SUBJECT_CAPITALS',
  HTML_LARGE: 'HTML_LARGE',
  IMAGE_WITHOUT_TEXT: 'IMAGE_WITHOUT_TEXT',
  MOSTLY_IMAGES: 'MOSTLY_IMAGES',
  IMAGE_INSECURE: 'IMAGE_INSECURE',
  LINK_INSECURE: 'LINK_INSECURE',
  LINK_MISLEADING: 'LINK_MISLEADING',
  COMPILED: 'COMPILED',
};
registerEnumType(CONTENT_WARNINGS, {
  name: 'ContentWarningCode',
  description: 'What one who knows mail would say before it is sent.',
  valuesConfig: {
    VARIABLE_UNKNOWN: { description: 'A variable that nobody ever has.' },
    VARIABLE_MISSING: { description: 'This person has nothing for a variable.' },
    UNSUBSCRIBE_LINK_MISSING: { description: 'There is no way out in it: a start would be refused.' },
    SUBJECT_EMPTY: { description: 'The subject is empty for this person.' },
    SUBJECT_LONG: { description: 'The subject is longer than most mail programs show: over 70 characters.' },
    SUBJECT_CAPITALS: { description: 'The subject is all in capitals, 10 of them or more.' },
    HTML_LARGE: { description: 'The html is larger than webmails show at once: over 102,400 bytes.' },
    IMAGE_WITHOUT_TEXT: { description: 'An image has no text for those who do not see it.' },
    MOSTLY_IMAGES: { description: 'Images and hardly any text, which filters take for spam.' },
    IMAGE_INSECURE: { description: 'An image comes by http.' },
    LINK_INSECURE: { description: 'A link goes by http.' },
    LINK_MISLEADING: { description: 'A link shows the address of one site and leads to another.' },
    COMPILED: { description: 'Something could not be made of it as it stands, such as a link that cannot be tracked.' },
  },
});

@InputType({ description: 'Which content to look at, and whose eyes to look with.' })
export class ContentPreviewInput {
  @Field(() => ID, { nullable: true, description: 'A campaign, whose stored content is shown; else give `email`.' })
  campaignId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Which of its variants; the first that sends when missing.' })
  variantId?: string | null;

  @Field(() => EmailContentInput, { nullable: true, description: 'Content that is only thought of.' })
  email?: EmailContentInput | null;

  @Field(() => ID, { nullable: true, description: 'A person of the directory; a sample person when missing.' })
  userId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A language to read it in, such as `pt-BR`; the person's own when missing.",
  })
  locale?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'What stands in for the person’s own: `external_id`, `email`, `first_name`, `last_name`, `locale`, `attributes`; and `profile`, what a profile service would say, for a preview asks none.',
  })
  variables?: unknown;
}

@ObjectType('ContentWarning', { description: 'Something to know about content before it is sent.' })
export class ContentWarningType {
  @Field(() => CONTENT_WARNINGS, { description: 'What it is, for programs.' })
  code!: ContentWarningCode;

  @Field(() => String, { description: 'What it is, for a person.' })
  message!: string;
}

@ObjectType('ContentPreview', {
  description:
    'An e-mail as one person would see it. Nothing in it is tracked, and its unsubscribe link leads nowhere.',
})
export class ContentPreviewType {
  @Field(() => String, { description: 'The subject line.' })
  subject!: string;

  @Field(() => String, { description: 'The body as HTML; show it where none of it can run.' })
  html!: string;

  @Field(() => String, { description: 'The body as text.' })
  text!: string;

  @Field(() => String, { nullable: true, description: "The name it comes from; the service's own when missing." })
  senderName?: string | null;

  @Field(() => String, { nullable: true, description: "The address it comes from; the service's own when missing." })
  senderEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'Where answers go.' })
  replyTo?: string | null;

  @Field(() => ID, { nullable: true, description: 'The variant that is shown; nothing of content only thought of.' })
  variantId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The language whose content is shown; nothing: that of everybody.',
  })
  locale?: string | null;

  @Field(() => [ContentWarningType], { description: 'What to know about it.' })
  warnings!: readonly ContentWarningType[];
}

@ObjectType({ description: 'What came of looking at content.' })
export class ContentPreviewPayload {
  @Field(() => ContentPreviewType, { nullable: true, description: 'The mail; nothing when something was wrong.' })
  preview?: ContentPreviewType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
