import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Admit } from '../identity/admission';
import { credentialsIn, type Identify } from '../identity/identification';
import type { Viewer } from '../shared/viewer';
import { exportSuppressions } from '../suppression/suppression-export';
import { isFault, unauthenticated } from './errors';

/** Who lets callers in, and what there is to read. */
export interface DownloadParts {
  readonly database: Database;
  readonly identify: Identify;
  readonly admit: Admit;
  readonly log: BaseLogger;
}

/** Files that are too long for an answer of the graph, streamed to administrators of an organization. */
export function serveDownloads(app: FastifyInstance, parts: DownloadParts): void {
  app.get('/exports/suppressions.csv', async (request, reply) => {
    const viewer = await admitted(parts, request).catch((error: unknown) => {
      if (isFault(error)) throw error;
      return undefined;
    });
    if (!viewer) return refuse(reply, 401, unauthenticated().message, 'UNAUTHENTICATED');
    if (viewer.role !== 'admin') return refuse(reply, 403, 'only an administrator may export the list', 'FORBIDDEN');
    const rows = Readable.from(exportSuppressions(parts.database, viewer.organizationNo));
    rows.on('error', (err) => parts.log.warn({ err, requestId: request.id }, 'an export ended before its end'));
    return reply
      .header('content-disposition', 'attachment; filename="suppressions.csv"')
      .header('cache-control', 'no-store')
      .type('text/csv; charset=utf-8')
      .send(rows);
  });
}

async function admitted({ identify, admit }: DownloadParts, request: FastifyRequest): Promise<Viewer | undefined> {
  const claims = await identify(credentialsIn(request.headers));
  return claims && admit(claims);
}

const refuse = (reply: FastifyReply, status: number, message: string, code: string) =>
  reply.code(status).send({ errors: [{ message, extensions: { code } }] });
