import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../../src/adapters/postgres';
import { activateCampaign } from '../../src/campaign/activate-campaign';
import { decideApproval, submitForApproval } from '../../src/campaign/approve-campaign';
import { archiveCampaign, cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { createCampaign } from '../../src/campaign/create-campaign';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { scheduleCampaign, unscheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { expandStep } from '../../src/dispatch/expand';
import { complete, findFinished } from '../../src/dispatch/sweep';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { createScope, type Scope, type ScopeParts } from '../../src/scope';
import { DomainError } from '../../src/shared/errors';
import type { Command, Sequence } from './commands';
import type { Answer } from './model';

/** What a sequence is played on: the service's parts, and the ledger as the dispatcher sees it. */
export interface LifecycleWorld {
  readonly parts: Omit<ScopeParts, 'now' | 'onCommitted'>;
  readonly ledger: Database;
}

/** A campaign as the database has it, in the words of the model. */
export interface Seen {
  readonly status: string;
  readonly pausedFrom: string | null;
  readonly version: number;
  readonly approval: string;
  readonly at: number | null;
  readonly waits: boolean;
  readonly archived: boolean;
  readonly executions: readonly string[];
}

class Crashed extends Error {}

const noon = { cron: '0 12 * * *', timeZone: 'UTC' };
const audience = [{ kind: 'INCLUDE' as const, rules: { field: 'country', operator: 'equals', value: 'DE' } }];
const content = { subject: 'News', html: '<p>News</p><a href="{{ unsubscribe_url }}">stop</a>' };
const variants = [{ name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content }] }];

/** The real service with the clock of a sequence, in an organization of its own. */
export class PlayedService {
  readonly ids: string[] = [];
  #texts = 0;

  private constructor(
    private readonly world: LifecycleWorld,
    private readonly organization: { readonly id: string; readonly no: number },
    public now: Date,
  ) {}

  static async open(world: LifecycleWorld, id: string, now: Date, rules: Sequence): Promise<PlayedService> {
    const sql = 'select campaign.ensure_organization($1) as no';
    const [row] = await world.parts.database.query<{ no: number }>(sql, [id]);
    const service = new PlayedService(world, { id, no: row?.no ?? 0 }, now);
    const { places, approvalRequired } = rules;
    const settings = { postalAddress: 'Main Street 1', approvalRequired, limits: { runningCampaigns: places } };
    await updateOrganizationSettings(service.scope('usr_ada'), settings);
    return service;
  }

  /** Does it, and answers `ok` or the code of the refusal; a crash undoes all of it. */
  async play(command: Command, version: number): Promise<Answer> {
    const scope = command.crash ? crashing(this.scope(command.by)) : this.scope(command.by);
    try {
      await this.act(scope, command, version);
      return 'ok';
    } catch (error) {
      if (error instanceof Crashed) return 'crashed';
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  }

  async see(): Promise<readonly Seen[]> {
    const rows = await this.world.ledger.query<Omit<Seen, 'at'> & { at: string | null; id: string }>(
      `select c.id, c.status, c.paused_from as "pausedFrom", c.version, c.approval, c.schedule ->> 'at' as at,
         coalesce((c.schedule ->> 'waitsForPlace')::boolean, false) as waits, c.archived_at is not null as archived,
         array(select e.status from campaign.execution e where e.campaign_no = c.campaign_no order by e.exec_no) as executions
       from campaign.campaign c where c.org_no = $1 order by c.campaign_no`,
      [this.organization.no],
    );
    return rows.map(({ id: _, at, ...row }) => ({ ...row, at: at === null ? null : Date.parse(at) }));
  }

  /** Nothing of it is due for the next sequence. */
  async leave(): Promise<void> {
    const sql = 'update campaign.campaign set archived_at = created_at where org_no = $1 and archived_at is null';
    await this.world.ledger.query(sql, [this.organization.no]);
    const end = `update campaign.execution set status = 'cancelled', audience_closed = true
      where org_no = $1 and status in ('running', 'paused')`;
    await this.world.ledger.query(end, [this.organization.no]);
  }

  private async act(scope: Scope, command: Command, version: number): Promise<unknown> {
    const { name, pick, what, by, minutes, count, kind, ready, ends } = command;
    const id = this.ids[pick % Math.max(1, this.ids.length)] ?? '';
    const target = { id, version };
    if (name === 'create') return this.remember(createCampaign(scope, this.draft({ kind, ready, ends })));
    if (name === 'clone') return this.remember(cloneCampaign(scope, { id, name: this.text() }));
    if (name === 'edit') return editCampaign(scope, { ...target, ...this.edit(what) });
    if (name === 'schedule') return scheduleCampaign(scope, target, await this.wish(id, minutes, count));
    if (name === 'approve' || name === 'reject')
      return decideApproval(scope, target, { approval: name === 'approve' ? 'approved' : 'rejected', comment: null });
    if (name === 'cancel') return cancelCampaign(scope, target, `for ${by}`);
    if (name === 'due') return startDueCampaigns(this.world.ledger, { ...this.world.parts, now: () => this.now });
    if (name === 'finish') return this.finish();
    if (name === 'jump') return undefined;
    return simple[name](scope, target);
  }

  private async remember(made: Promise<string>): Promise<void> {
    this.ids.push(await made);
  }

  private draft({ kind, ready, ends }: Pick<Command, 'kind' | 'ready' | 'ends'>) {
    const endAt = ends && kind !== 'ONE_TIME' ? new Date(this.now.getTime() + 50 * 3_600_000) : null;
    return {
      type: kind,
      fields: { name: this.text(), endAt },
      variants,
      audiences: ready ? audience : [],
      ...(kind === 'TRIGGERED' && { triggers: [{ eventType: 'order.completed' }] }),
    };
  }

  private edit(what: Command['what']) {
    if (what === 'description') return { fields: { description: this.text() } };
    if (what === 'holdout') return { fields: { holdoutHundredths: ++this.#texts % 2_000 } };
    return { audiences: what === 'audience' ? audience : [] };
  }

  private async wish(id: string, minutes: number, count: number | null) {
    const sql = 'select type from campaign.campaign where id = $1';
    const [row] = await this.world.ledger.query<{ type: string }>(sql, [id]);
    if (row?.type === 'RECURRING') return { recurrence: { ...noon, ...(count !== null && { count }) } };
    return { at: new Date(this.now.getTime() + minutes * 60_000) };
  }

  private async finish(): Promise<void> {
    const { ledger } = this.world;
    const sql = `select exec_no from campaign.execution where org_no = $1 and status = 'running' and not audience_closed`;
    for (const { exec_no: execNo } of await ledger.query<{ exec_no: number }>(sql, [this.organization.no]))
      await expandStep(ledger, { execNo, now: this.now, batch: 100, chunkSize: 10 });
    await complete(ledger, await findFinished(ledger), this.now);
  }

  private scope(userId: Command['by']): Scope {
    const { id: organizationId, no: organizationNo } = this.organization;
    const viewer = { organizationId, organizationNo, userId, role: 'admin' } as const;
    return createScope({ ...this.world.parts, now: () => this.now }, viewer);
  }

  private text(): string {
    this.#texts += 1;
    return `Text ${this.#texts}`;
  }
}

const simple = {
  unschedule: unscheduleCampaign,
  activate: activateCampaign,
  start: startCampaign,
  pause: pauseCampaign,
  resume: resumeCampaign,
  archive: archiveCampaign,
  submit: submitForApproval,
} as const;

/** A unit of work that dies when all is done but the commit. */
const crashing = (scope: Scope): Scope => ({
  ...scope,
  write: (work) =>
    scope.write(async (em: EntityManager) => {
      await work(em);
      await em.flush();
      throw new Crashed();
    }),
});
