import { type ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { EmailContentInput } from '../medium/email.inputs';
import { SmsContentInput } from '../medium/sms.types';
import type { ChannelKind } from '../shared/ledger-codes';
import type { ChannelDraft } from './variant-draft';

/** What every medium's content is given with. */
@InputType()
abstract class ChannelInput {
  @Field(() => Boolean, { defaultValue: true, description: 'False: nothing is sent by it.' })
  enabled: boolean = true;

  @Field(() => Int, { defaultValue: 0, description: 'The lowest one is tried first.' })
  priority: number = 0;

  @Field(() => ID, {
    nullable: true,
    description: 'A template of the creative service: fetched when the campaign is saved, and pinned to its version.',
  })
  templateId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The language that `content` is written in, such as `en`; who reads it is not missing a translation.',
  })
  locale?: string | null;
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

const locales = {
  nullable: true,
  description:
    'The same for readers of other languages, at most 50: each gets the nearest, and `content` where there is none.',
} as const;

const EmailLocaleInput = localeInput('Email', () => EmailContentInput);
const SmsLocaleInput = localeInput('Sms', () => SmsContentInput);

const content = { nullable: true, description: 'What is sent; or `templateId`.' } as const;

@InputType({ description: "A variant's content for e-mail." })
export class EmailChannelInput extends ChannelInput {
  @Field(() => EmailContentInput, content)
  content?: EmailContentInput | null;

  @Field(() => [EmailLocaleInput], locales)
  locales?: readonly GivenLocale[] | null;
}

@InputType({ description: "A variant's content for text messages." })
export class SmsChannelInput extends ChannelInput {
  @Field(() => SmsContentInput, content)
  content?: SmsContentInput | null;

  @Field(() => [SmsLocaleInput], locales)
  locales?: readonly GivenLocale[] | null;
}

interface GivenLocale {
  readonly locale: string;
  readonly content: object;
}

type GivenChannel = ChannelInput & { content?: object | null; locales?: readonly GivenLocale[] | null };

/** The caller's content of a medium in our words. */
export function toChannelDraft(kind: ChannelKind, given: GivenChannel): ChannelDraft {
  const { enabled, priority, content: own, templateId, locale, locales: others } = given;
  const languages = {
    ...(locale != null && { locale }),
    ...(others?.length && { locales: others.map((one) => ({ ...one, content: toContent(one.content) })) }),
  };
  const content = { ...(own && toContent(own)), ...languages, ...(templateId != null && { templateId }) };
  return { kind, enabled, priority, content };
}

/** Content as it was given: what is null is not there. */
export const toContent = (given: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
