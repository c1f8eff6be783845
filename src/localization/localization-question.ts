import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import type { RemoteService } from '../remote/remote-service';
import { isStorable } from '../shared/storable-text';
import type { LocalizedKind } from './localized-keys';
import { type Place, placeKey } from './place';

/** Places in one question. */
export const PLACES_ASKED = 50;
/** Characters of a string. */
const LONGEST = 4_000;

const text = (most: number) => z.string().max(most).refine(isStorable);
const nullish = z.string().nullish();

const answers = {
  strings: z.object({
    strings: z.array(z.object({ locale: nullish, values: z.record(z.string(), text(LONGEST)) })).max(PLACES_ASKED),
  }),
  prices: z.object({
    prices: z
      .array(
        z.object({
          locale: nullish,
          country: nullish,
          values: z.record(
            z.string(),
            z.object({
              amount: z.union([text(40), z.number()]),
              currency: text(3),
              formatted: text(100),
            }),
          ),
        }),
      )
      .max(PLACES_ASKED),
  }),
} as const;

/** What is said of a key, ready for a template. */
export type LocalizedValue = string | Readonly<Record<string, string | number>>;

/** What is said of keys, by place. */
export type Said = ReadonlyMap<string, ReadonlyMap<string, LocalizedValue>>;

interface Asked {
  readonly organizationId: string;
  readonly kind: LocalizedKind;
  readonly keys: readonly string[];
  readonly places: readonly Place[];
}

/** Asks about up to 50 places at once. A place that the answer leaves out has nothing. Throws RemoteFailure. */
export async function askLocalized(
  service: RemoteService,
  { organizationId, kind, keys, places }: Asked,
): Promise<Said> {
  const body = kind === 'strings' ? { keys, locales: places.map(({ locale }) => locale) } : { keys, locations: places };
  const answer = await service.json({ method: 'POST', path: `/api/v1/${kind}/batch`, organizationId, body });
  const wanted = new Set(keys);
  const asked = new Set(places.map((place) => placeKey(kind, place)));
  const said = new Map<string, ReadonlyMap<string, LocalizedValue>>();
  for (const { locale, country, values } of readAnswer(kind, answer)) {
    const key = placeKey(kind, { locale: locale ?? null, country: country ?? null });
    if (asked.has(key)) said.set(key, new Map(Object.entries(values).filter(([name]) => wanted.has(name))));
  }
  return said;
}

interface PlaceAnswer {
  readonly locale?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly values: Readonly<Record<string, LocalizedValue>>;
}

function readAnswer(kind: LocalizedKind, answer: unknown): readonly PlaceAnswer[] {
  const strings = kind === 'strings' ? answers.strings.safeParse(answer) : undefined;
  if (strings?.success) return strings.data.strings;
  const prices = kind === 'prices' ? answers.prices.safeParse(answer) : undefined;
  if (prices?.success) return prices.data.prices;
  throw new RemoteFailure('garbage', `an answer that holds no ${kind}`);
}
