import type { BaseLogger } from 'pino';
import { z } from 'zod';
import type { Database } from '../adapters/postgres';
import { RemoteFailure } from '../remote/remote-failure';
import { remoteFallbacks } from '../remote/remote-figures';
import type { RemoteService } from '../remote/remote-service';
import type { Clock } from '../shared/clock';
import { DomainError } from '../shared/errors';
import { isStorable } from '../shared/storable-text';
import { keepTemplate, keptTemplate, type Template } from './template-store';

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

const answer = z.object({
  version: z.union([z.string().min(1).max(100), z.number().int()]).transform(String),
  subject: z.string(),
  html: z.string(),
  text: z.string().nullish(),
  preheader: z.string().nullish(),
  sender_name: z.string().nullish(),
  sender_email: z.string().nullish(),
  reply_to: z.string().nullish(),
});

/** E-mails that a creative service keeps (BR-CAM-008.1). */
export class Templates {
  constructor(private readonly parts: TemplateParts) {}

  /**
   * The template as the service has it now; where it cannot be asked, the copy that came last. Throws, naming `path`,
   * CONTENT_TEMPLATE_UNKNOWN where there is no such template, CONTENT_TEMPLATE_UNAVAILABLE where there is no copy either.
   */
  async get(owner: TemplateOwner, id: string, path: string): Promise<Template> {
    try {
      const template = await this.#fetch(owner, id);
      await keepTemplate(this.parts.database, owner.organizationNo, id, { ...template, at: this.parts.now() });
      return template;
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'unknown')
        throw new DomainError('CONTENT_TEMPLATE_UNKNOWN', `the creative service has no template ${id}`, path);
      return this.#fallBack(owner, id, { error, path });
    }
  }

  async #fetch({ organizationId }: TemplateOwner, id: string): Promise<Template> {
    const path = `/api/v1/templates/${encodeURIComponent(id)}`;
    const said = answer.safeParse(await this.parts.service.json({ method: 'GET', path, organizationId }));
    if (!said.success) throw new RemoteFailure('garbage', 'an answer that is no template');
    const { version, sender_name, sender_email, reply_to, ...rest } = said.data;
    const content = { ...rest, senderName: sender_name, senderEmail: sender_email, replyTo: reply_to };
    const given = Object.entries(content).filter(([, value]) => value != null);
    if (!given.every(([, value]) => isStorable(String(value))))
      throw new RemoteFailure('garbage', 'a template with characters that cannot be stored');
    return { version, content: Object.fromEntries(given) };
  }

  async #fallBack(
    { organizationNo }: TemplateOwner,
    id: string,
    { error, path }: { error: RemoteFailure; path: string },
  ): Promise<Template> {
    const { database, service, log } = this.parts;
    const kept = await keptTemplate(database, organizationNo, id);
    if (!kept) {
      const message = `template ${id} cannot be fetched, and there is no copy of it: ${error.message}`;
      throw new DomainError('CONTENT_TEMPLATE_UNAVAILABLE', message, path);
    }
    remoteFallbacks.inc({ service: service.name });
    const told = { service: service.name, templateId: id, version: kept.version, failure: error.kind };
    log.warn(told, '[CONTENT] a template cannot be fetched, its last copy is used');
    return kept;
  }
}
