import { localeChooser } from '../content/locale-choice';
import type { RenderedContent } from '../content/rendered-content';
import { readStoredIn } from '../medium/media';
import { partsOf } from '../medium/whole-content';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { encodeMessageId, messageIdKeys } from '../shared/message-id';
import { fieldOf } from '../variant/variant-draft';
import type { ContentWarning } from './content-warning';
import { warningsOf } from './content-warnings';
import { type Person, previewPerson } from './preview-person';
import type { PreviewRenderer } from './preview-renderer';
import { withWords } from './preview-words';
import { type Chosen, chooseStored, chooseThought, type StoredContent, type ThoughtContent } from './previewed-content';
import { unjudged } from './shown-content';

/** Which content: a stored variant's, or one that is only thought of. */
export type PreviewedContent = StoredContent | ThoughtContent;

/** For whom: a person of the directory, or the sample; `variables` stand in for what they say. */
export interface PreviewRequest {
  readonly content: PreviewedContent;
  readonly userId?: string;
  readonly variables?: unknown;
  /** A language to read it in; the person's own when missing. */
  readonly locale?: string;
}

/** Content as one person would see it (BR-CAM-008.5). */
export interface Preview {
  readonly kind: ChannelKind;
  readonly content: RenderedContent;
  readonly variantId: string | null;
  /** The language whose content is shown; null: that of everybody. */
  readonly locale: string | null;
  readonly warnings: readonly ContentWarning[];
}

/** Renders by the renderer that a sending uses: what is looked at counts nothing. */
export async function contentPreview(
  scope: Scope,
  renderer: PreviewRenderer,
  { content: wanted, locale: asked, ...whom }: PreviewRequest,
): Promise<Preview> {
  const chosen = 'campaignId' in wanted ? await chooseStored(scope, wanted) : await chooseThought(scope, wanted);
  const known = await previewPerson(scope, whom);
  const reader = asked === undefined ? known : { ...known, locale: asked };
  const person = await withWords(scope, chosen.checked.compiled, reader);
  const content = await renderOne(renderer, chosen, { person, now: scope.now() });
  const { kind, variantId, commercial, checked, postalAddress } = chosen;
  const locale = localeChooser(Object.keys(checked.compiled.locales ?? {}))(person.locale) ?? null;
  const warnings = warningsOf(kind, content, { ...shown(chosen, locale), person, commercial, postalAddress });
  return { kind, content, variantId, locale, warnings };
}

/** What is judged: of content in several languages the one that is shown, by itself. */
function shown({ kind, checked: { compiled, source } }: Chosen, locale: string | null) {
  const { fields, locales } = partsOf(source);
  if (locales.length === 0) return { compiled, source: fields };
  const own = locales.find((one) => one.locale === locale)?.content ?? fields;
  return { compiled: readStoredIn(kind, source, locale).compiled, source: own };
}

interface Reading {
  readonly person: Person;
  readonly now: Date;
}

/** Nobody's, and as long as a real one: an address counts where each character does. */
const MESSAGE_ID = encodeMessageId(messageIdKeys('preview'), 20_800 * 2 ** 32 + 100, 100_000);

// An e-mail is shown untracked: its links can be tried. Where space is short, it is shown as it would be sent.
async function renderOne(
  renderer: PreviewRenderer,
  { kind, checked: { compiled, hash }, campaign, trackClicks, commercial, postalAddress }: Chosen,
  { person, now }: Reading,
): Promise<RenderedContent> {
  const rendered = await renderer.render({
    compiled: unjudged(compiled),
    hash: `preview ${hash}`,
    messageId: kind === 'email' ? 'msg_preview' : MESSAGE_ID,
    variables: { ...person, campaign, organization: { postal_address: postalAddress } },
    renderTime: now,
    trackClicks: trackClicks && (kind === 'sms' || kind === 'whatsapp'),
    trackOpens: false,
    addressDemanded: commercial,
  });
  if (rendered.ok) return rendered.content;
  throw new DomainError('CONTENT_NOT_RENDERED', `${rendered.reason}: ${rendered.message}`, fieldOf(kind));
}
