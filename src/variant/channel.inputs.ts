import { type ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { InAppContentInput, PushContentInput } from '../medium/app-words.types';
import { EmailContentInput } from '../medium/email.inputs';
import { PlacementContentInput } from '../medium/placement.types';
import { SmsContentInput } from '../medium/sms.types';
import { WebhookContentInput } from '../medium/webhook.types';
import { WhatsappContentInput } from '../medium/whatsapp.types';

/** What every medium's content is given with. */
@InputType()
export abstract class ChannelInput {
  @Field(() => Boolean, { defaultValue: true, description: 'False: nothing is sent by it.' })
  enabled: boolean = true;

  @Field(() => Int, { defaultValue: 0, description: 'The lowest one is tried first.' })
  priority: number = 0;
}

/** The same content for readers of another language. */
export interface GivenLocale {
  readonly locale: string;
  readonly content: object;
}

/** The same content for readers of another language. */
function localeInput<Content extends object>(medium: string, type: () => ClassType<Content>) {
  @InputType(`${medium}LocaleInput`, { description: 'The same content for readers of another language.' })
  class LocaleInput {
    @Field(() => String, {
      description: 'The language, a tag of BCP 47 such as `pt-BR` or `zh-Hant`; `pt` is for all of Portuguese.',
    })
    locale!: string;

    @Field(type, { description: 'What they get.' })
    content!: Content;
  }
  return LocaleInput;
}

/** What content for people is given with. */
function wordsInput<Content extends object>(medium: string, type: () => ClassType<Content>) {
  const LocaleInput = localeInput(medium, type);

  @InputType()
  abstract class WordsInput extends ChannelInput {
    @Field(type, { nullable: true, description: 'What is sent; or `templateId`.' })
    content?: Content | null;

    @Field(() => ID, {
      nullable: true,
      description: 'A template of the creative service: fetched when the campaign is saved, and pinned to its version.',
    })
    templateId?: string | null;

    @Field(() => String, {
      nullable: true,
      description:
        'The language that `content` is written in, such as `en`; who reads it is not missing a translation.',
    })
    locale?: string | null;

    @Field(() => [LocaleInput], {
      nullable: true,
      description:
        'The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none.',
    })
    locales?: readonly GivenLocale[] | null;
  }
  return WordsInput;
}

@InputType({ description: "A variant's content for e-mail." })
export class EmailChannelInput extends wordsInput('Email', () => EmailContentInput) {
  @Field(() => String, {
    nullable: true,
    description:
      "The variant's own subject, over that of its template (then at most 500 characters) or content (at most 255); other " +
      'languages keep theirs.',
  })
  subject?: string | null;
}

@InputType({ description: "A variant's content for text messages." })
export class SmsChannelInput extends wordsInput('Sms', () => SmsContentInput) {}

@InputType({ description: "A variant's content for WhatsApp." })
export class WhatsappChannelInput extends wordsInput('Whatsapp', () => WhatsappContentInput) {}

@InputType({ description: "A variant's content for notifications." })
export class PushChannelInput extends wordsInput('Push', () => PushContentInput) {}

@InputType({ description: "A variant's content for messages inside an application." })
export class InAppChannelInput extends wordsInput('InApp', () => InAppContentInput) {}

@InputType({ description: "A variant's content for pages, networks or bought space." })
export class PlacementChannelInput extends wordsInput('Placement', () => PlacementContentInput) {}

@InputType({ description: "A variant's content for webhooks. Programs read one language." })
export class WebhookChannelInput extends ChannelInput {
  @Field(() => WebhookContentInput, { description: 'What is sent.' })
  content!: WebhookContentInput;
}
