import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { JsonScalar } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';

@InputType('ContactInput', {
  description: "A contact. What is missing, null or empty leaves a known contact's value as it is.",
})
export class ContactRowInput {
  @Field(() => ID, { description: "The organization's own id of the person." })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address.' })
  email?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person agreed to e-mail.' })
  emailOptedIn?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'The telephone number, E.164 such as +4915112345678; nobody is texted at any other.',
  })
  phone?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person agreed to sms.' })
  smsOptedIn?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether WhatsApp knows the number. Another number is not verified until it is said again.',
  })
  whatsappVerified?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where pushes for the person go, at most 4,096 characters.' })
  pushToken?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the person agreed expressly to what is commercial; in Canada nothing of it goes without.',
  })
  expressConsent?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: nothing commercial is sent to the person (CCPA).' })
  doNotSell?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Given name, as e-mails say it.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Family name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'The language and region, such as de-AT.' })
  locale?: string | null;

  @Field(() => String, { nullable: true, description: 'The IANA time zone, such as Europe/Vienna.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: 'The country, ISO 3166.' })
  country?: string | null;

  @Field(() => [String], { nullable: true, description: 'Words that rules can ask for.' })
  tags?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Anything else, an object; merged key by key.' })
  attributes?: Record<string, unknown> | null;
}

@InputType({ description: 'Contacts to import. Importing the same again changes nothing.' })
export class ImportContactsInput {
  @Field(() => [ContactRowInput], { description: 'The contacts, at most 1,000; more by several calls or from a file.' })
  contacts!: ContactRowInput[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Consent to e-mail of new contacts whose row says nothing of it.',
  })
  emailOptedIn: boolean = false;

  @Field(() => String, { nullable: true, description: 'The same key and contacts get the same report again.' })
  idempotencyKey?: string | null;
}

@ObjectType('ImportRejection', { description: 'A row that was not imported.' })
export class ImportRejectionType {
  @Field(() => Int, { description: 'Its number, from 1.' })
  line!: number;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@ObjectType('ImportReport', { description: 'What became of an import: every row is accepted or rejected.' })
export class ImportReportType {
  @Field(() => Int, { description: 'Created, updated or unchanged.' })
  accepted!: number;

  @Field(() => Int, { description: 'New contacts.' })
  created!: number;

  @Field(() => Int, { description: 'Contacts that are different now.' })
  updated!: number;

  @Field(() => Int, { description: 'Contacts that were so already.' })
  unchanged!: number;

  @Field(() => Int, { description: 'Rows that were not imported.' })
  rejected!: number;

  @Field(() => [ImportRejectionType], { description: 'Those rows, each with its reason.' })
  rejections!: readonly ImportRejectionType[];
}

@ObjectType({ description: 'What came of an import.' })
export class ImportContactsPayload {
  @Field(() => ImportReportType, { nullable: true, description: 'The report; nothing when refused as a whole.' })
  report?: ImportReportType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
