import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { SmsEncoding } from '../content/sms-segments';
import { JsonScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { CHANNEL_KINDS } from '../variant/variant.types';
import { ContentWarningType } from './content-warning.types';

export const SMS_ENCODINGS: { readonly [Name in SmsEncoding]: Name } = { GSM_7: 'GSM_7', UCS_2: 'UCS_2' };
registerEnumType(SMS_ENCODINGS, {
  name: 'SmsEncoding',
  description: 'How the letters of a text message travel.',
  valuesConfig: {
    GSM_7: { description: 'GSM 03.38: 160 characters alone, 153 in each of several segments.' },
    UCS_2: { description: 'UCS-2, as soon as one character is not in GSM 03.38: 70 alone, 67 in each of several.' },
  },
});

@ObjectType('SmsSize', { description: 'What a text message takes on its way.' })
export class SmsSizeType {
  @Field(() => SMS_ENCODINGS, { description: 'How its letters travel.' })
  encoding!: SmsEncoding;

  @Field(() => Int, {
    description: 'Characters as they are counted: `€` and `[` are two of GSM 03.38, an emoji is two of UCS-2.',
  })
  units!: number;

  @Field(() => Int, { description: 'Messages that a carrier counts, and is paid for.' })
  segments!: number;
}

@ObjectType('ContentPreview', {
  description:
    'Content as one person would see it. Nothing of it is counted, and its unsubscribe link leads nowhere. A text message is as long as it would be sent, its tracked links too.',
})
export class ContentPreviewType {
  @Field(() => CHANNEL_KINDS, { description: 'The medium.' })
  channel!: keyof typeof CHANNEL_KINDS;

  @Field(() => JsonScalar, {
    description: 'What a provider is given: the fields of its medium, filled in. What came out empty is not there.',
  })
  fields!: Readonly<Record<string, unknown>>;

  @Field(() => SmsSizeType, { nullable: true, description: 'Of a text message.' })
  smsSize?: SmsSizeType | null;

  @Field(() => String, { nullable: true, description: 'The subject line, of an e-mail.' })
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The body as HTML, of an e-mail; show it where none of it can run.',
  })
  html?: string | null;

  @Field(() => String, { nullable: true, description: 'The body as text, of an e-mail.' })
  text?: string | null;

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
  @Field(() => ContentPreviewType, { nullable: true, description: 'The content; nothing when something was wrong.' })
  preview?: ContentPreviewType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
