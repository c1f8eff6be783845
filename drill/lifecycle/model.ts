/**
 * A campaign's life as SPEC §3 tells it, written down a second time and apart from the service: no line of `src/` is
 * used here. Each command answers `ok`, or the code of its refusal, and changes the model only in the first case.
 */
export type Status = 'draft' | 'scheduled' | 'active' | 'running' | 'paused' | 'completed' | 'cancelled';
export const statuses: readonly Status[] = [
  'draft',
  'scheduled',
  'active',
  'running',
  'paused',
  'completed',
  'cancelled',
];
export type Kind = 'ONE_TIME' | 'RECURRING' | 'TRIGGERED' | 'TRANSACTIONAL';
export type Answer = 'ok' | string;

/** What the model knows of one campaign. Times in milliseconds. */
export interface ModelCampaign {
  readonly kind: Kind;
  status: Status;
  pausedFrom: Status | null;
  version: number;
  approval: 'none' | 'submitted' | 'approved' | 'rejected';
  submittedBy: string | null;
  /** Whether it has an audience: without one nothing starts. */
  ready: boolean;
  started: boolean;
  endAt: number | null;
  at: number | null;
  recurs: boolean;
  count: number | null;
  passed: number;
  waits: boolean;
  archived: boolean;
  executions: string[];
}

/** What holds for all campaigns of a sequence. */
export interface ModelRules {
  readonly places: number;
  readonly approvalRequired: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const calendar = (kind: Kind): boolean => kind === 'ONE_TIME' || kind === 'RECURRING';

export class LifecycleModel {
  readonly campaigns: ModelCampaign[] = [];

  constructor(
    readonly rules: ModelRules,
    public now: number,
  ) {}

  /** The time so many minutes on; or when the next campaign is due, or ends. */
  timeAfter(minutes: number | 'due'): number {
    if (minutes !== 'due') return this.now + minutes * MINUTE;
    const times = this.campaigns.flatMap(({ archived, at, endAt }) => (archived ? [] : [at, endAt]));
    const ahead = times.filter((time) => time !== null && time > this.now) as number[];
    return ahead.length > 0 ? Math.min(...ahead) : this.now + HOUR;
  }

  create(kind: Kind, ready: boolean, endAt: number | null): Answer {
    this.campaigns.push({
      kind,
      status: 'draft',
      pausedFrom: null,
      version: 1,
      approval: 'none',
      submittedBy: null,
      ready,
      started: false,
      endAt,
      at: null,
      recurs: false,
      count: null,
      passed: 0,
      waits: false,
      archived: false,
      executions: [],
    });
    return 'ok';
  }

  clone(one: ModelCampaign): Answer {
    if (one.archived) return 'NOT_FOUND';
    return this.create(one.kind, one.ready, one.endAt);
  }

  /** `what`: a word (never locked), the holdout (frozen by an execution), or whether there is an audience. */
  edit(one: ModelCampaign, stale: boolean, what: 'description' | 'holdout' | 'audience' | 'no audience'): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'draft' && one.status !== 'paused') return 'CAMPAIGN_STATUS_TRANSITION';
    if (what === 'holdout' && this.open(one)) return 'CAMPAIGN_LOCKED';
    if (what.endsWith('audience')) {
      if (one.started) return 'CAMPAIGN_LOCKED';
      one.ready = what === 'audience';
    }
    one.approval = 'none';
    return this.change(one);
  }

  schedule(
    one: ModelCampaign,
    stale: boolean,
    wish: { readonly minutes: number; readonly count: number | null },
  ): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'draft' || !calendar(one.kind)) return 'CAMPAIGN_STATUS_TRANSITION';
    const recurs = one.kind === 'RECURRING';
    const at = recurs ? noonAfter(this.now + 5 * MINUTE - 1) : this.now + wish.minutes * MINUTE;
    if (recurs && one.endAt !== null && at >= one.endAt) return 'SCHEDULE_INVALID';
    const judged = this.judge(one, at);
    if (judged) return judged;
    if (at - this.now < 5 * MINUTE) return 'SCHEDULE_TOO_SOON';
    Object.assign(one, { status: 'scheduled', at, recurs, count: recurs ? wish.count : null, passed: 0, waits: false });
    return this.change(one);
  }

  unschedule(one: ModelCampaign, stale: boolean): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'scheduled' || !calendar(one.kind)) return 'CAMPAIGN_STATUS_TRANSITION';
    Object.assign(one, { status: 'draft', at: null, recurs: false, count: null, passed: 0, waits: false });
    return this.change(one);
  }

  activate(one: ModelCampaign, stale: boolean): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'draft' || calendar(one.kind)) return 'CAMPAIGN_STATUS_TRANSITION';
    // An audience is no condition: who an event is about is the audience.
    if (this.rules.approvalRequired && one.approval !== 'approved') return 'CAMPAIGN_APPROVAL_REQUIRED';
    if (one.endAt !== null && this.now >= one.endAt) return 'SCHEDULE_OUTSIDE_PERIOD';
    Object.assign(one, { status: 'active', started: true });
    return this.change(one);
  }

  start(one: ModelCampaign, stale: boolean): Answer {
    if (one.archived) return 'NOT_FOUND';
    if (one.status === 'running') return 'ok';
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if ((one.status !== 'draft' && one.status !== 'scheduled') || !calendar(one.kind))
      return 'CAMPAIGN_STATUS_TRANSITION';
    const judged = this.judge(one, this.now);
    if (judged) return judged;
    if (one.kind === 'RECURRING' && !one.recurs) return 'SCHEDULE_INVALID';
    if (this.free()) return this.run(one);
    if (one.status === 'scheduled' && one.recurs) return 'CAMPAIGN_RUNNING_LIMIT';
    if (one.status === 'scheduled' && one.waits) return 'ok';
    Object.assign(one, { status: 'scheduled', at: this.now, waits: true });
    return this.change(one);
  }

  pause(one: ModelCampaign, stale: boolean): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (!['scheduled', 'active', 'running'].includes(one.status)) return 'CAMPAIGN_STATUS_TRANSITION';
    Object.assign(one, { pausedFrom: one.status, status: 'paused' });
    this.turn(one, 'running', 'paused');
    return this.change(one);
  }

  resume(one: ModelCampaign, stale: boolean): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'paused') return 'CAMPAIGN_STATUS_TRANSITION';
    if (one.pausedFrom === 'active' && this.rules.approvalRequired && one.approval !== 'approved')
      return 'CAMPAIGN_APPROVAL_REQUIRED';
    if (one.recurs) while (one.at !== null && one.at <= this.now) this.pass(one);
    Object.assign(one, { status: one.pausedFrom, pausedFrom: null });
    this.turn(one, 'paused', 'running');
    this.change(one);
    this.completeWhenOver(one);
    return 'ok';
  }

  cancel(one: ModelCampaign, stale: boolean): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (ended(one)) return 'CAMPAIGN_STATUS_TRANSITION';
    Object.assign(one, { status: 'cancelled', pausedFrom: null });
    this.turn(one, 'running', 'cancelled');
    this.turn(one, 'paused', 'cancelled');
    return this.change(one);
  }

  archive(one: ModelCampaign, stale: boolean): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'draft' && !ended(one)) return 'CAMPAIGN_STATUS_TRANSITION';
    one.archived = true;
    return this.change(one);
  }

  submit(one: ModelCampaign, stale: boolean, by: string): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (one.status !== 'draft' && one.status !== 'paused') return 'CAMPAIGN_STATUS_TRANSITION';
    if (one.approval === 'submitted' || one.approval === 'approved') return 'CAMPAIGN_APPROVAL';
    Object.assign(one, { approval: 'submitted', submittedBy: by });
    return this.change(one);
  }

  decide(one: ModelCampaign, stale: boolean, decision: { by: string; approval: 'approved' | 'rejected' }): Answer {
    const refusal = this.met(one, stale);
    if (refusal) return refusal;
    if (ended(one)) return 'CAMPAIGN_STATUS_TRANSITION';
    if (one.approval !== 'submitted') return 'CAMPAIGN_APPROVAL';
    if (one.submittedBy === decision.by) return 'FORBIDDEN';
    one.approval = decision.approval;
    return this.change(one);
  }

  /** The clock's turn: what is due by its time, the earliest first; then what has come to its end date. */
  due(): Answer {
    const isDue = (one: ModelCampaign) =>
      !one.archived &&
      one.at !== null &&
      one.at <= this.now &&
      (one.status === 'scheduled' || (one.recurs && (one.status === 'running' || one.status === 'paused')));
    const order = this.campaigns.filter(isDue).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
    const atEnd = this.campaigns.filter((one) => !one.archived && this.hasEnded(one));
    for (const one of [...order, ...atEnd]) this.dueOne(one);
    return 'ok';
  }

  /** Whatever runs has written to everybody. */
  finish(): Answer {
    for (const one of this.campaigns) {
      if (!one.executions.includes('running')) continue;
      this.turn(one, 'running', 'completed');
      const goesOn = one.kind === 'RECURRING' && one.at !== null && (one.endAt === null || one.at < one.endAt);
      one.status = goesOn ? 'scheduled' : 'completed';
      this.change(one);
    }
    return 'ok';
  }

  private dueOne(one: ModelCampaign): void {
    if (this.hasEnded(one)) {
      one.status = 'completed';
      this.change(one);
      return;
    }
    if (one.at === null || one.at > this.now) return;
    const late = !one.waits && this.now - one.at > HOUR;
    if (one.status === 'running' || one.status === 'paused') this.pass(one);
    else if (one.status !== 'scheduled') return;
    else if (late || this.judge(one, this.now)) this.miss(one);
    else if (!this.free()) one.waits = true;
    else {
      this.run(one);
      if (one.kind === 'RECURRING') this.advance(one);
      one.waits = false;
    }
  }

  private hasEnded({ status, kind, endAt }: ModelCampaign): boolean {
    return (
      (status === 'active' || (status === 'scheduled' && kind === 'RECURRING')) && endAt !== null && endAt <= this.now
    );
  }

  private miss(one: ModelCampaign): void {
    if (one.recurs) {
      this.pass(one);
      this.completeWhenOver(one);
    } else {
      one.executions.push('missed');
      one.status = 'draft';
      this.change(one);
    }
  }

  private pass(one: ModelCampaign): void {
    one.executions.push('missed');
    this.advance(one);
    this.change(one);
  }

  private advance(one: ModelCampaign): void {
    one.waits = false;
    const next = one.recurs && one.at !== null ? one.at + DAY : null;
    one.passed += one.recurs ? 1 : 0;
    const over =
      next === null || (one.count !== null && one.passed >= one.count) || (one.endAt !== null && next >= one.endAt);
    one.at = over ? null : next;
  }

  private completeWhenOver(one: ModelCampaign): void {
    const over = one.kind === 'RECURRING' && (one.at === null || (one.endAt !== null && one.at >= one.endAt));
    if (!over || one.status !== 'scheduled') return;
    one.status = 'completed';
    this.change(one);
  }

  private run(one: ModelCampaign): Answer {
    Object.assign(one, { status: 'running', started: true, waits: false });
    one.executions.push('running');
    return this.change(one);
  }

  private judge(one: ModelCampaign, at: number): Answer | undefined {
    if (!one.ready) return 'AUDIENCE_MISSING';
    if (this.rules.approvalRequired && one.approval !== 'approved') return 'CAMPAIGN_APPROVAL_REQUIRED';
    return one.endAt !== null && at >= one.endAt ? 'SCHEDULE_OUTSIDE_PERIOD' : undefined;
  }

  private met({ archived }: ModelCampaign, stale: boolean): Answer | undefined {
    if (archived) return 'NOT_FOUND';
    return stale ? 'CONFLICT' : undefined;
  }

  private free(): boolean {
    return this.campaigns.filter(({ status }) => status === 'running').length < this.rules.places;
  }

  private open({ executions }: ModelCampaign): boolean {
    return executions.includes('running') || executions.includes('paused');
  }

  private turn(one: ModelCampaign, from: string, to: string): void {
    one.executions = one.executions.map((status) => (status === from ? to : status));
  }

  private change(one: ModelCampaign): Answer {
    one.version += 1;
    return 'ok';
  }
}

const ended = ({ status }: ModelCampaign): boolean => status === 'completed' || status === 'cancelled';

/** Noon of UTC: what the recurring campaigns of a sequence recur at. */
function noonAfter(after: number): number {
  const noon = Math.floor(after / DAY) * DAY + 12 * HOUR;
  return noon > after ? noon : noon + DAY;
}
