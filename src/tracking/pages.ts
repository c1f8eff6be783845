import type { FastifyReply } from 'fastify';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><h1>${title}</h1>
${body}
</body>
</html>
`;

/**
 * Whole and constant: nothing of a request, a person or a campaign is ever written into them. The form answers to the
 * address it stands at, in the words of a one-click request, so that both ways in are one.
 */
export const PAGES = {
  confirm: page(
    'Unsubscribe',
    `<p>You will get no more messages of this kind.</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>`,
  ),
  unsubscribed: page('You are unsubscribed', '<p>You can close this page.</p>'),
  notFound: page('Not found', '<p>There is nothing at this address.</p>'),
  notPossible: page('Not possible now', '<p>Please try again in a minute.</p>'),
} as const;

// Nothing is loaded, run or framed: a page in a frame could be clicked without being seen.
const POLICY = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Answers with one of our own pages. */
export const sendPage = (reply: FastifyReply, status: number, name: keyof typeof PAGES): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(PAGES[name]);
