import { Field, ID, InputType, Int } from 'type-graphql';
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
}

const content = { nullable: true, description: 'What is sent; or `templateId`.' } as const;

@InputType({ description: "A variant's content for e-mail." })
export class EmailChannelInput extends ChannelInput {
  @Field(() => EmailContentInput, content)
  content?: EmailContentInput | null;
}

@InputType({ description: "A variant's content for text messages." })
export class SmsChannelInput extends ChannelInput {
  @Field(() => SmsContentInput, content)
  content?: SmsContentInput | null;
}

/** The caller's content of a medium in our words. */
export function toChannelDraft(
  kind: ChannelKind,
  { enabled, priority, content: own, templateId }: ChannelInput & { content?: object | null },
): ChannelDraft {
  const given = own ? toContent(own) : {};
  return { kind, enabled, priority, content: { ...given, ...(templateId != null && { templateId }) } };
}

/** Content as it was given: what is null is not there. */
export const toContent = (given: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
