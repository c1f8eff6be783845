import { setImmediate as othersTurn } from 'node:timers/promises';
import { readOrganizationSettings } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { checkRecurrence, occurrencesFrom, type Recurrence, type RecurrencePlace, walkTo } from './recurrence';

const MOST = 100;
/** Occurrences that are walked past at once. */
const STEPS = 200;

/** Times to tell: of a campaign as it is scheduled, or of a recurrence that is only thought of. */
export interface PreviewRequest {
  readonly campaignId?: string;
  readonly recurrence?: Omit<Recurrence, 'timeZone'> & Partial<Pick<Recurrence, 'timeZone'>>;
  readonly after?: Date;
  readonly endAt?: Date;
  readonly first: number;
}

/** Occurrences, and the zone whose clock they are told by. */
export interface Preview {
  readonly occurrences: readonly Date[];
  readonly timeZone: string;
}

/** The next occurrences, by the code that a campaign's calendar goes on by. */
export async function previewSchedule(scope: Scope, request: PreviewRequest): Promise<Preview> {
  if (request.first < 1 || request.first > MOST)
    throw new DomainError('SCHEDULE_INVALID', `a preview has 1 to ${MOST} occurrences`, 'first');
  if ((request.campaignId === undefined) === (request.recurrence === undefined))
    throw new DomainError('SCHEDULE_INVALID', 'a preview is of a campaign or of a recurrence', 'campaignId');
  const { settings } = await readOrganizationSettings(scope);
  return request.campaignId === undefined
    ? previewRecurrence(scope, request, settings.timeZone)
    : previewCampaign(scope, request, { id: request.campaignId, timeZone: settings.timeZone });
}

function previewRecurrence({ now }: Scope, request: PreviewRequest, fallback: string): Preview {
  const { recurrence, after = now(), endAt = null, first } = request;
  const checked = { cron: '', timeZone: fallback, ...recurrence };
  checkRecurrence(checked);
  return {
    occurrences: occurrencesFrom(checked, { passed: 0, after, endAt }, first),
    timeZone: checked.timeZone,
  };
}

interface Row {
  readonly at: string | null;
  readonly recurrence: Recurrence | null;
  readonly passed: number | null;
  readonly endAt: Date | null;
}

async function previewCampaign(
  scope: Scope,
  { first, endAt, after = new Date(0) }: PreviewRequest,
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
): Promise<Preview> {
  const [row] = await scope.read((transaction) => transaction.query<Row>(ofCampaign, [id]));
  if (!row) throw notFound('campaign', id, 'campaignId');
  if (row.at === null) return { occurrences: [], timeZone };
  const ends = [row.endAt, endAt].flatMap((end) => (end ? [end.getTime()] : []));
  const end = ends.length > 0 ? new Date(Math.min(...ends)) : null;
  const next = new Date(row.at);
  // What is counted is counted from the next one on; what is not need not be walked through to a far time.
  const begin = row.recurrence?.count === undefined && after > next ? after : next;
  const place = { passed: (row.passed ?? 0) + 1, after: begin, endAt: end };
  const later = row.recurrence ? occurrencesFrom(row.recurrence, await skip(row.recurrence, place, after), first) : [];
  const occurrences = [...(end === null || next < end ? [next] : []).filter((at) => at > after), ...later];
  return { occurrences: occurrences.slice(0, first), timeZone: row.recurrence?.timeZone ?? timeZone };
}

/** Ten thousand steps take a second: others have their turn in between. */
async function skip(recurrence: Recurrence, from: RecurrencePlace, past: Date): Promise<RecurrencePlace> {
  for (let place = from; ; ) {
    const next = walkTo(recurrence, place, { past, most: STEPS });
    if (next === place) return place;
    place = next;
    await othersTurn();
  }
}

const ofCampaign = `select schedule ->> 'at' as at, schedule -> 'recurrence' as recurrence,
  (schedule ->> 'passed')::int as passed, end_at as "endAt"
from campaign.campaign
where id = $1 and org_no = campaign.current_org() and archived_at is null and status in ('scheduled', 'running', 'paused')
union all
select null, null, null, null from campaign.campaign
where id = $1 and org_no = campaign.current_org() and archived_at is null and status not in ('scheduled', 'running', 'paused')`;
