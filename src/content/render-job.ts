import type { CompiledEmail } from './compiled-email';
import type { RenderedEmail } from './rendered-email';

/** What one person's mail is made of; plain data. */
export interface RenderJob {
  /** Names the content: the same hash is the same content for ever. */
  readonly hash: string;
  readonly compiled: CompiledEmail;
  readonly messageId: string;
  /** What the templates may read: external_id, email, first_name, last_name, locale, attributes, campaign {id, name}. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What `now` means in the template: frozen with the attempt, so that a repeated render says the same. */
  readonly renderTime: Date;
  readonly trackClicks: boolean;
  readonly trackOpens: boolean;
}

/** What goes to the worker for each message: the content went before, once. */
export type WorkerJob = Omit<RenderJob, 'compiled'>;

/**
 * Why a mail could not be made. `template_failed`: it raised an error; `limit_exceeded`: time or memory within the
 * template; `too_large`; `killed`: it held the worker until that was ended; `quarantined`: its content did so repeatedly.
 */
export type RenderFailure = 'template_failed' | 'limit_exceeded' | 'too_large' | 'killed' | 'quarantined';

export interface NotRendered {
  readonly ok: false;
  readonly reason: RenderFailure;
  readonly message: string;
}

export type Rendered = { readonly ok: true; readonly email: RenderedEmail } | NotRendered;

/** The same before it leaves the thread that made it: the mail as the text of a JSON object. */
export type RenderedJson = { readonly ok: true; readonly json: string } | NotRendered;

export type ToWorker =
  | { readonly kind: 'learn'; readonly hash: string; readonly compiled: CompiledEmail }
  | { readonly kind: 'forget'; readonly hash: string }
  | { readonly kind: 'render'; readonly jobs: readonly WorkerJob[] };

/** Given to a worker at its birth. `progress[0]` is the job it is at, for the one who watches it. */
export interface WorkerBirth {
  readonly publicUrl: string;
  readonly keys: { readonly current: number; readonly secrets: ReadonlyMap<number, string> };
  readonly progress: Int32Array;
}

/** A worker's first words. */
export const READY = 'ready';
