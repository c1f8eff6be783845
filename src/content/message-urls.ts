import type { WorkerJob } from './render-job';
import { shortTokens } from './short-token';
import { type TrackedAct, type TrackingKeys, trackingTokens } from './tracking-token';

/** Doors that a short token opens, too. */
const SHORT: Readonly<Record<string, string>> = { 't/c': 'c', u: 'u' };

/** Where recipients reach us. */
export interface Doors {
  readonly publicUrl: string;
  /** Where each character is paid for; the public one when absent. */
  readonly shortUrl?: string | undefined;
}

/** The addresses at our door that one message holds; its parts share them. */
export class MessageUrls {
  readonly #clicks: string[] = [];
  #short: ((link?: number) => string) | undefined;
  readonly #token: (act: TrackedAct, link?: number) => string;

  constructor(
    private readonly doors: Doors,
    private readonly keys: TrackingKeys,
    private readonly job: WorkerJob,
  ) {
    this.#token = trackingTokens(keys, job.messageId);
  }

  /** From here on they are as short as can be. */
  shorten(): void {
    this.#short = shortTokens(this.keys, this.job.messageId);
  }

  unsubscribe(): string {
    return this.#of('u', 'unsubscribe');
  }

  view(): string {
    return this.#of('v', 'view');
  }

  /** Undefined where clicks are not tracked. */
  click(no: number): string | undefined {
    if (!this.job.trackClicks) return undefined;
    this.#clicks[no] ??= this.#of('t/c', 'click', no);
    return this.#clicks[no];
  }

  pixel(): string {
    if (!this.job.trackOpens) return '';
    return `<img src="${this.#of('t/o', 'open')}" width="1" height="1" alt="" style="display:none">`;
  }

  #of(place: string, act: TrackedAct, link?: number): string {
    if (this.#short && SHORT[place])
      return `${this.doors.shortUrl ?? this.doors.publicUrl}/${SHORT[place]}/${this.#short(link)}`;
    return `${this.doors.publicUrl}/${place}/${this.#token(act, link)}`;
  }
}
