import type { FastifyInstance } from 'fastify';
import { isMachine } from './machine-verdict';
import { sendPage } from './pages';
import type { TouchRecorder } from './touch-recorder';
import { readLink } from './tracked-link';
import { findTrackedMessage } from './tracked-message';
import type { TrackingParts } from './tracking-parts';

interface TokenRoute {
  readonly Params: { readonly token: string };
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** GET and HEAD: the image in a mail that says that it was opened. */
export function openRoute(app: FastifyInstance, parts: TrackingParts, recorder: TouchRecorder): void {
  app.get<TokenRoute>('/t/o/:token', async ({ params, method, headers, id }, reply) => {
    const link = readLink(parts, 'open', params.token);
    const message = link && (await findTrackedMessage(parts.database, link));
    if (!link || !message) return sendPage(reply, 404, 'notFound');
    const { organizationId, channel } = message;
    const touch = { messageId: link.messageId, organizationId, channel, correlationId: id };
    recorder.record({ kind: 'opened', ...touch, at: parts.clock(), machine: isMachine(method, headers) });
    return reply.type('image/gif').send(PIXEL);
  });
}
