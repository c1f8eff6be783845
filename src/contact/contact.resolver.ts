import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { ImportContactsInput, ImportContactsPayload } from './contact.types';
import { importRows } from './contact-service';

@Resolver()
export class ContactResolver {
  @Mutation(() => ImportContactsPayload, { description: 'Imports contacts; a bad row never stops the rest.' })
  async importContacts(
    @Arg('input', () => ImportContactsInput, { description: 'The contacts.' }) input: ImportContactsInput,
    @Ctx() { scope }: GraphContext,
  ): Promise<ImportContactsPayload> {
    const { idempotencyKey, ...batch } = input;
    const { value: report, userErrors } = await attempt(() => importRows(scope, batch, idempotencyKey ?? undefined));
    return { report, userErrors };
  }
}
