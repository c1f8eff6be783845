import { addressSql, consentedSql, type Purpose, reachableSql } from '../channel/channel-gates';
import { factsSql, suppressionsSql } from '../channel/person-facts';
import { CHANNEL, type ChannelKind, REASON } from '../shared/ledger-codes';

/** Which chunks are meant, who must have agreed to what, and whose data a template gets. */
export interface PersonParts {
  readonly ofChannel: string;
  /** A join that has the person whose data is shown. */
  readonly join: string;
  /** The alias of that person. */
  readonly shown: 'c' | 'p';
  readonly revision: string;
  readonly isGone: string;
  readonly isSuppressed: string;
  readonly consent: string;
  readonly isReachable: string;
  /** What is kept of a person who is refused, as JSON; read only of those. */
  readonly seen: string;
  /** More columns, from step to step: an address, and what else is not among those of every guard. */
  readonly address: (alias: 'seen' | 'awake' | 'j' | 'm') => string;
}

const SUPPRESSED =
  'exists (select 1 from campaign.suppression x where x.contact_no = m.contact_no and x.channel in (0, m.channel))';

// No address is among it: what was said of them, and no more.
const seenSql = (kind: ChannelKind, purpose: Purpose): string => `(
    select jsonb_build_object('facts', ${factsSql([kind], purpose)}, 'revision', c.revision,
      'suppressions', ${suppressionsSql('c.contact_no', 'marked.channel')})
    from campaign.contact c where c.contact_no = marked.contact_no and c.erased_at is null offset 0)`;

/** The recipient as the channel sees them; an e-mail's address is among the columns of every guard. */
export function onChannel(kind: ChannelKind, purpose: Purpose): PersonParts {
  const address = (alias: 'seen' | 'awake' | 'j' | 'm') =>
    ({ seen: `, ${addressSql(kind)} as address`, awake: ', address', j: ', j.address', m: ', m.address' })[alias];
  return {
    ofChannel: kind === 'email' ? '' : ` and k.channel = ${CHANNEL[kind]}`,
    join: '',
    shown: 'c',
    revision: 'c.revision',
    isGone: 'c.contact_no is null or c.erased_at is not null',
    isSuppressed: purpose.commercial ? `c.do_not_sell or ${SUPPRESSED}` : SUPPRESSED,
    consent: `when not (${consentedSql(kind, purpose)}) then ${REASON.no_consent}`,
    isReachable: reachableSql(kind),
    seen: seenSql(kind, purpose),
    address: kind === 'email' ? () => '' : address,
  };
}

/** Of a channel that may come after another: with the attempt that each message began it with. */
export function afterAnother({ address, ...parts }: PersonParts): PersonParts {
  return {
    ...parts,
    address: (alias) => `${address(alias)}, ${{ seen: 'm.', awake: '', j: 'j.', m: 'm.' }[alias]}began`,
  };
}

const SUPPRESSED_BY_ADDRESS = `${SUPPRESSED} or exists (select 1 from (
          select o.contact_no from campaign.contact o where o.org_no = c.org_no and lower(o.email) = lower(c.email) offset 0
        ) o where exists (
          select from campaign.suppression x where x.contact_no = o.contact_no and x.channel in (0, m.channel) offset 0))`;

/**
 * Of tests (docs/decisions/0016): nobody need have agreed to marketing, and who said no under any contact with the address
 * is not written to. $12 whose data is shown, null: each recipient's own. Revisions only rise, so that the sum of two is
 * the same only where both are.
 */
export function ofTest(kind: ChannelKind): PersonParts {
  const { address, ...parts } = onChannel(kind, {});
  return {
    ...parts,
    join: `
  left join lateral (select * from campaign.contact p where p.contact_no = coalesce($12::bigint, m.contact_no) offset 0) p on true`,
    shown: 'p',
    revision: '(c.revision + case when p.contact_no = c.contact_no then 0 else p.revision end)',
    isGone: 'c.contact_no is null or c.erased_at is not null or p.contact_no is null or p.erased_at is not null',
    isSuppressed: kind === 'email' ? SUPPRESSED_BY_ADDRESS : SUPPRESSED,
    consent: '',
    address: (alias) => `${address(alias)}, ${{ seen: 'p.email as ', awake: '', j: 'j.', m: 'm.' }[alias]}shown_email`,
  };
}
