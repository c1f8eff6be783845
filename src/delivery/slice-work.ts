import type { RenderedContent } from '../content/rendered-content';
import { messagesSent } from '../operations/figures';
import { attemptOnChannel } from '../shared/attempts';
import { crashPoint } from '../shared/crash-point';
import { inGroups } from '../shared/in-groups';
import { type ChannelKind, DISPOSITION } from '../shared/ledger-codes';
import type { Answer, OutgoingMessage } from '../transports/transport';
import { channelsAfter, isRefused, settleFallingBack } from './fallback';
import type { ChunkRef, GuardedMessage, Slice } from './guard';
import { type RunningExecution, throttlesOn } from './running-executions';
import type { SenderParts } from './sender-parts';
import { type ChunkProgress, neverWritten, notRendered, type Settlement, settlementOf } from './settle';

/** A guard is good for this long, counted from before its statement was sent (DESIGN §3, 5). */
const GUARD_GOOD_MS = 500;
/** Answers wait no longer than this for their commit. */
const SETTLE_EVERY_MS = 200;
/** Messages rendered at once at least, whatever the transport takes: each turn is a way to the thread and back. */
const RENDERED_AT_ONCE = 25;
/** An unanswered message is asked about again after this. */
const ASK_AGAIN_MS = 250;

interface Departure {
  readonly message: GuardedMessage;
  readonly outgoing: OutgoingMessage;
}

/** A slice under way: which messages still wait for an answer, and which answers wait for their commit. */
export class SliceWork {
  readonly #open = new Map<number, GuardedMessage>();
  #settlements: Settlement[] = [];
  /**
   * Back to the queue only with the end of the slice, which moves the cursor past them: a row is never in two open chunks
   * at a time. Crash before: they are in flight, and asked about again under the same key.
   */
  readonly #again: Settlement[] = [];
  /** Where those go to whom it was refused here for good. */
  readonly #others: readonly ChannelKind[];
  #grewOld = false;
  #writtenAfterMs = 0;
  #lost = false;
  #heldSince = performance.now();

  constructor(
    private readonly parts: SenderParts,
    private readonly execution: RunningExecution,
    private readonly ref: ChunkRef,
    private readonly slice: Slice,
  ) {
    for (const message of slice.messages) this.#open.set(message.seq, message);
    this.#others = channelsAfter(execution.plan, this.#channel);
  }

  /**
   * Renders, hands over and settles. Crash before a hand-over: the rows lapse in flight and go again with their keys.
   * Crash after it: the same, and the provider drops the second request by its key.
   */
  async run(): Promise<ChunkProgress> {
    await this.#settleUntil(this.#depart());
    if (this.#lost) return 'lost';
    return this.#settle(this.slice.width);
  }

  get #channel(): ChannelKind {
    return this.ref.channel ?? 'email';
  }

  /**
   * How long the guard had been asked for when the last message was written. When one waited too long for a connection,
   * twice the age of a guard: the next slice should be smaller. How long answers take is no matter of the slice's size.
   */
  get writtenAfterMs(): number {
    return this.#grewOld ? 2 * GUARD_GOOD_MS : this.#writtenAfterMs;
  }

  /**
   * What is rendered leaves while the next is being rendered. Past the guard's age nothing more is rendered: a slice that
   * was too large for its time loses its tail, not all of its work.
   */
  async #depart(): Promise<void> {
    const { batch } = this.parts.transport;
    const leaving: Promise<void>[] = [];
    try {
      for (const messages of inGroups(this.slice.messages, Math.max(batch, RENDERED_AT_ONCE))) {
        const departures = this.#isOld() ? [] : await this.#render(messages);
        if (departures.length === 0) this.#keepBack(messages.filter(({ seq }) => this.#open.has(seq)));
        for (const one of inGroups(departures, batch)) {
          const lane = this.#lane(one);
          // Heard at the end: until then a transport that throws, which none may, would end the process.
          lane.catch(() => undefined);
          leaving.push(lane);
        }
      }
    } finally {
      await Promise.all(leaving);
    }
  }

  #isOld(): boolean {
    return this.#lost || performance.now() - this.slice.askedAt > GUARD_GOOD_MS;
  }

  #keepBack(messages: readonly GuardedMessage[]): void {
    for (const message of messages) this.#takeBack(message);
    if (messages.length > 0) this.#grewOld = true;
  }

  async #render(messages: readonly GuardedMessage[]): Promise<Departure[]> {
    const rendered = await this.parts.renderer.render(this.execution, messages);
    return messages.flatMap((message, index) => {
      const made = rendered[index];
      if (made?.ok) return [{ message, outgoing: this.#outgoing(message, made.content) }];
      this.#resolve(message, notRendered(message, made?.reason ?? 'template_failed'));
      return [];
    });
  }

  #outgoing(message: GuardedMessage, content: RenderedContent): OutgoingMessage {
    const messageId = this.parts.messageId(this.ref.execNo, message.seq);
    return {
      key: `${messageId}:${message.attempt}`,
      messageId,
      attempt: message.attempt,
      channel: message.channel,
      to: message.to,
      organizationId: this.execution.plan.organizationId,
      campaignId: this.execution.plan.campaignId,
      content,
    };
  }

  #lane(batch: readonly Departure[]): Promise<void> {
    return this.parts.lane.run(async () => {
      if (this.#isOld()) return this.#keepBack(batch.map(({ message }) => message));
      this.#writtenAfterMs = performance.now() - this.slice.askedAt;
      crashPoint('hand-over:before');
      const answers = await this.parts.transport.handOver(batch.map(({ outgoing }) => outgoing));
      crashPoint('hand-over:after');
      for (const [status, alike] of Map.groupBy(answers, ({ outcome }) => outcome))
        messagesSent.inc({ channel: this.#channel, status }, alike.length);
      batch.forEach(({ message }, index) => {
        const answer = answers[index];
        if (answer) this.#take(message, answer);
      });
    });
  }

  #take(message: GuardedMessage, answer: Answer): void {
    const settlement = settlementOf(message, answer, this.parts.answerRules);
    if (settlement) this.#resolve(message, settlement);
  }

  #takeBack(message: GuardedMessage): void {
    const settlement = neverWritten(message);
    if (settlement) this.#resolve(message, settlement);
  }

  #resolve(message: GuardedMessage, settlement: Settlement): void {
    this.#open.delete(message.seq);
    const leaves = settlement.becomes === DISPOSITION.queued || (this.#others.length > 0 && isRefused(settlement));
    const list = leaves ? this.#again : this.#settlements;
    list.push(settlement);
  }

  async #settleUntil(done: Promise<unknown>): Promise<void> {
    let ended = false;
    const end = done.finally(() => {
      ended = true;
    });
    while (!ended) {
      await Promise.race([end, pause(SETTLE_EVERY_MS)]);
      if (!ended && this.#mustSpeak()) await this.#settle(0);
    }
    await end;
  }

  /** Something is answered, or the lease needs renewing while a slow answer is awaited. */
  #mustSpeak(): boolean {
    return this.#settlements.length > 0 || performance.now() - this.#heldSince > this.parts.leaseMs / 3;
  }

  async #settle(advance: number): Promise<ChunkProgress> {
    const settlements = advance > 0 ? [...this.#settlements, ...this.#again] : this.#settlements;
    this.#settlements = [];
    crashPoint('settle:before');
    const progress = await settleFallingBack(
      this.parts.database,
      { ...this.ref, fence: this.slice.fence },
      settlements,
      {
        plan: this.execution.plan,
        others: this.#others,
        now: this.parts.clock?.(),
        leaseMs: advance > 0 && throttlesOn(this.execution, this.#channel).length > 0 ? 0 : this.parts.leaseMs,
        advance,
        unanswered: advance > 0 ? [...this.#open.keys()].toSorted((a, b) => a - b) : [],
        putOff: advance > 0 ? this.slice.putOff : [],
        retryAfterMs: this.#backoffMs(settlements),
        askAgainAfterMs: ASK_AGAIN_MS,
        // Whoever counts by events must not count a test.
        events: this.execution.plan.test ? [] : this.parts.messageEvents,
      },
    );
    crashPoint('settle:after-commit');
    this.#heldSince = performance.now();
    if (progress === 'lost') this.#lost = true;
    return progress;
  }

  #backoffMs(settlements: readonly Settlement[]): number {
    const rising = new Set(settlements.filter(({ rises }) => rises === 1).map(({ seq }) => seq));
    const refused = this.slice.messages.filter(({ seq }) => rising.has(seq)).map(attemptOnChannel);
    return refused.length > 0 ? this.parts.retryBackoffMs * 2 ** (Math.max(...refused) - 1) : 0;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
