import type { IncomingHttpHeaders } from 'node:http';

// Programs that follow links by themselves and say who they are. The image proxies of webmails are not among them: they
// fetch when a person opens the mail.
const PROGRAMS =
  /bot\b|crawl|spider|scan(?:ner)?\b|preview|prefetch|headless|barracuda|mimecast|proofpoint|symantec|forcepoint|fireeye|trendmicro|sophos|cisco|office ?365|safelinks|slack|whatsapp|telegram|facebookexternalhit|skypeuripreview|curl\/|wget\/|python|java\/|go-http-client|okhttp|axios|node-fetch|undici|libwww|httpclient/i;

// A privacy proxy loads every image on arrival and gives this name alone.
const PRIVACY_PROXY = 'Mozilla/5.0';

/** Whether a program came rather than a person. What hides behind a browser's name is taken for a person here. */
export function isMachine(method: string, headers: IncomingHttpHeaders): boolean {
  const agent = headers['user-agent']?.trim() ?? '';
  const fetchedAhead = /prefetch|preview/i.test(`${headers.purpose} ${headers['sec-purpose']} ${headers['x-purpose']}`);
  return method === 'HEAD' || fetchedAhead || agent === '' || agent === PRIVACY_PROXY || PROGRAMS.test(agent);
}
