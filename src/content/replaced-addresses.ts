import { type AssetPlace, assetPlaces, type Spelling } from './asset-places';
import { cssAddress } from './css-addresses';
import { escapeHtml } from './html-entities';

/** The address that is to stand in a place; nothing leaves it as it is. It is ASCII without quotes, white space and Liquid. */
export type NewAddress = (place: Pick<AssetPlace, 'address' | 'image' | 'width'>) => string | undefined;

/** HTML with other addresses in the places of assets and pictures: all else stays as it was written, byte for byte. HTML that is no template stays. */
export function replaceAddresses(html: string, newAddress: NewAddress): string {
  let written = '';
  let from = 0;
  for (const place of placesOrNone(html)) {
    const address = newAddress(place);
    if (address === undefined) continue;
    written += html.slice(from, place.begin) + spelled(address, place.spelling);
    from = place.end;
  }
  return written + html.slice(from);
}

/** It is refused where it is read, with its line. */
function placesOrNone(html: string): readonly AssetPlace[] {
  try {
    return assetPlaces(html);
  } catch {
    return [];
  }
}

function spelled(address: string, spelling: Spelling): string {
  if (spelling === 'attribute') return escapeHtml(address);
  return spelling === 'sheet' ? cssAddress(address) : escapeHtml(cssAddress(address));
}
