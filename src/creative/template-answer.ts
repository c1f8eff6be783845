import { z } from 'zod';
import type { ChannelKind } from '../shared/ledger-codes';
import { isStorableJson } from '../shared/storable-text';
import type { Template } from './template-store';

/** Media whose content a creative service may keep; where a webhook goes is nobody's but ours to say. */
export type TemplateKind = Exclude<ChannelKind, 'webhook'>;

const words = z.string();
const perhaps = words.nullish();
const app = { title: words, body: words, action_url: perhaps, icon: perhaps };
const placement = { title: words, body: perhaps, image_url: perhaps, action_url: perhaps };

const fields: Readonly<Record<TemplateKind, z.ZodRawShape>> = {
  email: {
    subject: words,
    html: words,
    text: perhaps,
    preheader: perhaps,
    sender_name: perhaps,
    sender_email: perhaps,
    reply_to: perhaps,
  },
  sms: { body: words, max_segments: z.number().nullish() },
  whatsapp: { body: words, provider_template_id: perhaps },
  push: { ...app, data: z.record(words, words).nullish() },
  in_app: app,
  web: placement,
  social: placement,
  display: placement,
};

const named = z.object({
  version: z.union([z.string().min(1).max(100), z.number().int()]).transform(String),
});

/** Names in a push's data have a level of their own. */
const LEVELS = 2;

/** A template as the service told it, in our words; nothing when it is none of this medium, or cannot be stored. */
export function readTemplate(kind: TemplateKind, said: unknown): Template | undefined {
  const version = named.safeParse(said);
  const told = z.object(fields[kind]).safeParse(said);
  if (!version.success || !told.success) return undefined;
  const given = Object.entries(told.data).filter(([, value]) => value != null);
  const content = Object.fromEntries(given.map(([name, value]) => [ours(name), value]));
  return isStorableJson(content, LEVELS) ? { version: version.data.version, content } : undefined;
}

/** `sender_name` is `senderName`. */
const ours = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
