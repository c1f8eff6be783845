import { judgementSql } from '../dispatch/judgement-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { Localized } from '../localization/localized';
import { type LocalizedKind, localizedKeyOf } from '../localization/localized-keys';
import type { Localizer } from '../localization/localizer';
import { type Place, placeKey } from '../localization/place';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { DISPOSITION } from '../shared/ledger-codes';
import type { UsedVariable } from './launch-figures';
import type { LaunchWarning } from './launch-warnings';

/** Who looks at a plan gets what is known already when the service takes longer. */
const PATIENCE_MS = 3_000;
/** Places that are looked at, those with most people first. */
const MOST_PLACES = 200;

/** People who would get one variant in one place. */
interface PlaceGroup extends Place {
  readonly variant_no: number | null;
  readonly n: number;
}

/** Strings and prices that a content speaks of and that nobody, or not everybody, would get. */
export async function localizedWarnings(
  scope: Scope,
  plan: FrozenPlan,
  used: readonly UsedVariable[],
): Promise<readonly LaunchWarning[]> {
  const localized = used.flatMap((use) => {
    const key = localizedKeyOf(use[0]);
    return key ? [{ use, ...key }] : [];
  });
  if (localized.length === 0) return [];
  const { localizer } = scope;
  if (!localizer) return localized.map(({ use: [variable] }) => withoutService(variable));
  const groups = await countPlaces(scope, plan);
  const warnings: LaunchWarning[] = [];
  for (const [kind, wanted] of Map.groupBy(localized, (one) => one.kind)) {
    const keys = [...new Set(wanted.map(({ key }) => key))];
    const known = await ask(scope, localizer, { kind, keys, places: groups });
    if ([...known.values()].some(({ isOutdated }) => isOutdated)) warnings.push(outdated(kind));
    for (const { use, key } of wanted) warnings.push(...missingOf(use, lacking(kind, key, known), groups));
  }
  return warnings;
}

const withoutService = (variable: string): LaunchWarning => ({
  code: 'VARIABLE_UNKNOWN',
  message: `nothing ever stands in the place of {{ ${variable} }}: no localization service is configured`,
});

const outdated = (kind: LocalizedKind): LaunchWarning => ({
  code: 'LOCALIZATION_UNAVAILABLE',
  message: `the localization service cannot be asked for ${kind}: what it said last would be used, and nothing where it said nothing`,
});

interface Wish {
  readonly kind: LocalizedKind;
  readonly keys: readonly string[];
  readonly places: readonly Place[];
}

const ask = ({ viewer }: Scope, localizer: Localizer, wish: Wish): Promise<ReadonlyMap<string, Localized>> => {
  const { organizationId, organizationNo } = viewer;
  return localizer.of({ organizationId, organizationNo, ...wish, patienceMs: PATIENCE_MS });
};

type Lacks = (place: Place) => boolean;

const lacking =
  (kind: LocalizedKind, key: string, known: ReadonlyMap<string, Localized>): Lacks =>
  (place) =>
    known.get(placeKey(kind, place))?.missing.includes(key) ?? true;

// Who waits for a variant may get any of them.
function missingOf([variable, contents]: UsedVariable, lacks: Lacks, groups: readonly PlaceGroup[]): LaunchWarning[] {
  const reached = groups.filter(
    ({ variant_no }) => variant_no === null || contents.some(({ variantNo }) => variantNo === variant_no),
  );
  const people = sum(reached.filter(lacks));
  const of = sum(reached);
  const message = `${people} of ${of} people have nothing for {{ ${variable} }}`;
  return people === 0 ? [] : [{ code: 'VARIABLE_MISSING', message, people, of }];
}

const sum = (groups: readonly PlaceGroup[]): number => groups.reduce((total, { n }) => total + n, 0);

function countPlaces({ judge, viewer, now, maxAudience }: Scope, plan: FrozenPlan): Promise<PlaceGroup[]> {
  const parameters = new SqlParameters();
  const everybody = { orgNo: viewer.organizationNo, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER };
  const judgement = judgementSql(plan, { ...everybody, asOf: now(), limit: maxAudience }, parameters);
  const sql = `with ${judgement}
    select j.variant_no, c.locale, c.country, count(*) as n from judged j join campaign.contact c using (contact_no)
    where j.disposition = ${DISPOSITION.queued}
    group by 1, 2, 3 order by n desc, 1, 2, 3 limit ${parameters.bind(MOST_PLACES)}`;
  return judge((tx) => tx.query<PlaceGroup>(sql, parameters.values));
}
