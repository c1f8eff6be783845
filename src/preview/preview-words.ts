import type { CompiledContent } from '../content/compiled-content';
import { keysIn, kindsIn } from '../localization/localized-keys';
import { placeKey } from '../localization/place';
import type { Scope } from '../scope';
import type { Person } from './preview-person';

/** Who looks at a preview gets what is known already when the service takes longer. */
const PATIENCE_MS = 3_000;

/** The person with the strings and prices of where they are, unless variables stand in for them. */
export async function withWords(
  { localizer, viewer }: Scope,
  { variables }: Pick<CompiledContent, 'variables'>,
  person: Person,
): Promise<Person> {
  const { organizationId, organizationNo } = viewer;
  const keys = keysIn(variables);
  const wanted = kindsIn(keys).filter((kind) => person[kind] === undefined);
  const said = wanted.map(async (kind) => {
    const wish = { organizationId, organizationNo, kind, keys: keys[kind], patienceMs: PATIENCE_MS };
    const known = await localizer?.of({ ...wish, places: [person] });
    return [kind, known?.get(placeKey(kind, person))?.words ?? {}] as const;
  });
  return { ...person, ...Object.fromEntries(await Promise.all(said)) };
}
