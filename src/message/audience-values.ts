import type { AudienceType } from '../audience/audience.types';
import type { PersonAccount } from '../audience/audience-account';
import type { GateValues } from './gate-values';

/** How an account of a person is told. */
export interface Telling {
  /** The campaign's audiences in their order, which name those of the account. */
  readonly audiences: readonly Pick<AudienceType, 'id' | 'kind'>[];
  /** What people have in their profiles is for editors, as in a preview. */
  readonly withValues: boolean;
  readonly asOf: Date;
}

/** What the gate of the audience saw: audience by audience, rule by rule. */
export function audienceValues(account: PersonAccount, telling: Telling): GateValues {
  const { isMember, changedAt, cap } = account;
  return {
    audience: {
      asOf: telling.asOf.toISOString(),
      contactChangedAt: changedAt.toISOString(),
      isMember: cap?.isIn === false ? false : isMember,
      ...(cap && { cap }),
      audiences: toldAudiences(account, telling),
    },
  };
}

function toldAudiences({ audiences }: PersonAccount, { audiences: named, withValues }: Telling) {
  const ids = (['INCLUDE', 'EXCLUDE'] as const).flatMap((kind) =>
    named.flatMap((one) => (one.kind === kind ? [one.id] : [])),
  );
  // One whose segment is gone is not among those of the account, and nobody can tell which.
  const isWhole = ids.length === audiences.length;
  return audiences.map(({ rules, ...audience }, index) => ({
    audience: isWhole ? ids[index] : null,
    ...audience,
    rules: withValues ? rules : rules.map(({ value: _, ...rule }) => rule),
  }));
}
