import type { Organization } from '../organization/organization';
import { findOrganization } from '../organization/organization-service';
import type { Schedule } from '../schedule/calendar';
import { checkRecurrence, followingOccurrence, type Recurrence } from '../schedule/recurrence';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import type { Campaign } from './campaign';
import { actorOf } from './campaign-loading';
import { type CampaignTarget, changeStatus } from './change-status';
import { leastMinutesAhead } from './launch-guards';
import { LifecycleEvent } from './lifecycle-event';
import { readyLaunch } from './ready-launch';
import { stepFor } from './transitions';

/** A time, or a recurrence whose time zone is the organization's where none is given. */
export interface WantedSchedule {
  readonly at?: Date;
  readonly recurrence?: Omit<Recurrence, 'timeZone'> & { readonly timeZone?: string };
}

/** Sets a draft to start by itself, once or again and again; it must be ready now, and is judged again when it is due. */
export function scheduleCampaign(scope: Scope, target: CampaignTarget, wanted: WantedSchedule): Promise<string> {
  return changeStatus(scope, { ...target, action: 'scheduleCampaign' }, async (em, campaign) => {
    stepFor(campaign, 'schedule');
    const organization = await findOrganization(em, scope);
    const schedule = scheduleOf(campaign, wanted, { organization, now: scope.now() });
    await readyLaunch(em, scope, { campaign, organization, action: 'schedule', at: new Date(schedule.at) });
    campaign.scheduleFor(schedule, actorOf(scope));
    const { at: scheduledAt, recurrence } = schedule;
    return LifecycleEvent.of(campaign, 'campaign.scheduled', { scheduledAt, ...(recurrence && { recurrence }) });
  });
}

/** Makes a scheduled campaign a draft again. */
export function unscheduleCampaign(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'unscheduleCampaign' }, async (_em, campaign) => {
    campaign.unschedule(actorOf(scope));
    const facts = { changedFields: ['schedule'], updatedBy: campaign.updatedBy };
    return LifecycleEvent.of(campaign, 'campaign.updated', facts);
  });
}

interface Present {
  readonly organization: Organization;
  readonly now: Date;
}

function scheduleOf({ type, startAt, endAt }: Campaign, { at, recurrence }: WantedSchedule, present: Present) {
  if (type === 'ONE_TIME') return { at: onlyTime(at, recurrence).toISOString() };
  if (at || !recurrence)
    throw new DomainError('SCHEDULE_INVALID', 'a recurring campaign has a recurrence, and no time', 'recurrence');
  const { timeZone = present.organization.effectiveSettings().timeZone, ...pattern } = recurrence;
  const checked = { ...pattern, timeZone };
  checkRecurrence(checked);
  const earliest = new Date(present.now.getTime() + leastMinutesAhead * 60_000 - 1);
  const after = startAt && startAt > earliest ? new Date(startAt.getTime() - 1) : earliest;
  const first = followingOccurrence(checked, { passed: 0, after, endAt });
  if (!first) throw new DomainError('SCHEDULE_INVALID', 'it has no occurrence before its end date', 'recurrence');
  return { at: first.toISOString(), recurrence: checked, passed: 0 } satisfies Schedule;
}

function onlyTime(at: Date | undefined, recurrence: WantedSchedule['recurrence']): Date {
  if (at && !recurrence) return at;
  throw new DomainError('SCHEDULE_INVALID', 'a campaign of one time has a time, and no recurrence', 'at');
}
