import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';

/** What one channel said of a person: the reason that it does not take them for, null where it does. */
export interface ChannelStop {
  readonly channel: ChannelKind;
  readonly reason: StopReason | null;
}

/** Why a channel may not take a person, by the two bits that a message keeps of each. */
export const STOP_BITS = { suppressed: 1, no_consent: 2, not_eligible: 3 } as const;
export type StopReason = keyof typeof STOP_BITS;

/** Where a channel's bits lie. */
export const stopShift = (kind: ChannelKind): number => (CHANNEL[kind] - 1) * 2;

/** Reads what a message keeps of the channels of its plan. */
export const readStops = (bits: number, channels: readonly ChannelKind[]): ChannelStop[] =>
  channels.map((channel) => ({ channel, reason: stopReasons[(bits >> stopShift(channel)) & 3] ?? null }));

const stopReasons: readonly (StopReason | null)[] = [null, 'suppressed', 'no_consent', 'not_eligible'];
