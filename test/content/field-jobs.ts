import { usualContentLimits } from '../../src/content/content-limits';
import { RenderedFields } from '../../src/content/rendered-fields';
import type { Rendered, RenderJob } from '../../src/content/renderer';
import { readContent } from '../../src/medium/media';
import type { ChannelKind } from '../../src/shared/ledger-codes';

/** A job for a person with these variables, of a medium that is no e-mail. */
export function fieldJob(kind: ChannelKind, content: object, variables: Record<string, unknown> = {}): RenderJob {
  const { compiled, hash } = readContent(kind, content, 'content', usualContentLimits);
  return {
    hash,
    compiled,
    messageId: 'msg_1',
    variables,
    renderTime: new Date('2026-03-04T05:06:07Z'),
    trackClicks: true,
    trackOpens: true,
  };
}

/** What came of a job: the fields that a provider is given, or why there are none. */
export function fieldsOf(rendered: Rendered | undefined): unknown {
  if (!rendered?.ok) return rendered?.reason;
  if (rendered.content instanceof RenderedFields) return rendered.content.fields;
  throw new Error('an e-mail');
}
