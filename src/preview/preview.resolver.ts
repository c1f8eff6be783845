import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { isRenderedEmail, jsonOf } from '../content/rendered-content';
import { smsSize } from '../content/sms-segments';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import type { CHANNEL_KINDS } from '../variant/variant.types';
import { contentPreview, type Preview } from './content-preview';
import { ContentPreviewInput, toPreviewed } from './preview.inputs';
import { ContentPreviewPayload, type ContentPreviewType } from './preview.types';
import { textAt } from './shown-content';

@Resolver()
export class PreviewResolver {
  @Query(() => ContentPreviewPayload, {
    description: 'Content as one person would see it, with what to know about it. It reads profiles: for editors.',
  })
  async contentPreview(
    @Arg('input', () => ContentPreviewInput, { description: 'What, and for whom.' }) input: ContentPreviewInput,
    @Ctx() { scope, previews }: GraphContext,
  ): Promise<ContentPreviewPayload> {
    const { userId, variables, locale } = input;
    const whom = { variables, ...(userId != null && { userId }), ...(locale != null && { locale }) };
    const { value, userErrors } = await attempt(async () =>
      contentPreview(scope, previews, { content: toPreviewed(input), ...whom }),
    );
    return { preview: value && view(value), userErrors };
  }
}

function view({ kind, content, variantId, locale, warnings }: Preview): ContentPreviewType {
  const fields: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(jsonOf(content)).toString());
  const shown = { channel: kind.toUpperCase() as keyof typeof CHANNEL_KINDS, fields, variantId, locale, warnings };
  if (!isRenderedEmail(content))
    return kind === 'sms' ? { ...shown, smsSize: smsSize(textAt(fields, ['body'])) } : shown;
  const { subject, html, text, senderName, senderEmail, replyTo } = content;
  return { ...shown, subject, html, text, senderName, senderEmail, replyTo };
}
