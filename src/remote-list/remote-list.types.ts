import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';

export const LIST_SOURCES = { SEGMENT: 'SEGMENT', RULE: 'RULE' } as const;
registerEnumType(LIST_SOURCES, {
  name: 'RemoteSource',
  description: 'Which other service keeps an audience.',
  valuesConfig: {
    SEGMENT: { description: 'The segment service names its members.' },
    RULE: { description: 'The rules engine judges the people of the directory.' },
  },
});

@ObjectType('RemoteList', { description: 'The people of an audience that another service keeps, as they were read.' })
export class RemoteListType {
  @Field(() => LIST_SOURCES, { description: 'Who keeps it.' })
  source!: keyof typeof LIST_SOURCES;

  @Field(() => ID, { description: 'Its id there.' })
  remoteId!: string;

  @Field(() => DateTimeScalar, { description: 'When it was read.' })
  readAt!: Date;

  @Field(() => Int, {
    description: 'How old it was when it was used, in seconds: much where the service could not be asked.',
  })
  ageSeconds!: number;

  @Field(() => Int, { description: 'Members that the directory knows.' })
  people!: number;

  @Field(() => Int, { description: 'Ids that the directory does not know: nobody can write to them.' })
  unknown!: number;
}
