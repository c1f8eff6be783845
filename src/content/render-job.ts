import type { CompiledContent } from './compiled-content';
import type { RenderedContent } from './rendered-content';

/** What one person's message is made of; plain data. */
export interface RenderJob {
  /** Names the content: the same hash is the same content for ever. */
  readonly hash: string;
  readonly compiled: CompiledContent;
  readonly messageId: string;
  /** What the templates may read: external_id, email, first_name, last_name, locale, attributes, campaign {id, name}, organization {postal_address}. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What `now` means in the template: frozen with the attempt, so that a repeated render says the same. */
  readonly renderTime: Date;
  readonly trackClicks: boolean;
  readonly trackOpens: boolean;
  /** The law wants the sender's postal address in it (`organization.postal_address`): a mail that lacks it gets it. */
  readonly addressDemanded?: boolean;
}

/** What goes to the worker for each message: the content went before, once. */
export type WorkerJob = Omit<RenderJob, 'compiled'>;

/**
 * Why a message could not be made. `template_failed`: it raised an error; `limit_exceeded`: time or memory within the
 * template; `too_large`; `killed`: it held the worker until that was ended; `quarantined`: its content did so repeatedly.
 * `variable_missing`: of a strict campaign, something that it shows is not there. Of what was made: `too_long` for its medium, `empty` where words must be, `not_json` where JSON must be.
 */
export type RenderFailure =
  | 'template_failed'
  | 'variable_missing'
  | 'limit_exceeded'
  | 'too_large'
  | 'killed'
  | 'quarantined'
  | 'too_long'
  | 'empty'
  | 'not_json';

export interface NotRendered {
  readonly ok: false;
  readonly reason: RenderFailure;
  readonly message: string;
}

/** What became of one job. */
export type Rendered = { readonly ok: true; readonly content: RenderedContent } | NotRendered;

/** The same before it leaves the thread that made it: the message as the text of a JSON object. */
export type RenderedJson = { readonly ok: true; readonly json: string } | NotRendered;

export const failed = (reason: RenderFailure, message: string): NotRendered => ({ ok: false, reason, message });

export type ToWorker =
  | { readonly kind: 'learn'; readonly hash: string; readonly compiled: CompiledContent }
  | { readonly kind: 'forget'; readonly hash: string }
  | { readonly kind: 'render'; readonly jobs: readonly WorkerJob[] };

/** Given to a worker at its birth. `progress[0]` is the job it is at, for the one who watches it. */
export interface WorkerBirth {
  readonly publicUrl: string;
  readonly shortUrl?: string | undefined;
  readonly keys: { readonly current: number; readonly secrets: ReadonlyMap<number, string> };
  readonly progress: Int32Array;
}

/** A worker's first words. */
export const READY = 'ready';
