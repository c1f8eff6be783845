import type { Config } from '../config';
import { type ChannelKind, channelName } from '../shared/ledger-codes';

/** What the configured transport carries: a mail server e-mail alone, beside webhooks, which go by themselves; the log, for development, everything. */
export const servedChannels = ({
  providerUrl,
  smtpUrl,
}: Pick<Config, 'providerUrl' | 'smtpUrl'>): readonly ChannelKind[] =>
  !providerUrl && smtpUrl ? ['email', 'webhook'] : [...channelName.values()];
