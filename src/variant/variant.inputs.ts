import { Field, Float, ID, InputType, Int } from 'type-graphql';
import type { ChannelDraft, VariantDraft } from './variant-draft';

@InputType({ description: 'An e-mail as its author writes it: Liquid in subject, html and text.' })
export class EmailContentInput {
  @Field(() => String, { description: 'The subject line, at most 255 characters, one line.' })
  subject!: string;

  @Field(() => String, { description: 'The body as HTML. Commercial mail needs `{{ unsubscribe_url }}` in it.' })
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

@InputType({ description: "A variant's content for e-mail." })
export class EmailChannelInput {
  @Field(() => Boolean, { defaultValue: true, description: 'False: nothing is sent by it.' })
  enabled: boolean = true;

  @Field(() => Int, { defaultValue: 0, description: 'The lowest one is tried first.' })
  priority: number = 0;

  @Field(() => EmailContentInput, { nullable: true, description: 'What is sent; or `templateId`.' })
  content?: EmailContentInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A template of the creative service: fetched when the campaign is saved, and pinned to its version.',
  })
  templateId?: string | null;
}

@InputType({
  description: 'One arm of a campaign. With the id or the name of a present variant it stays that variant.',
})
export class VariantInput {
  @Field(() => ID, { nullable: true, description: 'Which present variant this is.' })
  id?: string | null;

  @Field(() => String, { description: 'Its name within the campaign, 1 to 100 characters.' })
  name!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'True: its people are counted and get nothing.' })
  isControl: boolean = false;

  @Field(() => Float, { nullable: true, description: 'Its share in percent, two decimals; a single variant has 100.' })
  allocation?: number | null;

  @Field(() => String, { nullable: true, description: 'With assignment by attribute: the value whose people get it.' })
  attributeValue?: string | null;

  @Field(() => EmailChannelInput, { nullable: true, description: 'Its e-mail; a control has none.' })
  email?: EmailChannelInput | null;
}

/** The caller's variant in our words. */
export function toVariantDraft({ id, allocation, email, name, isControl, attributeValue }: VariantInput): VariantDraft {
  return {
    name,
    isControl,
    attributeValue: attributeValue ?? null,
    ...(id != null && { id }),
    ...(allocation != null && { allocation }),
    channels: email ? [toChannelDraft(email)] : [],
  };
}

function toChannelDraft({ enabled, priority, content, templateId }: EmailChannelInput): ChannelDraft {
  const own = content ? toEmailContent(content) : {};
  return { kind: 'email', enabled, priority, content: { ...own, ...(templateId != null && { templateId }) } };
}

/** An e-mail as it was given: what is null is not there. */
export const toEmailContent = (content: EmailContentInput): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value != null));
