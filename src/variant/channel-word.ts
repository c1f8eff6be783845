import type { ChannelKind } from '../shared/ledger-codes';
import type { CHANNEL_KINDS } from './variant.types';

/** A channel as the graph names it. */
export const channelWord = (kind: ChannelKind): keyof typeof CHANNEL_KINDS =>
  kind.toUpperCase() as keyof typeof CHANNEL_KINDS;
