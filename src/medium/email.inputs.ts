import { Field, InputType } from 'type-graphql';

@InputType({ description: 'An e-mail as its author writes it: Liquid in subject, html and text.' })
export class EmailContentInput {
  @Field(() => String, { description: 'The subject line, at most 255 characters, one line.' })
  subject!: string;

  @Field(() => String, {
    description:
      'The body as HTML. Commercial mail needs `{{ unsubscribe_url }}` in it. `asset:` and an id is the address of an asset.',
  })
  html!: string;

  @Field(() => String, { nullable: true, description: 'The body as text; made from the HTML when missing.' })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'The name it comes from.' })
  senderName?: string | null;

  @Field(() => String, { nullable: true, description: 'The address it comes from.' })
  senderEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'Where answers go.' })
  replyTo?: string | null;

  @Field(() => String, { nullable: true, description: 'What mail programs show beside the subject.' })
  preheader?: string | null;
}
