import type { EntityManager } from '@mikro-orm/postgresql';
import { readStored } from '../medium/media';
import type { CheckedContent } from '../medium/medium';
import { channelName } from '../shared/ledger-codes';
import type { Channel } from './channel';

/** Keeps the compiled content of each channel under the hash that it was saved with, for executions to name. What is there is never changed. */
export async function storeContents(
  em: EntityManager,
  organizationNo: number,
  channels: readonly Channel[],
  at: Date,
): Promise<void> {
  const enabled = channels.filter((channel) => channel.enabled);
  const missing = await withoutRow(em, organizationNo, enabled);
  for (const { kind, content, contentHash: hash } of missing)
    await storeContent(em, organizationNo, {
      ...readStored(channelName.get(kind) ?? 'email', content),
      ...{ kind, at, hash },
    });
}

/** Keeps one compiled content under its hash. */
export async function storeContent(
  em: EntityManager,
  organizationNo: number,
  { kind, hash, source, compiled, at }: CheckedContent & { readonly kind: number; readonly at: Date },
): Promise<void> {
  await em.execute(insert, [organizationNo, hash, kind, JSON.stringify(source), JSON.stringify(compiled), at]);
}

async function withoutRow(
  em: EntityManager,
  organizationNo: number,
  channels: readonly Channel[],
): Promise<readonly Channel[]> {
  if (channels.length === 0) return [];
  const hashes = channels.map((channel) => channel.contentHash);
  const rows = await em.execute<{ hash: string }[]>(present, [organizationNo, JSON.stringify(hashes)]);
  const stored = new Set(rows.map((row) => row.hash));
  return channels.filter((channel) => !stored.has(channel.contentHash));
}

const present = `select hash from campaign.content
where org_no = ? and hash in (select jsonb_array_elements_text(?::jsonb))`;

// Two starts may compile the same content at once: the same hash is the same content, either row is right.
const insert = `insert into campaign.content (org_no, hash, channel, source, compiled, created_at)
values (?, ?, ?, ?::jsonb, ?::jsonb, ?) on conflict do nothing`;
