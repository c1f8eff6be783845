import type { LocalizedKind } from './localized-keys';

/** Where somebody is, and what language they read; null: unknown, and the service says what that is worth. */
export interface Place {
  readonly locale: string | null;
  readonly country: string | null;
}

/** Words follow the language alone. */
export const placeKey = (kind: LocalizedKind, { locale, country }: Place): string =>
  kind === 'strings' ? (locale ?? '') : `${country ?? ''}|${locale ?? ''}`;

/** Each place once, as one kind tells them apart. */
export const placesOf = (kind: LocalizedKind, places: readonly Place[]): ReadonlyMap<string, Place> =>
  new Map(places.map((place) => [placeKey(kind, place), place]));
