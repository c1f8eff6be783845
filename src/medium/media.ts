import type { ChannelKind } from '../shared/ledger-codes';
import { email } from './email';
import { inApp } from './in-app';
import type { CheckedContent, ContentRules, Medium } from './medium';
import { display, social, web } from './placement';
import { push } from './push';
import { readWhole } from './read-whole';
import { sms } from './sms';
import { webhook } from './webhook';
import { whatsapp } from './whatsapp';
import { isWhole, partsOf } from './whole-content';

const media: Readonly<Record<ChannelKind, Medium>> = {
  email,
  sms,
  whatsapp,
  push,
  in_app: inApp,
  webhook,
  web,
  social,
  display,
};

/** Judges content of a medium when it is saved. The path of a mistake starts at `path`. */
export const readContent = (kind: ChannelKind, content: unknown, path: string, rules: ContentRules): CheckedContent =>
  isWhole(content) ? readWhole(media[kind], { kind, content, rules }, path) : media[kind].read(content, path, rules);

/** The same of content that was judged when it was saved: what an installation allows may be another since. */
export const readStored = (kind: ChannelKind, content: unknown): CheckedContent =>
  readContent(kind, content, 'content', { webhookTargets: 'any' });

/** The same in one of its languages alone; null: that of everybody else. */
export function readStoredIn(kind: ChannelKind, content: CheckedContent['source'], locale: string | null) {
  const { fields, locales, pinned } = partsOf(content);
  const own = locales.find((one) => one.locale === locale)?.content;
  const alone = own ? (media[kind].inherit?.(fields, own) ?? own) : fields;
  return readStored(kind, { ...alone, pinned });
}
