import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isMachine } from './machine-verdict';
import { sendPage } from './pages';
import type { TouchRecorder } from './touch-recorder';
import { readLink } from './tracked-link';
import { findTrackedMessage } from './tracked-message';
import type { TrackingParts } from './tracking-parts';

interface TokenRoute {
  readonly Params: { readonly token: string };
}

/** GET and HEAD, `/c/` in text messages: on to where the author of the mail pointed, and nowhere else (P-34). */
export function clickRoute(app: FastifyInstance, parts: TrackingParts, recorder: TouchRecorder): void {
  const follow = async ({ params, method, headers, id }: FastifyRequest<TokenRoute>, reply: FastifyReply) => {
    const link = readLink(parts, 'click', params.token);
    const message = link && (await findTrackedMessage(parts.database, link));
    const target = safeTarget(message?.target);
    if (!link || !message || !target) return sendPage(reply, 404, 'notFound');
    const { organizationId, channel } = message;
    const touch = { messageId: link.messageId, organizationId, channel, link: link.link, correlationId: id };
    recorder.record({ kind: 'clicked', ...touch, at: parts.clock(), machine: isMachine(method, headers) });
    return reply.redirect(target, 302);
  };
  app.get<TokenRoute>('/t/c/:token', follow);
  app.get<TokenRoute>('/c/:token', follow);
}

/** As a header may carry it: letters beyond ASCII encoded, and never another scheme, whatever was stored. */
function safeTarget(url: string | null | undefined): string | undefined {
  const parsed = url ? URL.parse(url) : null;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}
