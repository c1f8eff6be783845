import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import { afterOccurrence } from '../schedule/calendar';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import { inGroups } from '../shared/in-groups';
import { askRules, CAMPAIGNS_ASKED, type RuleFallback, type RuleSaid } from './rule-question';
import { findUnasked, type KeptAnswer, keepAnswers, type Unasked } from './scheduling-answers';

/** Organizations that are asked for at a time. */
const AT_ONCE = 16;
/** An answer holds for so long; who is to wait is asked about again as often. */
const HOLDS_MS = 60_000;
/** And after so long at the earliest, or where the engine could not be asked. */
const SOON_MS = 1_000;
const UNHEARD_MS = 15_000;

export interface SchedulingRulesParts {
  readonly ledger: Database;
  /** Nothing where no engine is configured. */
  readonly service: RemoteService | undefined;
  readonly fallback: RuleFallback;
  readonly now: Clock;
  readonly log: BaseLogger;
  /** Called with each campaign about which something was said. */
  changed(campaignId: string): void;
}

/**
 * Has a rules engine say whether campaigns that are due may start: all of an organization in one question, beside everything
 * else and outside of any transaction, so that an engine that hangs holds up nobody. What it said is written down; the clock
 * starts what may start. Crash between answer and writing: it is asked again. Any number of processes may ask.
 */
export class SchedulingRules {
  readonly #flights = new Map<number, Promise<void>>();
  #stopped = false;

  constructor(private readonly parts: SchedulingRulesParts) {}

  /** Puts the questions that are to be put now, and waits for none of them. */
  async round(): Promise<void> {
    if (this.#flights.size >= AT_ONCE) return;
    const { ledger, now } = this.parts;
    const unasked = await findUnasked(ledger, now(), [...this.#flights.keys()]);
    for (const [orgNo, own] of Map.groupBy(unasked, (one) => one.orgNo)) {
      if (this.#flights.size >= AT_ONCE) return;
      const flight = this.#ask(own).finally(() => this.#flights.delete(orgNo));
      this.#flights.set(orgNo, flight);
    }
  }

  /** Resolves when nothing is being asked. */
  async settled(): Promise<void> {
    await Promise.all(this.#flights.values());
  }

  /** Keeps nothing any more: that we hung up is no silence of the engine, for which a fallback would stand. */
  async stop(hangUp: () => Promise<void>): Promise<void> {
    this.#stopped = true;
    await hangUp();
    await this.settled();
  }

  async #ask(campaigns: readonly Unasked[]): Promise<void> {
    const { ledger, log, now, changed } = this.parts;
    try {
      for (const some of inGroups(campaigns, CAMPAIGNS_ASKED)) {
        const askedAt = now();
        const said = await this.#say(some, askedAt);
        const answers = some.map((one) => toAnswer(one, said(one), now()));
        if (this.#stopped) return;
        crashPoint('rule:before-keeping');
        await keepAnswers(ledger, answers, askedAt);
        for (const { campaign_id: id } of some) changed(id);
      }
    } catch (error) {
      log.error({ err: error }, 'what a rules engine said of campaigns could not be kept');
    }
  }

  /** What each of them is told: by the engine, or by what stands in for it. */
  async #say(campaigns: readonly Unasked[], now: Date): Promise<(campaign: Unasked) => Told> {
    const [one] = campaigns;
    try {
      const said = await this.#engineSays(one?.organizationId ?? '', campaigns, now);
      return ({ campaign_id: id }) => {
        const own = said.get(id);
        return own ? { ...own, answered: true } : this.#standIn('the rules engine said nothing of it');
      };
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      this.parts.log.warn({ organization: one?.organizationId, kind: error.kind }, 'a rules engine decides nothing');
      return () => this.#standIn(`the rules engine could not be asked: ${error.message}`);
    }
  }

  #engineSays(organizationId: string, campaigns: readonly Unasked[], now: Date) {
    const { service } = this.parts;
    if (!service) throw new RemoteFailure('refused', 'RULES_SERVICE_URL names none');
    const asked = campaigns.map(({ campaign_id, rule_id, name, type, purpose, tags, due_at }) => ({
      ...{ campaign_id, rule_id, name, type, purpose, tags, due_at },
    }));
    return askRules(service, organizationId, { now, campaigns: asked });
  }

  #standIn(reason: string): Told {
    remoteFallbacks.inc({ service: this.parts.service?.name ?? 'rules-scheduling' });
    return { decision: this.parts.fallback, reason, until: null, answered: false };
  }
}

interface Told extends RuleSaid {
  readonly answered: boolean;
}

function toAnswer(campaign: Unasked, told: Told, now: Date): KeptAnswer {
  const { campaignNo, orgNo, due_at: occurrence, rule_id: ruleId } = campaign;
  const times = { askAgainAt: nextAsking(told, now), outlivedAt: outlives(campaign) };
  return { ...told, ...times, campaignNo, orgNo, occurrence, ruleId };
}

function nextAsking({ answered, decision, until }: Told, now: Date): Date {
  if (!answered && decision === 'WAIT') return new Date(now.getTime() + UNHEARD_MS);
  const wait = until === null || decision !== 'WAIT' ? HOLDS_MS : until.getTime() - now.getTime();
  return new Date(now.getTime() + Math.min(HOLDS_MS, Math.max(SOON_MS, wait)));
}

/** An occurrence waits no longer than to the next one, or to the end of its campaign. */
function outlives({ recurrence, due_at: at, passed, endAt }: Unasked): Date | null {
  const next = recurrence ? afterOccurrence({ at, recurrence, passed }, null).at : undefined;
  const ends = [...(next === undefined ? [] : [new Date(next)]), ...(endAt ? [endAt] : [])];
  return ends.length === 0 ? null : new Date(Math.min(...ends.map((end) => end.getTime())));
}
