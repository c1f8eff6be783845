import type { Reason } from '../shared/ledger-codes';
import type { Judgement } from './eligibility-reader';
import { type GateValues, startValues } from './gate-values';
import type { GateType, MessageType } from './message.types';

/** Why somebody has no message: they are nobody that is known, or the audience is others. */
type Outside = 'not_in_directory' | 'not_in_audience' | 'over_cap';

/** The one order of the gates (DESIGN §3), each with the reasons that it stops for. Who is not in the audience has no message. */
const gates: readonly (readonly [name: string, stops: readonly (Reason | Outside)[]])[] = [
  ['audience', ['not_in_directory', 'not_in_audience', 'over_cap']],
  ['organization_control', ['organization_control']],
  ['holdout', ['held_out']],
  ['suppression', ['suppressed', 'erased']],
  ['consent', ['no_consent']],
  ['eligibility', ['not_eligible']],
  ['variant', ['unmapped_variant', 'control']],
  ['frequency', ['frequency']],
  ['time', ['past_local_time', 'outside_window', 'quiet_hours', 'expired']],
  ['throttle', ['cancelled']],
  [
    'delivery',
    ['render_failed', 'too_long', 'variable_missing', 'refused', 'bounced', 'answer_lost', 'changed_in_flight'],
  ],
];

const judgedAtStart = gates.findIndex(([name]) => name === 'variant');

type Judged = Pick<MessageType, 'reason' | 'disposition' | 'variantId'>;

/** What each gate said of a message, and what those saw that it came to. */
export function explainGates(message: Judged, seen: GateValues, stopped?: GateValues[string]): GateType[] {
  const stop = gates.findIndex(([, stops]) => stops.some((reason) => reason === message.reason));
  const passed = stop >= 0 ? stop : lastPassed(message) + 1;
  return gates.map(([gate], index) => {
    if (index < passed) return { gate, result: 'PASSED', seen: seen[gate] };
    if (index > passed || stop < 0) return { gate, result: 'NOT_REACHED', seen: waitingFor(gate, message, seen) };
    const values = seen[gate] || stopped ? { ...seen[gate], ...stopped } : undefined;
    return { gate, result: 'STOPPED', reason: message.reason ?? undefined, seen: values };
  });
}

/** What each gate of a start says of a person who is judged as of now. */
export const gatesOf = ({ reason, variantId, saw }: Judgement, audience?: GateValues): GateType[] =>
  explainGates(
    { reason, variantId, disposition: reason === null ? 'QUEUED' : 'SKIPPED' },
    { ...audience, ...(saw && startValues(saw)) },
  );

// Of what waits the time is known for which it does.
const waitingFor = (gate: string, { disposition }: Judged, seen: GateValues) =>
  gate === 'time' && disposition === 'QUEUED' ? seen[gate] : undefined;

/** The gates of a message that waits for a login: it stands before the gate of time, with what that saw. */
export const waitingForLogin = (gates: readonly GateType[], seen: GateValues[string]): GateType[] =>
  gates.map((one) => (one.gate === 'time' ? { gate: 'time', result: 'WAITS', seen } : one));

// What waits has passed the gates of its start, but for the variant where it waits for that; what is on its way has passed
// all but the last.
function lastPassed({ disposition, variantId }: Judged): number {
  if (disposition === 'QUEUED') return variantId === null ? judgedAtStart - 1 : judgedAtStart;
  return disposition === 'IN_FLIGHT' ? gates.length - 2 : gates.length - 1;
}
