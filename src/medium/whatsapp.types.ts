import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { PinnedContent } from './pinned.types';

const description = 'A message by WhatsApp as its author writes it: Liquid in its body.';

@ObjectType()
@InputType()
abstract class Whatsapp extends PinnedContent {
  @Field(() => String, {
    description: 'The words, at most 1,600 characters when they are filled in. Addresses in them are tracked.',
  })
  body!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "WhatsApp's own template, one that WhatsApp approved: the provider needs its name to write to people who have not written first. It is not a template of the creative service.",
  })
  providerTemplateId?: string | null;
}

@InputType({ description })
export class WhatsappContentInput extends Whatsapp {}

@ObjectType('WhatsappContent', { description })
export class WhatsappContentType extends Whatsapp {}
