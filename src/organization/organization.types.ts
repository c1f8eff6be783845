import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../graphql/user-errors';

@ObjectType('OrganizationLimits', {
  description:
    'Limits that hold for all campaigns of an organization. The number of running campaigns is asked at each start.',
})
export class OrganizationLimitsType {
  @Field(() => Boolean, { description: 'False: only the limits of each campaign hold.' })
  enabled!: boolean;

  @Field(() => Int, { description: 'The most messages in one hour, of all campaigns and media together.' })
  messagesPerHour!: number;

  @Field(() => Int, { description: 'E-mails an hour.' })
  emailsPerHour!: number;

  @Field(() => Int, { description: 'Messages of test sends an hour.' })
  testMessagesPerHour!: number;

  @Field(() => Int, { description: 'Text messages an hour.' })
  smsPerHour!: number;

  @Field(() => Int, { description: 'How many campaigns may run at a time.' })
  runningCampaigns!: number;
}

@ObjectType('QuietHours', {
  description:
    'When nobody is written to, by the clock of the recipient. Campaigns keep those of their start; what may not go then waits or is skipped (`Campaign.onQuietHours`).',
})
export class QuietHoursType {
  @Field(() => Boolean, { description: 'False: there are none.' })
  enabled!: boolean;

  @Field(() => String, { description: "From this time of day in the recipient's time zone, such as 21:00." })
  from!: string;

  @Field(() => String, { description: 'Until this time of day.' })
  until!: string;

  @Field(() => String, { description: 'The time zone for recipients whose own is unknown.' })
  timeZone!: string;

  @Field(() => Boolean, {
    description:
      'True: commercial text messages rest from 21:00 to 08:00 at least, whatever else is set (TCPA). What may not go then is treated as in all quiet hours.',
  })
  commercialSms!: boolean;
}

@ObjectType('OrganizationSettings', { description: 'What holds for all campaigns of an organization.' })
export class OrganizationSettingsType {
  @Field(() => OrganizationLimitsType, { description: 'How much all campaigns together may do.' })
  limits!: OrganizationLimitsType;

  @Field(() => QuietHoursType, { description: 'When nobody is written to.' })
  quietHours!: QuietHoursType;

  @Field(() => String, {
    nullable: true,
    description:
      'The postal address that commercial e-mail must have: asked for at the start, and said in each one that does not say it.',
  })
  postalAddress?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Where relative addresses of images lead, as from a page there; the service's own when missing. Content keeps the one " +
      'that it was saved with.',
  })
  assetBaseUrl?: string | null;

  @Field(() => Boolean, {
    description:
      'Whether a campaign needs an approval before it starts. Asked at the start: what runs already goes on.',
  })
  approvalRequired!: boolean;

  @Field(() => String, {
    description: 'The default time zone: of recipients and campaigns that have none of their own.',
  })
  timeZone!: string;

  @Field(() => Float, {
    description:
      'The percentage of all people, 0 to 15, whom no campaign contacts: the same people in each, counted as held out. A running campaign keeps the one of its start.',
  })
  controlGroupPercentage!: number;
}

@ObjectType('Organization', { description: 'The organization of the viewer.' })
export class OrganizationType {
  @Field(() => ID, { description: 'Its id, as the token names it.' })
  id!: string;

  @Field(() => Int, { description: 'Rises with each change of its settings.' })
  version!: number;

  @Field(() => OrganizationSettingsType, { description: 'What holds for all its campaigns.' })
  settings!: OrganizationSettingsType;
}

@InputType({ description: 'A change of limits: what is missing stays as it is.' })
export class OrganizationLimitsInput {
  @Field(() => Boolean, { nullable: true, description: 'False: only the limits of each campaign hold.' })
  enabled?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The most messages in one hour, of all campaigns and media together.',
  })
  messagesPerHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'E-mails an hour.' })
  emailsPerHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages of test sends an hour.' })
  testMessagesPerHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'Text messages an hour.' })
  smsPerHour?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many campaigns may run at a time.' })
  runningCampaigns?: number | null;
}

@InputType({ description: 'A change of quiet hours: what is missing stays as it is.' })
export class QuietHoursInput {
  @Field(() => Boolean, { nullable: true, description: 'False: there are none.' })
  enabled?: boolean | null;

  @Field(() => String, { nullable: true, description: 'From this time of day, such as 21:00.' })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'Until this time of day.' })
  until?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether commercial text messages rest from 21:00 to 08:00 at least, whatever else is set.',
  })
  commercialSms?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The time zone for recipients whose own is unknown.' })
  timeZone?: string | null;
}

@InputType({ description: 'A change of settings: what is missing stays as it is.' })
export class UpdateOrganizationSettingsInput {
  @Field(() => OrganizationLimitsInput, { nullable: true, description: 'How much all campaigns together may do.' })
  limits?: OrganizationLimitsInput | null;

  @Field(() => QuietHoursInput, { nullable: true, description: 'When nobody is written to.' })
  quietHours?: QuietHoursInput | null;

  @Field(() => String, { nullable: true, description: 'The postal address; null: none.' })
  postalAddress?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where relative addresses of images lead, by https; null: as the service has it.',
  })
  assetBaseUrl?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a campaign needs an approval before it starts.' })
  approvalRequired?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The default time zone, an IANA name such as Europe/Berlin.' })
  timeZone?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The percentage of people whom no campaign is to contact, 0 to 15.',
  })
  controlGroupPercentage?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that the change was made from: it is refused with CONFLICT when there is a newer one.',
  })
  version?: number | null;
}

@ObjectType({ description: 'What came of a change of settings.' })
export class OrganizationPayload {
  @Field(() => OrganizationType, { nullable: true, description: 'The organization; nothing when refused.' })
  organization?: OrganizationType | null;

  @Field(() => [UserError], { description: 'What the caller can put right.' })
  userErrors!: readonly UserError[];
}
