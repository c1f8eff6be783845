import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import type { Clock } from '../shared/clock';
import { DomainError } from '../shared/errors';
import { readTemplate } from './template-answer';
import { keepTemplate, keptTemplate, type Template, type TemplateName } from './template-store';

export interface TemplateParts {
  readonly database: Database;
  readonly service: RemoteService;
  readonly now: Clock;
  readonly log: BaseLogger;
}

/** Whose templates they are. */
export interface TemplateOwner {
  readonly organizationId: string;
  readonly organizationNo: number;
}

/** Content that a creative service keeps (BR-CAM-008.1). */
export class Templates {
  constructor(private readonly parts: TemplateParts) {}

  /**
   * The template as the service has it now; where it cannot be asked, the copy that came last. Throws, naming `path`,
   * CONTENT_TEMPLATE_UNKNOWN where there is no such template, CONTENT_TEMPLATE_UNAVAILABLE where there is no copy either.
   */
  async get(owner: TemplateOwner, name: TemplateName, path: string): Promise<Template> {
    try {
      const template = await this.#fetch(owner, name);
      await keepTemplate(this.parts.database, owner.organizationNo, name, { ...template, at: this.parts.now() });
      return template;
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'unknown')
        throw new DomainError('CONTENT_TEMPLATE_UNKNOWN', `the creative service has no template ${name.id}`, path);
      return this.#fallBack(owner, name, { error, path });
    }
  }

  async #fetch({ organizationId }: TemplateOwner, { id, kind }: TemplateName): Promise<Template> {
    const path = `/api/v1/templates/${encodeURIComponent(id)}`;
    const template = readTemplate(kind, await this.parts.service.json({ method: 'GET', path, organizationId }));
    if (!template) throw new RemoteFailure('garbage', `an answer that is no template for ${kind}, or cannot be stored`);
    return template;
  }

  async #fallBack(
    { organizationNo }: TemplateOwner,
    name: TemplateName,
    { error, path }: { error: RemoteFailure; path: string },
  ): Promise<Template> {
    const { database, service, log } = this.parts;
    const kept = await keptTemplate(database, organizationNo, name);
    if (!kept) {
      const message = `template ${name.id} cannot be fetched, and there is no copy of it: ${error.message}`;
      throw new DomainError('CONTENT_TEMPLATE_UNAVAILABLE', message, path);
    }
    remoteFallbacks.inc({ service: service.name });
    const told = { service: service.name, templateId: name.id, version: kept.version, failure: error.kind };
    log.warn(told, '[CONTENT] a template cannot be fetched, its last copy is used');
    return kept;
  }
}
