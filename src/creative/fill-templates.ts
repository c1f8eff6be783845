import { isRemoteId } from '../remote/remote-id';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { type ChannelDraft, fieldOf, type VariantDraft } from '../variant/variant-draft';

const LONGEST_ID = 100;

/**
 * Puts the content of each named template in the place of its id, before anything is judged or written: from here on it is
 * content like any other, with the id and the version that it was pinned to. Later versions change nothing until the
 * campaign is saved again.
 */
export async function fillTemplates(
  scope: Scope,
  variants: readonly VariantDraft[] | undefined,
): Promise<readonly VariantDraft[] | undefined> {
  if (!variants?.some(({ channels = [] }) => channels.some(namesTemplate))) return variants;
  const filled: VariantDraft[] = [];
  for (const [index, variant] of variants.entries()) {
    const channels: ChannelDraft[] = [];
    for (const channel of variant.channels ?? [])
      channels.push(await fillChannel(scope, channel, `variants[${index}].${fieldOf(channel.kind)}`));
    filled.push({ ...variant, channels });
  }
  return filled;
}

const namesTemplate = ({ content }: ChannelDraft): boolean =>
  'templateId' in content && !('templateVersion' in content);

async function fillChannel(scope: Scope, channel: ChannelDraft, path: string): Promise<ChannelDraft> {
  const { kind } = channel;
  if (!namesTemplate(channel) || kind === 'webhook') return channel;
  const { templateId, locale, locales, subject, ...own } = channel.content;
  const place = `${path}.templateId`;
  if (Object.keys(own).length > 0)
    throw new DomainError('CONTENT_INVALID', 'it is either content or a template', place);
  const id = String(templateId);
  if (!isRemoteId(id, LONGEST_ID))
    throw new DomainError(
      'CONTENT_INVALID',
      `a template's id has 1 to ${LONGEST_ID} characters, and is no . or ..`,
      place,
    );
  if (!scope.templates)
    throw new DomainError('CONTENT_TEMPLATE_UNAVAILABLE', 'no creative service is configured', place);
  const { version, content } = await scope.templates.get(scope.viewer, { id, kind }, place);
  const over = { ...(subject !== undefined && { subject }) };
  const languages = { ...(locale !== undefined && { locale }), ...(locales !== undefined && { locales }) };
  return { ...channel, content: { ...content, ...over, ...languages, templateId: id, templateVersion: version } };
}
