import type { ContentLimits } from '../content/content-limits';
import { partsOf } from '../medium/whole-content';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { toHundredths } from '../shared/hundredths';
import type { ChannelKind } from '../shared/ledger-codes';
import { isStorable } from '../shared/storable-text';

/** Content for one medium, as a caller gives it. */
export interface ChannelDraft {
  readonly kind: ChannelKind;
  readonly enabled?: boolean;
  readonly priority?: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A variant as a caller gives it. With `id`, or the name of a present one, it stays that variant. */
export interface VariantDraft {
  readonly id?: string;
  readonly name: string;
  readonly isControl?: boolean;
  /** Percent, at most two decimals. */
  readonly allocation?: number;
  readonly attributeValue?: string | null;
  readonly channels?: readonly ChannelDraft[];
}

/** The field of a variant that content of a medium stands in. */
export type ChannelField = Exclude<ChannelKind, 'in_app'> | 'inApp';

/** The field of a variant that content of a medium stands in. */
export const fieldOf = (kind: ChannelKind): ChannelField => (kind === 'in_app' ? 'inApp' : kind);

const limits = { variants: 5, name: 100, attributeValue: 1_000, priority: 1_000 } as const;

/** Refuses variants that no campaign may have. That they add up is a guard of the start: a draft may be unfinished. */
export function checkVariants(drafts: readonly VariantDraft[], { locales }: ContentLimits): void {
  if (drafts.length > limits.variants) throw invalid('variants', `a campaign has at most ${limits.variants} variants`);
  if (drafts.filter((draft) => draft.isControl).length > 1)
    throw invalid('variants', 'at most one variant is a control');
  const names = new Set<string>();
  const twice = drafts.findIndex(
    ({ id }, index) => id !== undefined && drafts.findIndex((one) => one.id === id) < index,
  );
  if (twice >= 0) throw invalid(`variants[${twice}].id`, 'the same variant stands there twice');
  for (const [index, draft] of drafts.entries()) {
    checkVariant(draft, `variants[${index}]`);
    checkNumberOfLocales(draft, locales, `variants[${index}]`);
    const name = draft.name.toLowerCase();
    if (names.has(name)) throw invalid(`variants[${index}].name`, `another variant is named ${draft.name}`);
    names.add(name);
  }
}

function checkVariant(draft: VariantDraft, path: string): void {
  const { name, allocation = 0, channels = [], attributeValue } = draft;
  if (name.trim() === '' || !hasAtMost(limits.name, name) || !isStorable(name))
    throw invalid(`${path}.name`, `a variant needs a name of 1 to ${limits.name} characters`);
  const hundredths = toHundredths(allocation, 'CAMPAIGN_INVALID_VARIANT', `${path}.allocation`);
  if (hundredths < 0 || hundredths > 10_000) throw invalid(`${path}.allocation`, 'an allocation is 0 to 100 percent');
  if (attributeValue && (!hasAtMost(limits.attributeValue, attributeValue) || !isStorable(attributeValue)))
    throw invalid(`${path}.attributeValue`, `an attribute's value has at most ${limits.attributeValue} characters`);
  if (draft.isControl && channels[0])
    throw invalid(`${path}.${fieldOf(channels[0].kind)}`, 'a control sends nothing: leave its content out');
  if (new Set(channels.map((channel) => channel.kind)).size < channels.length)
    throw invalid(path, 'a variant has one content for each medium');
  const unordered = channels.find(({ priority = 0 }) => priority < 0 || priority > limits.priority);
  if (unordered) throw invalid(`${path}.${fieldOf(unordered.kind)}.priority`, `a priority is 0 to ${limits.priority}`);
}

function checkNumberOfLocales({ channels = [] }: VariantDraft, most: number, path: string): void {
  for (const { kind, content } of channels) {
    const { locales } = partsOf(content);
    if (locales.length > most) throw invalid(`${path}.${fieldOf(kind)}.locales`, `at most ${most} languages`);
  }
}

const invalid = (path: string, message: string): DomainError =>
  new DomainError('CAMPAIGN_INVALID_VARIANT', message, path);
