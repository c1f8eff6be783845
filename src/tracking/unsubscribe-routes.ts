import type { FastifyInstance } from 'fastify';
import { sendPage } from './pages';
import type { TouchRecorder } from './touch-recorder';
import { readLink } from './tracked-link';
import type { TrackingParts } from './tracking-parts';
import { unsubscribe } from './unsubscribe';

interface TokenRoute {
  readonly Params: { readonly token: string };
}

const BODY_LIMIT = 10_240;

// As a form or in parts: RFC 8058 lets mail services choose.
const ONE_CLICK =
  /(?:^|&)List-Unsubscribe=One-Click(?:&|\s*$)|name="?List-Unsubscribe"?\s*\r?\n(?:[\w-]+:.*\r?\n)*\r?\n\s*One-Click/i;

/**
 * GET and HEAD only show the question, since programs follow every link; POST answers it, from a person's form or a mail
 * service's one-click request (RFC 8058): no login, no cookie, no redirect.
 */
export function unsubscribeRoutes(app: FastifyInstance, parts: TrackingParts, recorder: TouchRecorder): void {
  app.get<TokenRoute>('/u/:token', async ({ params }, reply) =>
    readLink(parts, 'unsubscribe', params.token) ? sendPage(reply, 200, 'confirm') : sendPage(reply, 404, 'notFound'),
  );
  app.post<TokenRoute>('/u/:token', { bodyLimit: BODY_LIMIT }, async ({ params, body, id }, reply) => {
    const link = readLink(parts, 'unsubscribe', params.token);
    if (!link) return sendPage(reply, 404, 'notFound');
    if (typeof body !== 'string' || !ONE_CLICK.test(body)) return sendPage(reply, 400, 'confirm');
    const done = await unsubscribe(parts, recorder, link, id);
    return done ? sendPage(reply, 200, 'unsubscribed') : sendPage(reply, 404, 'notFound');
  });
}
