import type { CompiledContent } from './compiled-content';
import { localeChooser } from './locale-choice';
import type { MessageUrls } from './message-urls';
import type { Program } from './program';
import type { RenderedJson, WorkerJob } from './render-job';

/** Content in several languages: each reader's message is made by the program of theirs. */
export class LocalizedProgram implements Program {
  readonly #choose: (wanted: string | null | undefined) => string | undefined;
  readonly #programs = new Map<string | undefined, Program>();

  /** `compile` is asked once for each language that somebody reads. */
  constructor(
    private readonly locales: Readonly<Record<string, CompiledContent>>,
    private readonly compiled: CompiledContent,
    private readonly compile: (compiled: CompiledContent) => Program,
  ) {
    this.#choose = localeChooser(Object.keys(locales));
  }

  render(job: WorkerJob, urls: MessageUrls): RenderedJson {
    const { locale } = job.variables;
    return this.#programOf(this.#choose(typeof locale === 'string' ? locale : undefined)).render(job, urls);
  }

  #programOf(locale: string | undefined): Program {
    const known = this.#programs.get(locale);
    if (known) return known;
    const own = locale === undefined ? undefined : this.locales[locale];
    // Links are counted through all languages, so each finds its own in the list of all.
    const program = this.compile(own ? { ...own, links: this.compiled.links } : this.compiled);
    this.#programs.set(locale, program);
    return program;
  }
}
