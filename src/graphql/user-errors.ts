import { Directive, Field, ObjectType } from 'type-graphql';
import { DomainError } from '../shared/errors';

@ObjectType({ description: 'Something that the caller did and can put right.' })
@Directive('@shareable')
export class UserError {
  @Field(() => String, { description: 'What went wrong, in a word that programs may rely on.' })
  code!: string;

  @Field(() => String, { description: 'What went wrong, for a person.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'Where in the input it is, such as `variants[1].allocation`.' })
  path?: string;
}

/** What a use case came to: its value, or what the caller did wrong. */
export interface Attempt<Value> {
  readonly value?: Value;
  readonly userErrors: readonly UserError[];
}

/** Runs a use case for a mutation's payload: domain errors become `userErrors`, everything else stays a fault. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work(), userErrors: [] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { userErrors: [toUserError(error)] };
  }
}

/** A mistake of the caller as the graph tells it. */
export function toUserError({ code, message, path }: DomainError): UserError {
  return Object.assign(new UserError(), { code, message, path });
}
