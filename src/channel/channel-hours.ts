import type { FrozenPlan, FrozenQuietHours } from '../execution/frozen-plan';
import { rangesEveryDay } from '../send-window/send-window';
import { shared, union, type WeekRanges, without } from '../send-window/week-ranges';
import type { ChannelKind } from '../shared/ledger-codes';

/** When people are written to by a campaign that has send windows: in them, and not in quiet hours. */
export interface OpenWeek {
  readonly open: WeekRanges;
  /** The windows alone. */
  readonly windows: WeekRanges;
  readonly timeZone: string;
  readonly skips: boolean;
}

/** The hours of a channel: those in which nobody is written to, or where there are windows those in which people are. */
export type ChannelHours = FrozenQuietHours | OpenWeek;

type Hours = Pick<FrozenPlan, 'quietHours' | 'smsQuietHours' | 'windows'>;

/** By which hours messages of a channel go; null: at any time. Who is in the application is awake, and there. */
export function hoursOf(plan: Hours, kind: ChannelKind): ChannelHours | null {
  if (kind === 'in_app') return null;
  const quiet = quietHoursOf(plan, kind);
  if (!plan.windows) return quiet;
  const { open: windows, timeZone, skips } = plan.windows;
  return { open: shared(windows, without(quietWeek(quiet))), windows, timeZone, skips };
}

/** Whether they are those of a campaign with windows. */
export const isOpenWeek = (hours: ChannelHours): hours is OpenWeek => 'open' in hours;

const quietWeek = (quiet: FrozenQuietHours | null): WeekRanges =>
  quiet ? union([...rangesEveryDay(quiet), ...(quiet.also ? rangesEveryDay(quiet.also) : [])]) : [];

/** When nobody is written to on a channel, whatever windows there are; null: at any time. */
export const quietHoursOf = (
  { quietHours = null, smsQuietHours }: Hours,
  kind: ChannelKind,
): FrozenQuietHours | null => {
  if (kind === 'in_app') return null;
  return kind === 'sms' && smsQuietHours ? smsQuietHours : quietHours;
};
