import { Field, ObjectType } from 'type-graphql';
import { InAppContentType, PushContentType } from '../medium/app-words.types';
import { EmailContentType } from '../medium/email.types';
import { PlacementContentType } from '../medium/placement.types';
import { SmsContentType } from '../medium/sms.types';
import { WhatsappContentType } from '../medium/whatsapp.types';

/** Content for people by its medium: that of one is there. */
@ObjectType()
export abstract class WordsOfMedium {
  @Field(() => EmailContentType, { nullable: true, description: 'What is sent, on the medium e-mail.' })
  email?: EmailContentType | null;

  @Field(() => SmsContentType, { nullable: true, description: 'What is sent, on the medium sms.' })
  sms?: SmsContentType | null;

  @Field(() => WhatsappContentType, { nullable: true, description: 'What is sent, on the medium WhatsApp.' })
  whatsapp?: WhatsappContentType | null;

  @Field(() => PushContentType, { nullable: true, description: 'What is sent, on the medium push.' })
  push?: PushContentType | null;

  @Field(() => InAppContentType, { nullable: true, description: 'What is sent, on the medium in-app.' })
  inApp?: InAppContentType | null;

  @Field(() => PlacementContentType, { nullable: true, description: 'What is sent, on the medium web.' })
  web?: PlacementContentType | null;

  @Field(() => PlacementContentType, { nullable: true, description: 'What is sent, on the medium social.' })
  social?: PlacementContentType | null;

  @Field(() => PlacementContentType, { nullable: true, description: 'What is sent, on the medium display.' })
  display?: PlacementContentType | null;
}
