import type { FrozenGoal } from '../../src/execution/frozen-plan';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { type Answer, type GraphWorld, openGraphWorld } from './graph-world';

/** A world with an execution of ours, `exe_ours`, and one of somebody else's, `exe_theirs`. */
export interface OurGraph {
  readonly world: GraphWorld;
  readonly ours: BuiltExecution;
  /** Viewers' tokens. */
  readonly ourToken: string;
  readonly theirToken: string;
  asOurs(query: string, variables?: object): Promise<Answer>;
  /** Adds to a counter of ours as settle and ingest do. */
  count(variantNo: number, goal: number, added: Readonly<Record<string, number | string>>): Promise<void>;
}

const goals: FrozenGoal[] = [
  { no: 1, eventType: 'site.visit', windowDays: 7 },
  { no: 2, eventType: 'order.completed', valueField: 'value', windowDays: 7 },
];

/** Of our 40 people ten are never answered for; even numbers have variant 1, odd ones variant 2. */
export async function openOurGraph(): Promise<OurGraph> {
  const world = await openGraphWorld();
  const disposition = (n: number) => (n < 30 ? 'sent' : 'unknown');
  const wish = { name: 'ours', people: 40, organizationId: 'org-ours', disposition, goals } as const;
  const ours = await buildExecution(world.ledger, wish);
  await buildExecution(world.ledger, { name: 'theirs', people: 5, organizationId: 'org-theirs', goals });
  const [ourToken, theirToken] = await Promise.all([world.token('org-ours'), world.token('org-theirs')]);
  return {
    world,
    ours,
    ourToken,
    theirToken,
    asOurs: (query, variables) => world.post(ourToken, query, variables),
    count: (variantNo, goal, added) => addToCounter(world, ours, { variantNo, goal, added }),
  };
}

/** The code of an answer's first error. */
export const codeOf = ({ errors }: Pick<Answer, 'errors'>): string | undefined => errors[0]?.extensions.code;

interface Addition {
  readonly variantNo: number;
  readonly goal: number;
  readonly added: Readonly<Record<string, number | string>>;
}

async function addToCounter(
  { ledger }: GraphWorld,
  execution: BuiltExecution,
  { variantNo, goal, added }: Addition,
): Promise<void> {
  const names = Object.keys(added);
  const values = names.map((_, index) => `$${index + 5}`);
  await ledger.query(
    `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, ${names.join(', ')})
     values ($1, $2, 1, $3, '2026-11-20T10:07:00Z', $4, ${values.join(', ')})
     on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update set
     ${names.map((name) => `${name} = counter.${name} + excluded.${name}`).join(', ')}`,
    [execution.execNo, variantNo, goal, execution.orgNo, ...Object.values(added)],
  );
}
