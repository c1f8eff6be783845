import { z } from 'zod';
import type { Anchor } from './chain-verification';

const anchor = { seq: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) };
const logLine = z.object({ audit: z.object({ organization: z.string(), ...anchor }) });
const event = z.object({
  type: z.literal('campaign.audit.checkpoint'),
  organizationId: z.string(),
  data: z.object(anchor),
});

/** The anchors in a file of JSON lines, by organization: lines of the service's log or its events, among any others. */
export function readAnchors(text: string): ReadonlyMap<string, readonly Anchor[]> {
  const found = text.split('\n').flatMap((line) => readLine(line) ?? []);
  return Map.groupBy(found, ({ organization }) => organization);
}

function readLine(line: string): (Anchor & { readonly organization: string }) | undefined {
  const value = parseJson(line);
  const logged = logLine.safeParse(value);
  if (logged.success) return logged.data.audit;
  const published = event.safeParse(value);
  return published.success ? { organization: published.data.organizationId, ...published.data.data } : undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
