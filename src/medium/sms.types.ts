import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { PinnedContent } from './pinned.types';

const description = 'A text message as its author writes it: Liquid in its body.';

@ObjectType()
@InputType()
abstract class Sms extends PinnedContent {
  @Field(() => String, { description: 'The words. Addresses in them that are the same for everybody are tracked.' })
  body!: string;

  @Field(() => Int, {
    defaultValue: 1,
    description:
      'As many segments as it may take, 1 to 10: 160 characters of GSM 03.38 in one, 153 in each of several; 70 and 67 of others. A longer one is not sent.',
  })
  maxSegments!: number;
}

@InputType({ description })
export class SmsContentInput extends Sms {}

@ObjectType('SmsContent', { description })
export class SmsContentType extends Sms {}
