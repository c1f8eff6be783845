import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { WebhookContentType } from '../medium/webhook.types';
import { WordsOfMedium } from './words-of-medium.types';

export const CHANNEL_KINDS = {
  EMAIL: 'EMAIL',
  SMS: 'SMS',
  WHATSAPP: 'WHATSAPP',
  PUSH: 'PUSH',
  IN_APP: 'IN_APP',
  WEBHOOK: 'WEBHOOK',
  WEB: 'WEB',
  SOCIAL: 'SOCIAL',
  DISPLAY: 'DISPLAY',
} as const;
registerEnumType(CHANNEL_KINDS, {
  name: 'ChannelKind',
  description: 'A medium that messages go by.',
  valuesConfig: {
    EMAIL: { description: 'Electronic mail; the only one that campaigns are sent by yet.' },
    SMS: { description: 'Text message to a telephone.' },
    WHATSAPP: { description: 'Message by WhatsApp.' },
    PUSH: { description: 'Notification on a telephone or in a browser.' },
    IN_APP: { description: 'Message inside an application.' },
    WEBHOOK: { description: 'Request to the address of a program.' },
    WEB: { description: 'Part of a web page.' },
    SOCIAL: { description: 'Post or message on a social network.' },
    DISPLAY: { description: 'Advertisement in bought space.' },
  },
});

@ObjectType('ChannelLocale', { description: 'The same content for readers of another language.' })
export class ChannelLocaleType extends WordsOfMedium {
  @Field(() => String, { description: 'The language, a tag of BCP 47.' })
  locale!: string;
}

@ObjectType('PinnedBlock', { description: 'A content block as some content has it in itself.' })
export class PinnedBlockType {
  @Field(() => String, { description: 'Its name in templates.' })
  key!: string;

  @Field(() => Int, { description: 'The version that the content was saved with.' })
  version!: number;
}

@ObjectType('Channel', { description: 'The content of a variant for one medium.' })
export class ChannelType extends WordsOfMedium {
  @Field(() => ID, { description: 'The public id, `chn_…`.' })
  id!: string;

  @Field(() => CHANNEL_KINDS, { description: 'The medium.' })
  kind!: keyof typeof CHANNEL_KINDS;

  @Field(() => Boolean, { description: 'False: nothing is sent by it.' })
  enabled!: boolean;

  @Field(() => Int, { description: 'The lowest one is tried first.' })
  priority!: number;

  @Field(() => String, { nullable: true, description: 'The language of its content, where the author says.' })
  locale?: string | null;

  @Field(() => [ChannelLocaleType], { description: 'The same for readers of other languages.' })
  locales!: readonly ChannelLocaleType[];

  @Field(() => [PinnedBlockType], { description: 'The content blocks in it, those within others too.' })
  blocks!: readonly PinnedBlockType[];

  @Field(() => WebhookContentType, { nullable: true, description: 'What is sent, on the medium webhook.' })
  webhook?: WebhookContentType | null;

  @Field(() => String, { description: 'Names the content: the same hash is the same content.' })
  contentHash!: string;
}

@ObjectType('Variant', { description: 'One arm of a campaign, with content of its own.' })
@Directive('@key(fields: "id")')
export class VariantType {
  @Field(() => ID, { description: 'The public id, `var_…`.' })
  id!: string;

  @Field(() => String, { description: 'Its name within the campaign.' })
  name!: string;

  @Field(() => Boolean, { description: 'True: its people are counted and get nothing.' })
  isControl!: boolean;

  @Field(() => Float, { description: 'Its share of the audience in percent, two decimals.' })
  allocation!: number;

  @Field(() => String, { nullable: true, description: 'With assignment by attribute: the value whose people get it.' })
  attributeValue?: string | null;

  /** For the resolver of `channels`. */
  campaignNo!: number;
  variantNo!: number;
}
