import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';

export const WEBHOOK_METHODS = { POST: 'POST', PUT: 'PUT', PATCH: 'PATCH' } as const;
registerEnumType(WEBHOOK_METHODS, {
  name: 'WebhookMethod',
  description: 'How a webhook asks.',
  valuesConfig: {
    POST: { description: 'Something new is told.' },
    PUT: { description: 'Something is put in its place.' },
    PATCH: { description: 'A part of something is changed.' },
  },
});

const headerDescription = 'A header of a request, the same for everybody.';

@ObjectType()
@InputType()
abstract class Header {
  @Field(() => String, { description: 'Its name; none that belongs to the connection or to the signature.' })
  name!: string;

  @Field(() => String, { description: 'One line of printable ASCII characters.' })
  value!: string;
}

@InputType({ description: headerDescription })
export class WebhookHeaderInput extends Header {}

@ObjectType('WebhookHeader', { description: headerDescription })
export class WebhookHeaderType extends Header {}

const description = 'A request to a program as its author writes it: Liquid in its payload.';

@ObjectType()
@InputType()
abstract class Webhook {
  @Field(() => String, {
    description: 'Where it goes: an https address of the open internet, without credentials, the same for everybody.',
  })
  url!: string;

  @Field(() => WEBHOOK_METHODS, { defaultValue: WEBHOOK_METHODS.POST, description: 'How it asks.' })
  method!: keyof typeof WEBHOOK_METHODS;

  @Field(() => String, {
    description:
      'The body. With the content type JSON, which is the default, what it becomes must be JSON: a value is escaped as the inside of a text, so write quotes around it, or `| json` after it.',
  })
  payloadTemplate!: string;
}

@InputType({ description })
export class WebhookContentInput extends Webhook {
  @Field(() => [WebhookHeaderInput], { defaultValue: [], description: 'At most 20 headers, each once.' })
  headers!: readonly WebhookHeaderInput[];
}

@ObjectType('WebhookContent', { description })
export class WebhookContentType extends Webhook {
  @Field(() => [WebhookHeaderType], { description: 'What is said beside the body, the same for everybody.' })
  headers!: readonly WebhookHeaderType[];
}
