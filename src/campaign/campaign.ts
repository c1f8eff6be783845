import type { Decision } from '../experiment/decision';
import { type GuardrailTrip, wordsOf } from '../guardrail/guardrail-trip';
import type { PlanDigest } from '../launch-plan/plan-digest';
import { afterOccurrence, hasTimeAhead, inQueue, type Schedule } from '../schedule/calendar';
import type { Actor } from '../shared/actor';
import { canonicalJson } from '../shared/canonical-json';
import { DomainError } from '../shared/errors';
import { type ApprovalDecision, decided, submitted } from './approval';
import type { Budget, CampaignFields, CampaignKind } from './campaign-fields';
import { checkFields, defaultFields, fieldsOpenWhileRunning, inPlainWords, inputNamesOf } from './campaign-fields';
import { CampaignRecord } from './campaign-record';
import { type CampaignAction, expectEditable, STATUS_TRANSITION, stepFor } from './transitions';

/** What identifies a new campaign; its fields come beside it. */
export interface NewCampaign {
  readonly id: string;
  readonly organizationNo: number;
  readonly type: CampaignKind;
  readonly clonedFrom?: string;
}

/** A campaign and its verbs. Its status changes by them alone, each over the transition table. */
export class Campaign extends CampaignRecord {
  /** A new draft; what is not given has its default. */
  static draft(identity: NewCampaign, given: Partial<CampaignFields> & { name: string }, by: Actor): Campaign {
    const fields = inPlainWords(given);
    checkFields(fields);
    const created = { createdBy: by.userId, createdAt: by.at, updatedBy: by.userId, updatedAt: by.at };
    const state = {
      status: 'draft',
      approval: 'none',
      version: 1,
      clonedFrom: null,
      winner: null,
      schedule: null,
      approvalRecord: null,
      guardrailTrip: null,
    } as const;
    return Object.assign(new Campaign(), state, identity, defaultFields, fields, created);
  }

  /** Changes fields; with an execution open only those that an execution does not freeze. Answers what changed, as callers name it. */
  edit(given: Partial<CampaignFields>, executionOpen: boolean): readonly string[] {
    stepFor(this, 'edit');
    const fields = inPlainWords(given);
    const wanted = (Object.keys(fields) as (keyof CampaignFields)[]).filter((field) => this.differs(field, fields));
    const names = wanted.flatMap((field) => inputNamesOf(field, this, fields));
    if (wanted.includes('audienceCap')) expectOpenAudience(this, 'audienceCap');
    const locked = executionOpen ? wanted.find((field) => !fieldsOpenWhileRunning.has(field)) : undefined;
    if (locked) throw lockedByExecution(inputNamesOf(locked, this, fields)[0] ?? locked);
    expectSameCurrency(this, fields.budget);
    checkFields({ startAt: this.startAt, endAt: this.endAt, ...fields });
    for (const field of wanted) Object.assign(this, { [field]: fields[field] });
    return names;
  }

  /** Variants are replaced as a whole, never under an open execution. */
  replaceVariants(executionOpen: boolean): void {
    stepFor(this, 'edit');
    if (executionOpen) throw lockedByExecution('variants');
  }

  /** Triggers are replaced as a whole, never under an open execution. */
  replaceTriggers(executionOpen: boolean): void {
    stepFor(this, 'edit');
    if (executionOpen) throw lockedByExecution('triggers');
  }

  /** Audiences are replaced as a whole, and fixed once the campaign has started. */
  replaceAudiences(): void {
    stepFor(this, 'edit');
    expectOpenAudience(this, 'audiences');
  }

  /** Closes an edit: the version rises, and an approval of what is no longer there falls. */
  edited(by: Actor): void {
    this.approval = 'none';
    this.touch(by);
  }

  /** Asks for an approval of what is there now: of this plan. */
  submit(plan: PlanDigest, by: Actor): void {
    expectEditable(this, 'submitForApproval');
    Object.assign(this, submitted(this, plan, by));
    this.touch(by);
  }

  /** Nobody approves what they submitted themselves. The decision holds for this plan alone. */
  decide(decision: ApprovalDecision, by: Actor): void {
    if (this.status === 'completed' || this.status === 'cancelled')
      throw new DomainError(STATUS_TRANSITION, `a ${this.status} campaign is not decided on any more`, 'status');
    Object.assign(this, decided(this, decision, by));
    this.touch(by);
  }

  scheduleFor(schedule: Schedule, by: Actor): void {
    this.take('schedule');
    this.schedule = schedule;
    this.touch(by);
  }

  /** Every place among the running is taken: it starts by itself when one is free. */
  queueForPlace(by: Actor): void {
    this.take('queue');
    const { waitsForPlace, byHand } = this.schedule ?? {};
    if (waitsForPlace && (byHand || this.delivery.schedulingRuleId === undefined)) return;
    this.schedule = inQueue(this.schedule, by.at);
    this.touch(by);
  }

  unschedule(by: Actor): void {
    this.take('unschedule');
    this.schedule = null;
    this.touch(by);
  }

  /** The occurrence was not held: the campaign is a draft again and says why. */
  miss(reason: string, by: Actor): void {
    this.take('miss');
    if (this.schedule) this.schedule = { ...this.schedule, missed: reason };
    this.touch(by);
  }

  /** An occurrence of a recurring campaign was not held: the calendar goes on. */
  passOccurrence(reason: string, by: Actor): void {
    this.take('pass');
    this.schedule = { ...afterOccurrence(this.schedule, this.endAt), missed: reason };
    this.touch(by);
  }

  /** Whether a recurring campaign has no time ahead any more. */
  isOver(): boolean {
    return this.type === 'RECURRING' && !hasTimeAhead(this.schedule, this.endAt);
  }

  /** Its end date has come, or its calendar has no further occurrence. */
  complete(by: Actor): void {
    this.take('complete');
    this.completedAt = by.at;
    this.touch(by);
  }

  /** Its end has come, and people of its occurrences still wait. */
  outlast(by: Actor): void {
    this.take('outlast');
    this.touch(by);
  }

  activate(by: Actor): void {
    this.take('activate');
    this.startedAt ??= by.at;
    this.touch(by);
  }

  /** `start` by a person, `due` by the clock: then the calendar goes on to the next occurrence. */
  start(by: Actor, action: 'start' | 'due' = 'start'): void {
    this.take(action);
    if (action === 'due' && this.type === 'RECURRING') this.schedule = afterOccurrence(this.schedule, this.endAt);
    else if (this.schedule?.waitsForPlace) this.schedule = { ...this.schedule, waitsForPlace: false };
    this.startedAt ??= by.at;
    this.winner = null;
    this.touch(by);
  }

  pause(reason: string | null, by: Actor): void {
    const from = this.status;
    this.take('pause');
    this.pausedFrom = from as 'scheduled' | 'active' | 'running';
    Object.assign(this, { pausedBy: by.userId, pausedAt: by.at, pauseReason: reason });
    this.touch(by);
  }

  /** It stops by itself. A person may resume it: then what was counted until now is forgiven. */
  stop(trip: GuardrailTrip, by: Actor): void {
    this.pause(wordsOf(trip), by);
    this.guardrailTrip = trip;
  }

  resume(by: Actor): void {
    this.take('resume');
    Object.assign(this, { pausedFrom: null, pausedBy: null, pausedAt: null, pauseReason: null });
    this.touch(by);
  }

  cancel(reason: string, by: Actor): void {
    this.take('cancel');
    Object.assign(this, { pausedFrom: null, cancelledBy: by.userId, cancelledAt: by.at, cancelReason: reason });
    this.touch(by);
  }

  /** Refuses a winner where nothing was compared. */
  expectWinnerAllowed(): void {
    if (this.startedAt && this.status !== 'draft' && this.status !== 'cancelled') return;
    const message = `a ${this.status} campaign does not allow declareWinner; one that has started does`;
    throw new DomainError('CAMPAIGN_STATUS_TRANSITION', message, 'status');
  }

  /** One variant is found the best of the last start's. A person may do that while there are figures, once. */
  declareWinner(winner: Decision, by: Actor): void {
    this.expectWinnerAllowed();
    if (this.winner) throw new DomainError('CAMPAIGN_WINNER_DECLARED', 'a winner was declared already', 'variantId');
    this.winner = winner;
    this.touch(by);
  }

  archive(by: Actor): void {
    this.take('archive');
    this.archivedAt = by.at;
    this.touch(by);
  }

  private take(action: CampaignAction): void {
    const { to } = stepFor(this, action);
    if (to === 'stays') return;
    // A paused campaign without its origin does not exist: the pause wrote both in one row.
    this.status = to === 'came from' ? (this.pausedFrom ?? 'draft') : to;
  }

  private differs(field: keyof CampaignFields, fields: Partial<CampaignFields>): boolean {
    return fields[field] !== undefined && canonicalJson(fields[field]) !== canonicalJson(this[field]);
  }
}

const campaignLocked = (what: string, when: string): DomainError =>
  new DomainError('CAMPAIGN_LOCKED', `${what} cannot change ${when}`, what);

const lockedByExecution = (what: string): DomainError =>
  campaignLocked(what, 'while an execution is open; it can once that has ended');

function expectOpenAudience({ startedAt }: Campaign, part: string): void {
  if (startedAt) throw campaignLocked(part, 'once the campaign has started; that of a clone can');
}

// What was spent is a sum of its present costs.
function expectSameCurrency({ startedAt, budget }: Campaign, wanted: Budget | null | undefined): void {
  if (startedAt && budget && wanted && wanted.currency !== budget.currency)
    throw campaignLocked('budget.currency', 'once the campaign has started, for what it has spent is in it');
}
