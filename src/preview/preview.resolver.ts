import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { DomainError } from '../shared/errors';
import { toContent } from '../variant/channels.inputs';
import { contentPreview, type Preview, type PreviewedContent } from './content-preview';
import { ContentPreviewInput, ContentPreviewPayload, type ContentPreviewType } from './preview.types';

@Resolver()
export class PreviewResolver {
  @Query(() => ContentPreviewPayload, {
    description: 'An e-mail as one person would see it, with what to know about it. It reads profiles: for editors.',
  })
  async contentPreview(
    @Arg('input', () => ContentPreviewInput, { description: 'What, and for whom.' }) input: ContentPreviewInput,
    @Ctx() { scope, previews }: GraphContext,
  ): Promise<ContentPreviewPayload> {
    const { userId, variables, locale } = input;
    const whom = { variables, ...(userId != null && { userId }), ...(locale != null && { locale }) };
    const { value, userErrors } = await attempt(async () =>
      contentPreview(scope, previews, { content: readInput(input), ...whom }),
    );
    return { preview: value && view(value), userErrors };
  }
}

function readInput({ campaignId, variantId, email }: ContentPreviewInput): PreviewedContent {
  if (campaignId != null && email == null) return { campaignId, ...(variantId != null && { variantId }) };
  if (campaignId == null && email != null && variantId == null) return { email: toContent(email) };
  throw new DomainError('CONTENT_INVALID', 'a preview is of a campaign, or of an e-mail that is given', 'campaignId');
}

const view = ({ email, variantId, locale, warnings }: Preview): ContentPreviewType => {
  const { subject, html, text, senderName, senderEmail, replyTo } = email;
  return { subject, html, text, senderName, senderEmail, replyTo, variantId, locale, warnings };
};
