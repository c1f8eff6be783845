import type { Database } from '../../src/adapters/postgres';
import { openDatabase } from '../../src/adapters/postgres';
import { type ChunkRef, guardSlice, type Slice } from '../../src/delivery/guard';
import { SENDER_SESSION } from '../../src/delivery/guard-sql';
import { expandStep } from '../../src/dispatch/expand';
import type { FrozenPlan, FrozenQuietHours } from '../../src/execution/frozen-plan';
import { createTestDatabase, type TestDatabase } from '../support/database';

/** A database with senders' connections, and a clock that tests move. */
export interface DeliveryWorld {
  readonly database: TestDatabase;
  readonly sender: Database;
  readonly now: Date;
  pass(ms: number): void;
  close(): Promise<void>;
}

const OF_NO_MATTER = new Date('2026-11-20T10:00:00Z');

/** `begin` matters where the code under test asks the database what time it is. */
export async function openDeliveryWorld(begin: Date = OF_NO_MATTER): Promise<DeliveryWorld> {
  const database = await createTestDatabase();
  const sender = openDatabase({
    url: database.url,
    role: 'campaign_dispatcher',
    poolSize: 8,
    applicationName: 'test sender',
    session: SENDER_SESSION,
  });
  let now = begin.getTime();
  return {
    database,
    sender,
    get now() {
      return new Date(now);
    },
    pass: (ms) => {
      now += ms;
    },
    close: async () => {
      await sender.close();
      await database.close();
    },
  };
}

let campaigns = 0;

/** How an execution differs from the plainest one. */
export interface Wish {
  readonly chunkSize?: number;
  readonly perMinute?: number;
  readonly quietHours?: FrozenQuietHours;
  /** Time zones that people have by turns; null: unknown. */
  readonly zones?: readonly (string | null)[];
  /** What differs in the plan. */
  readonly plan?: Partial<FrozenPlan>;
  /** Whose it is; absent: of an organization of its own. */
  readonly organization?: string;
}

/** A running campaign's numbers. */
export interface Started {
  readonly execNo: number;
  readonly orgNo: number;
  readonly campaignNo: number;
}

/** As `openExecution`, with everybody judged. */
export async function startExecution(world: DeliveryWorld, people: number, wish: Wish = {}): Promise<Started> {
  const started = await openExecution(world, people, wish);
  const options = { execNo: started.execNo, now: world.now, batch: 10_000, chunkSize: wish.chunkSize ?? 500 };
  while (!(await expandStep(world.database.dispatcher, options)).closed);
  return started;
}

/** People `p-1`…, all reachable, and a running campaign to them, of which nobody is judged yet. */
export async function openExecution(world: DeliveryWorld, people: number, wish: Wish = {}): Promise<Started> {
  const { dispatcher } = world.database;
  campaigns += 1;
  const name = `c${campaigns}`;
  const [org] = await dispatcher.query<{ no: number }>('select campaign.ensure_organization($1) as no', [
    wish.organization ?? `org-${name}`,
  ]);
  const orgNo = org?.no ?? 0;
  await dispatcher.query(
    `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, time_zone)
     select $1, 'p-' || i, 'p-' || i || '@example.com', true, true, ($3::text[])[1 + i % cardinality($3::text[])]
     from generate_series(1, $2::int) i on conflict do nothing`,
    [orgNo, people, wish.zones ?? [null]],
  );
  const [campaign] = await dispatcher.query<{ campaign_no: number }>(
    `insert into campaign.campaign (id, org_no, name, type, status, created_by, created_at, updated_by, updated_at)
     values ('cmp_' || $1, $2, $1, 'ONE_TIME', 'running', 't', $3, 't', $3) returning campaign_no`,
    [name, orgNo, world.now],
  );
  const campaignNo = campaign?.campaign_no ?? 0;
  const [execution] = await dispatcher.query<{ exec_no: number }>(
    `insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, plan, upper_contact_no, created_at)
     select campaign.next_exec_no($1), 'exe_' || $2, $3, $4, 1, 'once', $5, coalesce(max(contact_no), 0), $1 from campaign.contact
     returning exec_no`,
    [world.now, name, orgNo, campaignNo, planOf(name, wish)],
  );
  const execNo = execution?.exec_no ?? 0;
  return { execNo, orgNo, campaignNo };
}

const planOf = (name: string, { perMinute, quietHours, plan }: Wish): FrozenPlan => ({
  campaignId: `cmp_${name}`,
  organizationId: `org-${name}`,
  name,
  salt: name,
  include: [{ field: 'email_opted_in', operator: 'equals', value: true }],
  exclude: [],
  holdoutPercentage: 0,
  variants: [{ no: 1, id: `var_${name}`, name: 'A', isControl: false, allocation: 10_000, content: { email: 'h' } }],
  assignment: { kind: 'HASH' },
  channels: ['email'],
  goals: [],
  throttle: perMinute ? { perMinute } : null,
  expiresAfterHours: 72,
  ...(quietHours && { quietHours }),
  trackClicks: true,
  trackOpens: true,
  ...plan,
});

/** Chunks that a dispatcher would hint now. */
export async function openChunks(world: DeliveryWorld, execNo: number): Promise<ChunkRef[]> {
  const rows = await world.database.dispatcher.query<{ chunk_no: number; fence: number }>(
    `select chunk_no, fence from campaign.chunk where exec_no = $1 and state = 0 and due_at <= $2
       and (lease_until is null or lease_until < $2) order by chunk_no`,
    [execNo, world.now],
  );
  return rows.map((row) => ({ execNo, chunkNo: row.chunk_no, fence: row.fence }));
}

/** Guards as a sender with keys would; `over` changes that. */
export const guard = (
  world: DeliveryWorld,
  ref: ChunkRef,
  over: Partial<Parameters<typeof guardSlice>[2]> = {},
): Promise<Slice | undefined> =>
  guardSlice(world.sender, ref, {
    take: true,
    now: world.now,
    leaseMs: 5_000,
    rows: 500,
    takesKeys: true,
    keyWindowMs: 86_400_000,
    throttles: [],
    expiresAfterHours: 72,
    ...over,
  });
