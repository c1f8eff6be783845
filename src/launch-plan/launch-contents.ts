import type { CampaignParts } from '../campaign/campaign-loading';
import { neededVariables } from '../content/needed-variables';
import { readStored } from '../medium/media';
import { partsOf } from '../medium/whole-content';
import { channelName } from '../shared/ledger-codes';
import type { NeededVariables } from './launch-count';
import type { ContentPlace, UsedVariable } from './launch-figures';
import type { LocalizedContent } from './launch-locales';
import { isPersonal } from './missing-variable';

/** What nobody gets a variant without: of the content that is strict. */
export function neededOf({ channels }: CampaignParts): readonly NeededVariables[] {
  return channels.flatMap(({ enabled, kind, content, variantNo }) => {
    if (!enabled) return [];
    const { compiled } = readStored(channelName.get(kind) ?? 'email', content);
    const variables = neededVariables(compiled).filter(isPersonal);
    return variables.length > 0 ? [{ variantNo, channel: kind, variables }] : [];
  });
}

/** Contents that are written in several languages. */
export function localizedContents({ variants, channels }: CampaignParts): readonly LocalizedContent[] {
  return channels.flatMap(({ enabled, kind, content, variantNo }) => {
    const { locale: own, locales } = partsOf(content);
    if (!enabled || locales.length === 0) return [];
    const variantId = variants.find((one) => one.variantNo === variantNo)?.id ?? '';
    const channel = channelName.get(kind) ?? 'email';
    return [{ variantNo, variantId, channel, own, offered: locales.map(({ locale }) => locale) }];
  });
}

/** Every variable of the content that would be sent, with the variants that use it. */
export function usedVariables({ channels }: CampaignParts): readonly UsedVariable[] {
  const used = new Map<string, ContentPlace[]>();
  for (const { enabled, kind, content, variantNo } of channels) {
    if (!enabled) continue;
    const { compiled } = readStored(channelName.get(kind) ?? 'email', content);
    for (const variable of compiled.variables)
      used.set(variable, [...(used.get(variable) ?? []), { variantNo, channel: kind }]);
  }
  return [...used];
}
