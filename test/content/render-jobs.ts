import { compileEmail } from '../../src/content/compile-email';
import { type EmailSource, emailHash } from '../../src/content/email-content';
import { isRenderedEmail } from '../../src/content/rendered-content';
import type { RenderedEmail } from '../../src/content/rendered-email';
import { createRenderer, type Rendered, type Renderer, type RenderJob } from '../../src/content/renderer';
import { messageIdKeys } from '../../src/shared/message-id';

export const keys = messageIdKeys('a secret of at least thirty-two bytes');

export const openRenderer = (killAfterMs = 300, threads?: number): Renderer =>
  createRenderer({ publicUrl: 'https://mail.example', keys, killAfterMs, ...(threads && { threads }) });

/** A job for a person with these variables. */
export function jobOf(source: EmailSource, variables: Record<string, unknown> = {}, n = 1): RenderJob {
  return {
    hash: emailHash(source),
    compiled: compileEmail(source),
    messageId: `msg_${n}`,
    variables,
    renderTime: new Date('2026-03-04T05:06:07Z'),
    trackClicks: true,
    trackOpens: true,
  };
}

/** The mail that came of a job. */
export function emailOf(rendered: Rendered | undefined): RenderedEmail {
  if (rendered?.ok && isRenderedEmail(rendered.content)) return rendered.content;
  throw new Error(`no mail: ${JSON.stringify(rendered)}`);
}
