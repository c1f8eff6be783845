import type { FastifyError, FastifyInstance } from 'fastify';
import { clickRoute } from './click-route';
import { openRoute } from './open-route';
import { sendPage } from './pages';
import { TouchRecorder } from './touch-recorder';
import type { TrackingParts } from './tracking-parts';
import { unsubscribeRoutes } from './unsubscribe-routes';
import { viewRoute } from './view-route';

// A token in an address is a key: no next page may learn it, no index hold it, no cache answer in our place.
const HEADERS = {
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

/** The doors that mails point at: clicks, opens, unsubscribing, the view in a browser. Closing the application waits for what they recorded. */
export async function mountTracking(app: FastifyInstance, parts: TrackingParts): Promise<void> {
  const recorder = new TouchRecorder(parts);
  await app.register(async (doors) => {
    doors.addHook('onRequest', async (_, reply) => {
      reply.headers(HEADERS);
    });
    answerInPages(doors);
    takeAnyBody(doors);
    clickRoute(doors, parts, recorder);
    openRoute(doors, parts, recorder);
    unsubscribeRoutes(doors, parts, recorder);
    viewRoute(doors, parts);
    doors.addHook('onClose', () => recorder.drain());
  });
}

function answerInPages(doors: FastifyInstance): void {
  doors.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendPage(reply, status, 'notFound');
    request.log.error({ err: error }, '[TRACKING] a request failed');
    return sendPage(reply.header('retry-after', '60'), 503, 'notPossible');
  });
}

/** As text, whatever it is called: mail services differ, and a wish to be left alone is not refused for its label. */
function takeAnyBody(doors: FastifyInstance): void {
  doors.removeAllContentTypeParsers();
  doors.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: string | Buffer) => String(body));
}
