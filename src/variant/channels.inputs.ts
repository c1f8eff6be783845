import { Field, InputType } from 'type-graphql';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import {
  type ChannelInput,
  EmailChannelInput,
  type GivenLocale,
  InAppChannelInput,
  PlacementChannelInput,
  PushChannelInput,
  SmsChannelInput,
  WebhookChannelInput,
  WhatsappChannelInput,
} from './channel.inputs';
import { type ChannelDraft, fieldOf } from './variant-draft';

/** The content of each medium that a variant may be given. */
@InputType()
export abstract class ChannelsInput {
  @Field(() => EmailChannelInput, { nullable: true, description: 'Its e-mail; a control has none.' })
  email?: EmailChannelInput | null;

  @Field(() => SmsChannelInput, { nullable: true, description: 'Its text message.' })
  sms?: SmsChannelInput | null;

  @Field(() => WhatsappChannelInput, { nullable: true, description: 'Its message by WhatsApp.' })
  whatsapp?: WhatsappChannelInput | null;

  @Field(() => PushChannelInput, { nullable: true, description: 'Its notification on a telephone or in a browser.' })
  push?: PushChannelInput | null;

  @Field(() => InAppChannelInput, { nullable: true, description: 'Its message inside an application.' })
  inApp?: InAppChannelInput | null;

  @Field(() => WebhookChannelInput, { nullable: true, description: 'Its request to a program.' })
  webhook?: WebhookChannelInput | null;

  @Field(() => PlacementChannelInput, { nullable: true, description: 'Its part of a web page.' })
  web?: PlacementChannelInput | null;

  @Field(() => PlacementChannelInput, { nullable: true, description: 'Its post or message on a social network.' })
  social?: PlacementChannelInput | null;

  @Field(() => PlacementChannelInput, { nullable: true, description: 'Its advertisement in bought space.' })
  display?: PlacementChannelInput | null;
}

interface GivenChannel extends ChannelInput {
  readonly content?: object | null;
  readonly templateId?: string | null;
  /** Of an e-mail. */
  readonly subject?: string | null;
  readonly locale?: string | null;
  readonly locales?: readonly GivenLocale[] | null;
}

/** The caller's content of every medium in our words. */
export function toChannelDrafts(channels: ChannelsInput): readonly ChannelDraft[] {
  const kinds = Object.keys(CHANNEL) as ChannelKind[];
  return kinds.flatMap((kind) => {
    const given: GivenChannel | null | undefined = channels[fieldOf(kind)];
    return given ? [toChannelDraft(kind, given)] : [];
  });
}

function toChannelDraft(kind: ChannelKind, given: GivenChannel): ChannelDraft {
  const { enabled, priority, content: own, templateId, subject, locale, locales: others } = given;
  const languages = {
    ...(locale != null && { locale }),
    ...(others?.length && { locales: others.map((one) => ({ ...one, content: toContent(one.content) })) }),
  };
  const words = { ...(own && toContent(own)), ...(subject != null && { subject }) };
  return { kind, enabled, priority, content: { ...words, ...languages, ...(templateId != null && { templateId }) } };
}

/** Content as it was given: what is null is not there. */
export const toContent = (given: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
