import { Field, ID, InputType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { InAppContentInput, PushContentInput } from '../medium/app-words.types';
import { EmailContentInput } from '../medium/email.inputs';
import { PlacementContentInput } from '../medium/placement.types';
import { SmsContentInput } from '../medium/sms.types';
import { WebhookContentInput } from '../medium/webhook.types';
import { WhatsappContentInput } from '../medium/whatsapp.types';
import { DomainError } from '../shared/errors';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { toContent } from '../variant/channels.inputs';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { fieldOf } from '../variant/variant-draft';
import type { PreviewedContent } from './content-preview';

@InputType({ description: 'Which content to look at, and whose eyes to look with.' })
export class ContentPreviewInput {
  @Field(() => ID, { nullable: true, description: 'A campaign, whose stored content is shown; else give content.' })
  campaignId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Which of its variants; the first that sends when missing.' })
  variantId?: string | null;

  @Field(() => CHANNEL_KINDS, {
    nullable: true,
    description: "Which of the variant's media; its e-mail when missing, or what it tries first where it has none.",
  })
  channel?: keyof typeof CHANNEL_KINDS | null;

  @Field(() => EmailContentInput, { nullable: true, description: 'An e-mail that is only thought of.' })
  email?: EmailContentInput | null;

  @Field(() => SmsContentInput, { nullable: true, description: 'A text message that is only thought of.' })
  sms?: SmsContentInput | null;

  @Field(() => WhatsappContentInput, { nullable: true, description: 'A message by WhatsApp that is only thought of.' })
  whatsapp?: WhatsappContentInput | null;

  @Field(() => PushContentInput, { nullable: true, description: 'A notification that is only thought of.' })
  push?: PushContentInput | null;

  @Field(() => InAppContentInput, {
    nullable: true,
    description: 'A message inside an application that is only thought of.',
  })
  inApp?: InAppContentInput | null;

  @Field(() => WebhookContentInput, { nullable: true, description: 'A request to a program that is only thought of.' })
  webhook?: WebhookContentInput | null;

  @Field(() => PlacementContentInput, { nullable: true, description: 'A part of a web page that is only thought of.' })
  web?: PlacementContentInput | null;

  @Field(() => PlacementContentInput, { nullable: true, description: 'A post that is only thought of.' })
  social?: PlacementContentInput | null;

  @Field(() => PlacementContentInput, { nullable: true, description: 'An advertisement that is only thought of.' })
  display?: PlacementContentInput | null;

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

/** What the caller wants to look at, in our words. */
export function toPreviewed(input: ContentPreviewInput): PreviewedContent {
  const { campaignId, variantId, channel } = input;
  const thought = (Object.keys(CHANNEL) as ChannelKind[]).flatMap((kind) => {
    const content = input[fieldOf(kind)];
    return content ? [{ kind, content: toContent(content) }] : [];
  });
  const [only] = thought;
  if (campaignId != null && !only)
    return {
      campaignId,
      ...(variantId != null && { variantId }),
      ...(channel != null && { kind: channel.toLowerCase() as ChannelKind }),
    };
  if (campaignId == null && variantId == null && channel == null && only && thought.length === 1) return only;
  throw new DomainError('CONTENT_INVALID', 'a preview is of a campaign, or of one content that is given', 'campaignId');
}
