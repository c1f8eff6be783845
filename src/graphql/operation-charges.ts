import { Kind, OperationTypeNode, type SelectionSetNode } from 'graphql';
import type { Allowance } from '../rate-limit/bucket';
import type { Caller, Charge, RateLimiter } from '../rate-limit/rate-limiter';
import { type Fragments, fragmentsOf } from './document-shape';
import type { EdgeLimits } from './edge-settings';
import { rateLimited } from './errors';
import type { Measured } from './operation-gate';

type Kinds = 'create' | 'update' | 'list' | 'metrics' | 'cost';
type Allowances = Readonly<Partial<Record<Kinds, Allowance>>>;

/** What production allows where nobody says otherwise (SPEC §13); elsewhere there is no limit. */
const inProduction = { create: 100, update: 200, list: 1_000, metrics: 500, cost: 1_000_000 } as const;

/** Lets an operation of a caller run, or throws RATE_LIMITED with the seconds to wait. */
export type Charger = (caller: Caller, measured: Measured) => Promise<void>;

export function createCharger(limiter: RateLimiter, limits: EdgeLimits, production: boolean): Charger {
  const allowances = allowancesOf(limits, production);
  return async (caller, measured) => {
    const wait = await limiter(caller, chargesOf(measured, allowances));
    if (wait > 0) throw rateLimited(Math.ceil(wait / 1_000));
  };
}

function allowancesOf(limits: EdgeLimits, production: boolean): Allowances {
  const set = {
    create: limits.createsPerHour,
    update: limits.updatesPerHour,
    list: limits.listsPerHour,
    metrics: limits.metricsPerHour,
    cost: limits.costPerHour,
  };
  const kinds = Object.keys(set) as Kinds[];
  const entries = kinds.flatMap((name) => {
    const perHour = set[name] ?? (production ? inProduction[name] : undefined);
    return perHour === undefined ? [] : [[name, { name, perHour }] as const];
  });
  return Object.fromEntries(entries);
}

function chargesOf({ document, operation, cost }: Measured, allowances: Allowances): Charge[] {
  if (Object.keys(allowances).length === 0) return [];
  const fields = rootFields(operation.selectionSet, fragmentsOf(document));
  const kinds = fields.filter((name) => !name.startsWith('__')).map((name) => kindOf(operation.operation, name));
  const points = new Map<Kinds, number>([['cost', cost]]);
  for (const kind of kinds) points.set(kind, (points.get(kind) ?? 0) + 1);
  return [...points].flatMap(([kind, amount]) => {
    const allowance = allowances[kind];
    return allowance ? [{ allowance, points: amount }] : [];
  });
}

function rootFields(set: SelectionSetNode, fragments: Fragments): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, fragments);
    const fragment = fragments.get(selection.name.value);
    return fragment ? rootFields(fragment.selectionSet, fragments) : [];
  });
}

const makes = /^(create|clone|import|send)/;
const figures = /metrics|progress|analysis|estimate|launchPlan/i;

function kindOf(operation: OperationTypeNode, field: string): Kinds {
  if (operation === OperationTypeNode.MUTATION) return makes.test(field) ? 'create' : 'update';
  return figures.test(field) ? 'metrics' : 'list';
}
