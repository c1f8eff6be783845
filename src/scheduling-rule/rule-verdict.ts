import type { Schedule } from '../schedule/calendar';
import { GRACE_MINUTES } from './due-sql';
import type { StandingAnswer } from './scheduling-answers';

/** What becomes of an occurrence that is due: it starts, waits for its rule, or is missed for a reason. */
export type RuleVerdict = 'start' | 'waits' | { readonly missed: string };

const LATE = { missed: 'late' } as const;

/**
 * Whether an occurrence may be held now. Waiting for a rule that is heard is not lateness: what is too late is counted from
 * when the rule was last heard. It is missed as `rule_skipped` where the rule says so, as `rule_unreachable` where nobody
 * answered for the whole grace, as `rule_waited` where it waited until the next occurrence, or the end, came.
 */
export function judgeByRule(schedule: Schedule, answer: StandingAnswer | undefined, now: Date): RuleVerdict {
  const since = Math.max(new Date(schedule.at ?? 0).getTime(), answer?.heardAt?.getTime() ?? 0);
  const isLate = now.getTime() - since > GRACE_MINUTES * 60_000;
  if (!answer) return isLate && !schedule.waitsForPlace ? LATE : 'waits';
  const { decision, answered, reason, askAgainAt, outlivedAt } = answer;
  if (decision === 'SKIP') return { missed: reason ? `rule_skipped: ${reason}` : 'rule_skipped' };
  if (isLate && !answered && decision === 'WAIT') return { missed: 'rule_unreachable' };
  if (isLate && !schedule.waitsForPlace) return LATE;
  if (decision === 'START' && askAgainAt > now) return 'start';
  return outlivedAt !== null && outlivedAt <= now ? { missed: 'rule_waited' } : 'waits';
}
