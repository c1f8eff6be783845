import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('OutdatedBlock', {
  description: 'A content block that was changed or deleted since content was saved with it.',
})
export class OutdatedBlockType {
  @Field(() => String, { description: 'Its name in templates.' })
  key!: string;

  @Field(() => Int, { description: 'The version that is sent.' })
  pinnedVersion!: number;

  @Field(() => Int, { nullable: true, description: 'The version that there is now; nothing when it was deleted.' })
  presentVersion?: number | null;
}
