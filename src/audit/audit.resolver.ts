import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, PageArgs, pageOf } from '../graphql/pagination';
import { AuditEntryType, AuditFilterInput } from './audit.types';
import { listAuditEntries } from './audit-reader';

const AuditEntryConnection = connectionType('AuditEntry', () => AuditEntryType);

@Resolver(() => AuditEntryType)
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    description: 'Who changed what in the organization, the newest first; for administrators.',
  })
  async auditLog(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'Which entries; all when absent.' })
    filter: AuditFilterInput | null,
    @Ctx() { scope }: GraphContext,
  ): Promise<Connection<AuditEntryType>> {
    const page = pageOf(args);
    const place = { first: page.first, before: page.after?.[0] };
    const rows = await scope.read((transaction) => listAuditEntries(transaction, filter ?? {}, place));
    return connectionOf(
      rows,
      page,
      ({ seq }) => [seq],
      (row) => row,
    );
  }
}
