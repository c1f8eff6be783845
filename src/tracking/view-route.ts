import type { FastifyInstance } from 'fastify';
import { isRenderedEmail } from '../content/rendered-content';
import type { GuardedMessage } from '../delivery/guard';
import { RunningExecutions } from '../delivery/running-executions';
import { CHANNEL } from '../shared/ledger-codes';
import { sendPage } from './pages';
import { readLink, type TrackedLink } from './tracked-link';
import type { TrackingParts } from './tracking-parts';

interface TokenRoute {
  readonly Params: { readonly token: string };
}

// A mail is its author's HTML at our address: it is shown as to a stranger, and nothing in it runs.
const POLICY = [
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
  "default-src 'none'",
  "style-src 'unsafe-inline' https:",
  'img-src http: https: data:',
  'font-src https: data:',
  "base-uri 'none'",
].join('; ');

// E-mails alone are looked at in a browser. Nothing of a person who was erased is shown again. Rows that no guard let
// pass have never been rendered. A test shows the person whose data it was filled with.
const FIND = `
select 'email' as channel, c.email as "to", m.seq, m.attempt, m.contact_no, m.variant_no, m.guarded_at, c.external_id,
  c.email, c.first_name, c.last_name, m.locale, c.country, c.attributes
from campaign.message m
join campaign.contact c on c.erased_at is null and c.contact_no = coalesce(
  (select (e.plan #>> '{test,sampleContactNo}')::bigint from campaign.execution e where e.exec_no = m.exec_no), m.contact_no)
where m.exec_no = $1 and m.seq = $2 and m.guarded_at is not null and m.channel = ${CHANNEL.email}`;

/**
 * GET and HEAD: the mail in a browser. Content and `now` are those it was sent with; what it says about the person is
 * what we know today. It counts nothing by itself: the pixel in it does.
 */
export function viewRoute(app: FastifyInstance, parts: TrackingParts): void {
  const executions = new RunningExecutions(parts.database);
  app.get<TokenRoute>('/v/:token', async ({ params }, reply) => {
    const link = readLink(parts, 'view', params.token);
    const html = link && (await renderAgain(parts, executions, link));
    if (html === undefined) return sendPage(reply, 404, 'notFound');
    return reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(html);
  });
}

async function renderAgain(
  { database, renderer }: TrackingParts,
  executions: RunningExecutions,
  { execNo, seq }: TrackedLink,
): Promise<string | undefined> {
  const [message] = await database.query<GuardedMessage>(FIND, [execNo, seq], 'tracked-view');
  const execution = message && (await executions.get(execNo));
  if (!execution) return undefined;
  const [rendered] = await renderer.render(execution, [message]);
  return rendered?.ok && isRenderedEmail(rendered.content) ? rendered.content.html : undefined;
}
