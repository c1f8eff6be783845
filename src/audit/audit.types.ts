import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';

@ObjectType('AuditChange', {
  description:
    'One field before and after. Numbers, times and words of the schema stand as they are; all other text is a digest, `sha256:…`, so that the log holds nothing personal.',
})
export class AuditChangeType {
  @Field(() => String, { description: 'What is different, such as `name` or `variants`.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Before; nothing where there was nothing.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'After; nothing where nothing is left.' })
  after!: string | null;
}

@ObjectType('AuditEntry', { description: 'One change, written together with it and never altered afterwards.' })
export class AuditEntryType {
  @Field(() => Int, { description: 'Its place in the log of the organization; there are no gaps.' })
  seq!: number;

  @Field(() => DateTimeScalar, { description: 'When, by the clock of the database.' })
  at!: Date;

  @Field(() => String, { description: 'Who: the subject of the token, or `scheduler`.' })
  actor!: string;

  @Field(() => String, { description: 'The role that they had.' })
  role!: string;

  @Field(() => String, { description: 'What they did, named as its mutation.' })
  action!: string;

  @Field(() => String, { description: 'The type of what was changed.' })
  objectType!: string;

  @Field(() => ID, { description: 'The id of what was changed.' })
  objectId!: string;

  @Field(() => [AuditChangeType], { description: 'What is different since.' })
  changes!: readonly AuditChangeType[];

  @Field(() => String, { nullable: true, description: 'The request, as `x-correlation-id` and the logs name it.' })
  requestId!: string | null;

  @Field(() => String, { description: 'SHA-256 over this entry and the hash before it, hexadecimal.' })
  hash!: string;

  @Field(() => String, { description: 'The hash of the entry before it.' })
  previousHash!: string;
}

@InputType({ description: 'Which entries; what is missing does not matter.' })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'Of this person or program.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this mutation.' })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: 'About the thing with this id.' })
  objectId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not before.' })
  since?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before.' })
  until?: Date | null;
}
