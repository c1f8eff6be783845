import type { FrozenPlan, FrozenQuietHours } from '../execution/frozen-plan';
import type { ChannelKind } from '../shared/ledger-codes';

/** When nobody is written to on a channel; null: at any time. Who is in the application is awake. */
export const quietHoursOf = (
  { quietHours = null, smsQuietHours }: Pick<FrozenPlan, 'quietHours' | 'smsQuietHours'>,
  kind: ChannelKind,
): FrozenQuietHours | null => {
  if (kind === 'in_app') return null;
  return kind === 'sms' && smsQuietHours ? smsQuietHours : quietHours;
};
