import type { Decision } from '../experiment/decision';
import type { Experiment } from '../experiment/experiment';
import type { PlanDigest } from '../launch-plan/plan-digest';
import { followingOccurrence, type Recurrence } from '../schedule/recurrence';
import type { Actor } from '../shared/actor';
import { canonicalJson } from '../shared/canonical-json';
import { DomainError } from '../shared/errors';
import type {
  Assignment,
  Budget,
  CampaignFields,
  CampaignKind,
  CampaignPurpose,
  ConversionGoal,
  DeliverySettings,
  Throttle,
} from './campaign-fields';
import { checkFields, defaultFields, fieldsOpenWhileRunning } from './campaign-fields';
import { type CampaignAction, type CampaignStatus, STATUS_TRANSITION, stepFor } from './transitions';

export type Approval = 'none' | 'submitted' | 'approved' | 'rejected';

/** Who asked for an approval, and what came of it. */
export interface ApprovalRecord {
  readonly submittedBy: string;
  readonly submittedAt: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly comment?: string | null;
  /** What would have been sent at that moment, part by part. */
  readonly plan?: PlanDigest;
}

/** What came of a submission, and of which plan. */
export interface ApprovalDecision {
  readonly approval: 'approved' | 'rejected';
  readonly comment: string | null;
  readonly plan: PlanDigest;
}

/** When a campaign is due, and how it went. */
export interface Schedule {
  /** ISO 8601, UTC: of a recurring campaign the next time; absent when its calendar has come to its end. */
  readonly at?: string;
  readonly recurrence?: Recurrence;
  /** Occurrences of the recurrence before `at`, whether they were held or missed. */
  readonly passed?: number;
  /** It was due and every place among the running was taken: waiting for one is not lateness. */
  readonly waitsForPlace?: boolean;
  readonly missed?: string;
}

/** What identifies a new campaign; its fields come beside it. */
export interface NewCampaign {
  readonly id: string;
  readonly organizationNo: number;
  readonly type: CampaignKind;
  readonly clonedFrom?: string;
}

/** A campaign and its verbs. Its status changes by them alone, each over the transition table. */
export class Campaign {
  campaignNo!: number;
  id!: string;
  organizationNo!: number;
  name!: string;
  description!: string | null;
  type!: CampaignKind;
  purpose!: CampaignPurpose;
  status!: CampaignStatus;
  pausedFrom!: 'scheduled' | 'active' | 'running' | null;
  approval!: Approval;
  approvalRecord!: ApprovalRecord | null;
  schedule!: Schedule | null;
  throttle!: Throttle | null;
  delivery!: DeliverySettings;
  assignment!: Assignment;
  experiment!: Experiment | null;
  winner!: Decision | null;
  conversionGoals!: readonly ConversionGoal[];
  holdoutHundredths!: number;
  budget!: Budget | null;
  priority!: number;
  tags!: readonly string[];
  metadata!: Readonly<Record<string, unknown>>;
  startAt!: Date | null;
  endAt!: Date | null;
  version!: number;
  createdBy!: string;
  createdAt!: Date;
  updatedBy!: string;
  updatedAt!: Date;
  pausedBy!: string | null;
  pausedAt!: Date | null;
  pauseReason!: string | null;
  cancelledBy!: string | null;
  cancelledAt!: Date | null;
  cancelReason!: string | null;
  startedAt!: Date | null;
  completedAt!: Date | null;
  clonedFrom!: string | null;
  archivedAt!: Date | null;

  /** A new draft; what is not given has its default. */
  static draft(identity: NewCampaign, fields: Partial<CampaignFields> & { name: string }, by: Actor): Campaign {
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
    } as const;
    return Object.assign(new Campaign(), state, identity, defaultFields, fields, created);
  }

  /** Refuses a change that was made from an older version: nothing is lost, the caller reads again. */
  expectVersion(expected: number | undefined): void {
    if (expected === undefined || expected === this.version) return;
    const message = `version ${expected} is not the present one; the campaign is at version ${this.version}`;
    throw new DomainError('CONFLICT', message, 'version');
  }

  /** Changes fields; with an execution open only those that an execution does not freeze. Answers what changed. */
  edit(fields: Partial<CampaignFields>, executionOpen: boolean): readonly string[] {
    stepFor(this, 'edit');
    const wanted = (Object.keys(fields) as (keyof CampaignFields)[]).filter((field) => this.differs(field, fields));
    const locked = executionOpen ? wanted.find((field) => !fieldsOpenWhileRunning.has(field)) : undefined;
    if (locked) throw campaignLocked(locked, 'while an execution is open');
    checkFields({ startAt: this.startAt, endAt: this.endAt, ...fields });
    for (const field of wanted) Object.assign(this, { [field]: fields[field] });
    return wanted;
  }

  /** Variants are replaced as a whole, never under an open execution. */
  replaceVariants(executionOpen: boolean): void {
    stepFor(this, 'edit');
    if (executionOpen) throw campaignLocked('variants', 'while an execution is open');
  }

  /** Triggers are replaced as a whole, never under an open execution. */
  replaceTriggers(executionOpen: boolean): void {
    stepFor(this, 'edit');
    if (executionOpen) throw campaignLocked('triggers', 'while an execution is open');
  }

  /** Audiences are replaced as a whole, and fixed once the campaign has started. */
  replaceAudiences(): void {
    stepFor(this, 'edit');
    if (this.startedAt) throw campaignLocked('audiences', 'once the campaign has started');
  }

  /** Closes an edit: the version rises, and an approval of what is no longer there falls. */
  edited(by: Actor): void {
    this.approval = 'none';
    this.touch(by);
  }

  /** Asks for an approval of what is there now: of this plan. */
  submit(plan: PlanDigest, by: Actor): void {
    stepFor(this, 'edit');
    if (this.approval === 'submitted' || this.approval === 'approved')
      throw new DomainError('CAMPAIGN_APPROVAL', `the campaign is ${this.approval} already`, 'approval');
    this.approval = 'submitted';
    this.approvalRecord = { submittedBy: by.userId, submittedAt: by.at.toISOString(), plan };
    this.touch(by);
  }

  /** Nobody approves what they submitted themselves. The decision holds for this plan alone. */
  decide({ approval, comment, plan }: ApprovalDecision, by: Actor): void {
    if (this.status === 'completed' || this.status === 'cancelled')
      throw new DomainError(STATUS_TRANSITION, `a ${this.status} campaign is not decided on any more`, 'status');
    if (this.approval !== 'submitted' || !this.approvalRecord)
      throw new DomainError('CAMPAIGN_APPROVAL', 'the campaign was not submitted for approval', 'approval');
    if (this.approvalRecord.submittedBy === by.userId)
      throw new DomainError('FORBIDDEN', 'nobody decides on what they submitted themselves', 'approval');
    this.approval = approval;
    const decided = { decidedBy: by.userId, decidedAt: by.at.toISOString(), comment, plan };
    this.approvalRecord = { ...this.approvalRecord, ...decided };
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
    if (this.schedule?.waitsForPlace) return;
    this.schedule = { ...this.schedule, at: by.at.toISOString(), waitsForPlace: true };
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
    this.schedule = { ...this.afterOccurrence(), missed: reason };
    this.touch(by);
  }

  /** Whether a recurring campaign has no time ahead any more. */
  isOver(): boolean {
    const at = this.schedule?.at;
    return this.type === 'RECURRING' && (at === undefined || (this.endAt !== null && new Date(at) >= this.endAt));
  }

  /** Its end date has come, or its calendar has no further occurrence. */
  complete(by: Actor): void {
    this.take('complete');
    this.completedAt = by.at;
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
    if (action === 'due' && this.type === 'RECURRING') this.schedule = this.afterOccurrence();
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

  private afterOccurrence(): Schedule {
    const { at, recurrence, passed = 0 } = this.schedule ?? {};
    if (at === undefined || recurrence === undefined) return {};
    const next = followingOccurrence(recurrence, { passed: passed + 1, after: new Date(at), endAt: this.endAt });
    return { recurrence, passed: passed + 1, ...(next && { at: next.toISOString() }) };
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

  private touch(by: Actor): void {
    this.version += 1;
    this.updatedBy = by.userId;
    this.updatedAt = by.at;
  }
}

const campaignLocked = (what: string, when: string): DomainError =>
  new DomainError('CAMPAIGN_LOCKED', `${what} cannot change ${when}`, what);
