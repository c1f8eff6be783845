import type { Dialect, LiquidEngine } from './liquid-engine';
import type { MessageUrls } from './message-urls';
import type { RenderedJson, WorkerJob } from './render-job';

export type Engines = Readonly<Record<Dialect, LiquidEngine>>;

/** One content as functions, made once; what it writes for a person is JSON. */
export interface Program {
  /** Throws what a template throws. */
  render(job: WorkerJob, urls: MessageUrls): RenderedJson;
}

/** Addresses of the message that its templates may name. */
export interface OwnUrls {
  readonly unsubscribe_url: string | undefined;
  readonly view_in_browser_url: string | undefined;
}

/** What the templates of one message read. Without a prototype there is nothing to reach through it. */
export const scopeOf = ({ variables }: WorkerJob, urls: OwnUrls): object =>
  Object.assign(Object.create(null), variables, urls);

/** A line break from a person's data must not begin another line. */
export const oneLine = (text: string): string => text.replace(/[\r\n\0\u2028\u2029]+/g, ' ').trim();
