import { consentedSql, reachableSql, suppressedSql } from '../channel/channel-gates';
import { factsSql, suppressedFactsSql } from '../channel/person-facts';
import type { FrozenPlan } from '../execution/frozen-plan';
import { CHANNEL, type ChannelKind, REASON } from '../shared/ledger-codes';

/** The parts of the judgement that depend on the channels of a plan. */
export interface Ways {
  /** Read of the contact. */
  readonly looksAt: string;
  /** Asked of everybody once, and of which rows. */
  readonly sees: string;
  readonly seenOf: string;
  /** Steps between that and the reasons. */
  readonly chooses: string;
  readonly chosen: string;
  readonly stops: string;
  /** Steps between the reasons and the judgement. */
  readonly spreads: string;
  readonly judged: string;
  readonly eligible: string;
  /** Columns beside those of every judgement. */
  readonly yields: string;
}

/** How a judgement asks, and what it tells beside. */
interface Asking {
  /** A query of `contact_no, bits` that is joined, where people are not to be looked up one by one. */
  readonly suppressions?: string | undefined;
  /** What each channel says of a person, also where there is one. */
  readonly tellsStops?: boolean | undefined;
  /** What each channel asked of a person, and was answered, as `facts`. */
  readonly tellsFacts?: boolean | undefined;
  /** With the facts, as `rules_held`: which rules held of a member, where that differs. */
  readonly rulesHeld?: string | undefined;
}

/** How people are reached: by the one channel, by the first that takes them, or by each of them. */
export function waysOf(plan: FrozenPlan, asking: Asking): Ways {
  const [first, ...others] = plan.channels;
  if (others.length === 0) return oneWay(plan, first ?? 'email', asking);
  return plan.channelStrategy === 'ALL' ? everyWay(plan, asking) : firstWay(plan, asking);
}

/** The facts on their way from the contact to the judgement; nothing where nobody wants them. */
function factsOf(plan: FrozenPlan, { tellsFacts, rulesHeld }: Asking) {
  if (!tellsFacts) return { read: '', carried: '', told: () => '' };
  const rules = rulesHeld ? ', rules_held' : '';
  return {
    read: `, ${factsSql(plan.channels, plan)} as facts${rulesHeld ? `, ${rulesHeld} as rules_held` : ''}`,
    carried: `, facts${rules}`,
    told: (suppressed: string) => `, facts | ${suppressedFactsSql(suppressed)} as facts${rules}`,
  };
}

const seenOf = (suppressions?: string): string =>
  suppressions ? `audience c left join ${suppressions} s on s.contact_no = c.contact_no` : 'audience c';

/** What a judgement tells of channels, as columns of `judged`: nothing but a word where the plan has one. */
export function columnsOf(plan: FrozenPlan) {
  const [first, ...others] = plan.channels;
  const isOne = others.length === 0;
  return {
    channel: isOne ? String(CHANNEL[first ?? 'email']) : 'channel',
    /** What rows must share beside what they always do. */
    alike: isOne ? '' : ', channel',
    /** A count of people, each once, of whom the condition holds. */
    people: (condition = '') => countOf([condition, isSpread(plan) ? 'leads' : '']),
    /** Of each channel, what it says of the person; with one channel only where it is asked for. */
    stops: plan.channels.map(stopOf),
  };
}

function countOf(conditions: readonly string[]): string {
  const given = conditions.filter((condition) => condition !== '');
  return given.length === 0 ? 'count(*)' : `count(*) filter (where ${given.join(' and ')})`;
}

/** Whether a person may have several messages, one by each channel. */
export const isSpread = ({ channels, channelStrategy }: FrozenPlan): boolean =>
  channels.length > 1 && channelStrategy === 'ALL';

function oneWay(plan: FrozenPlan, kind: ChannelKind, asking: Asking): Ways {
  const { suppressions } = asking;
  const facts = factsOf(plan, asking);
  return {
    looksAt: `${consentedSql(kind, plan)} as consented, ${reachableSql(kind)} as reachable${sold(plan)}${facts.read}`,
    sees: `${suppressions ? joinedSql(kind, plan) : suppressedSql(kind, 'c.contact_no', plan)} as suppressed,
      c.consented, c.reachable${facts.carried}`,
    seenOf: seenOf(suppressions),
    chooses: '',
    chosen: 'gated',
    stops: `when suppressed then ${REASON.suppressed}
        when not consented then ${REASON.no_consent}
        when not reachable then ${REASON.not_eligible}`,
    spreads: '',
    judged: 'reasoned',
    eligible: 'consented and reachable and not suppressed',
    yields: `${asking.tellsStops ? onlyStop(kind) : ''}${facts.told(`suppressed::int << ${CHANNEL[kind]}`)}`,
  };
}

const onlyStop = (kind: ChannelKind): string =>
  `, case when suppressed then ${REASON.suppressed} when not consented then ${REASON.no_consent}
        when not reachable then ${REASON.not_eligible} else 0 end as ${stopOf(kind)}`;

const joinedSql = (kind: ChannelKind, { commercial }: FrozenPlan): string =>
  `(coalesce(s.bits, 0) & ${1 | (1 << CHANNEL[kind])} <> 0${commercial ? ' or c.do_not_sell' : ''})`;

const sold = ({ commercial }: FrozenPlan): string => (commercial ? ', c.do_not_sell' : '');

/** What channel `kind` says of a person: the reason that it stops them for, 0 where it takes them. */
export const stopOf = (kind: ChannelKind): string => `stop_${CHANNEL[kind]}`;

const LOOKED_UP = `(select coalesce(bit_or(1 << s.channel), 0) from campaign.suppression s where s.contact_no = c.contact_no)`;

// Suppressions are read once for all channels, as bits; bit 0 is for each of them.
function firstWay(plan: FrozenPlan, asking: Asking): Ways {
  const { channels } = plan;
  const { suppressions } = asking;
  const facts = factsOf(plan, asking);
  const stops = channels.map(stopOf).join(', ');
  const first = stopOf(channels[0] ?? 'email');
  return {
    looksAt:
      channels.map((kind) => `${gateSql(kind, plan)} as gate_${CHANNEL[kind]}`).join(',\n      ') +
      sold(plan) +
      facts.read,
    sees: `${suppressions ? 'coalesce(s.bits, 0)' : LOOKED_UP}
        ${plan.commercial ? '| c.do_not_sell::int' : ''} as suppressions,
      ${channels.map((kind) => `c.gate_${CHANNEL[kind]}`).join(', ')}${facts.carried}`,
    seenOf: seenOf(suppressions),
    chooses: `stopped as (select g.*, ${channels.map(stopSql).join(', ')} from gated g),
  chosen as (
    select s.*, case ${channels.map((kind) => `when ${stopOf(kind)} = 0 then ${CHANNEL[kind]}`).join(' ')}
      else ${CHANNEL[channels[0] ?? 'email']} end as channel, case when 0 in (${stops}) then 0 else ${first} end as gate
    from stopped s
  ),
  `,
    chosen: 'chosen',
    stops: 'when gate > 0 then gate',
    spreads: '',
    judged: 'reasoned',
    eligible: 'gate = 0',
    yields: `, channel, true as leads, ${stops}${facts.told('suppressions')}`,
  };
}

const gateSql = (kind: ChannelKind, plan: FrozenPlan): string =>
  `case when not (${consentedSql(kind, plan)}) then ${REASON.no_consent}
        when not (${reachableSql(kind)}) then ${REASON.not_eligible} else 0 end`;

const stopSql = (kind: ChannelKind): string =>
  `case when suppressions & ${1 | (1 << CHANNEL[kind])} <> 0 then ${REASON.suppressed} else gate_${CHANNEL[kind]} end as ${stopOf(kind)}`;

/**
 * One row for each channel, each judged by itself; but one alone for who is not contacted or in a control: what they do
 * counts once. The row that `leads` is the person's in figures of people: of the channels that take them the one with the
 * lowest number, else of all.
 */
function everyWay(plan: FrozenPlan, asking: Asking): Ways {
  const alone = [REASON.organization_control, REASON.held_out, REASON.control].join(', ');
  const rows = plan.channels.map((kind) => `(${CHANNEL[kind]}, ${stopOf(kind)})`).join(', ');
  const stops = plan.channels.map(stopOf).join(', ');
  const facts = factsOf(plan, asking);
  const seen = `${stops}${facts.carried && `, suppressions${facts.carried}`}`;
  return {
    ...firstWay(plan, asking),
    spreads: `spread as (
    select r.contact_no, r.locale, r.time_zone, r.waits, r.assigned_no, ${seen}, w.channel, w.gate,
      case when w.gate > 0 then w.gate else r.reason end as reason,
      row_number() over (partition by r.contact_no order by w.gate > 0, w.channel) = 1 as leads
    from reasoned r cross join lateral (values ${rows}) w (channel, gate) where r.reason not in (${alone})
    union all
    select contact_no, locale, time_zone, waits, assigned_no, ${seen}, channel, gate, reason, true
    from reasoned where reason in (${alone})
  ),
  `,
    judged: 'spread',
    yields: `, channel, leads, ${stops}${facts.told('suppressions')}`,
  };
}
