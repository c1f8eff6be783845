import type { WorkerJob } from './render-job';
import type { TrackedAct } from './tracking-token';

/** The addresses at our door that one message holds; its parts share them. */
export class MessageUrls {
  readonly #clicks: string[] = [];

  constructor(
    private readonly publicUrl: string,
    private readonly token: (act: TrackedAct, link?: number) => string,
    private readonly job: WorkerJob,
  ) {}

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
    return `${this.publicUrl}/${place}/${this.token(act, link)}`;
  }
}
