import { isNativeError } from 'node:util/types';
import { LiquidError } from 'liquidjs';
import { type CompiledContent, isCompiledEmail } from './compiled-content';
import { EmailProgram } from './email-program';
import { FieldsProgram } from './fields-program';
import { LiquidEngine } from './liquid-engine';
import { LocalizedProgram } from './localized-program';
import { type Doors, MessageUrls } from './message-urls';
import type { Engines, Program } from './program';
import { failed, type NotRendered, type RenderedJson, type WorkerJob } from './render-job';
import { MissingVariable } from './strict-output';
import type { TrackingKeys } from './tracking-token';

/** Renders messages from content that it has learned; each template is compiled once. Runs in the worker. */
export class ContentRenderer {
  readonly #engines: Engines = {
    html: new LiquidEngine('html'),
    plain: new LiquidEngine('plain'),
    json: new LiquidEngine('json'),
  };
  readonly #learned = new Map<string, CompiledContent>();
  readonly #programs = new Map<string, Program>();

  constructor(
    private readonly doors: Doors,
    private readonly keys: TrackingKeys,
  ) {}

  learn(hash: string, compiled: CompiledContent): void {
    this.#learned.set(hash, compiled);
  }

  forget(hash: string): void {
    this.#learned.delete(hash);
    this.#programs.delete(hash);
  }

  /** Never throws: what fails fails for its own message. */
  render(job: WorkerJob): RenderedJson {
    const first = this.#try(job);
    // A pause of the whole process runs the template's clock out as well: once more tells the two apart.
    return !first.ok && first.reason === 'limit_exceeded' ? this.#try(job) : first;
  }

  #try(job: WorkerJob): RenderedJson {
    try {
      const program = this.#compile(job.hash);
      return program.render(job, new MessageUrls(this.doors, this.keys, job));
    } catch (error) {
      return failureOf(error);
    }
  }

  // Compiled within a job, so that a template that harms the parser is found like one that harms the render.
  #compile(hash: string): Program {
    const known = this.#programs.get(hash);
    if (known) return known;
    const compiled = this.#learned.get(hash);
    if (!compiled) throw new Error(`content ${hash} is not known to the renderer`);
    const program = this.#programOf(compiled);
    this.#programs.set(hash, program);
    return program;
  }

  #programOf(compiled: CompiledContent): Program {
    if (compiled.locales) return new LocalizedProgram(compiled.locales, compiled, (one) => this.#plainProgramOf(one));
    return this.#plainProgramOf(compiled);
  }

  #plainProgramOf(compiled: CompiledContent): Program {
    return isCompiledEmail(compiled)
      ? new EmailProgram(compiled, this.#engines)
      : new FieldsProgram(compiled, this.#engines);
  }
}

function failureOf(error: unknown): NotRendered {
  const message = isNativeError(error) ? error.message : 'unknown';
  if (LiquidError.is(error) && error.originalError instanceof MissingVariable)
    return failed('variable_missing', error.originalError.message);
  return failed(/limit exceeded/.test(message) ? 'limit_exceeded' : 'template_failed', message.slice(0, 300));
}
