import { openDatabase } from '../../src/adapters/postgres';
import type { CampaignFields } from '../../src/campaign/campaign-fields';
import { cancelCampaign } from '../../src/campaign/change-status';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import type { GuardOptions } from '../../src/delivery/guard';
import { SENDER_SESSION } from '../../src/delivery/guard-sql';
import { settle } from '../../src/delivery/settle';
import { variantChoiceOf } from '../../src/delivery/variant-choice';
import { expandStep } from '../../src/dispatch/expand';
import { complete, findFinished } from '../../src/dispatch/sweep';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { defaultExperiment, type Experiment } from '../../src/experiment/experiment';
import { sampleRatio } from '../../src/experiment/sample-ratio';
import { findDifferences } from '../../src/operations/check-invariants';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { createOrm } from '../../src/orm';
import { createScope, type Scope, type ScopeParts } from '../../src/scope';
import { DISPOSITION, dispositionName } from '../../src/shared/ledger-codes';
import type { VariantDraft } from '../../src/variant/variant-draft';
import { decideExperiments } from '../../src/winner/decide-experiments';
import { createReady, email } from '../campaign/campaign-world';
import { type DeliveryWorld, guard, openChunks } from '../delivery/delivery-world';
import { createTestDatabase } from '../support/database';

/** What a test sees of one message. */
export interface Row {
  readonly seq: number;
  readonly contact_no: number;
  readonly variant_no: number | null;
  readonly phase: number;
  readonly disposition: string;
  readonly judged_at: Date;
}

export interface Run {
  readonly campaignId: string;
  readonly executionId: string;
  readonly execNo: number;
  readonly plan: FrozenPlan;
}

export const arms: readonly VariantDraft[] = [
  { name: 'A', allocation: 50, channels: [email('A')] },
  { name: 'B', allocation: 50, channels: [email('B')] },
];

/** Campaigns that test, roll out and reallocate, over real PostgreSQL and a clock in our hand. */
export interface RolloutWorld extends DeliveryWorld {
  readonly scope: Scope;
  readonly parts: ScopeParts;
  /** A campaign to everybody, started and expanded. */
  start(
    experiment: Partial<Experiment>,
    variants?: readonly VariantDraft[],
    fields?: Partial<CampaignFields>,
    how?: { readonly expanded: boolean },
  ): Promise<Run>;
  expand(execNo: number): Promise<void>;
  /** Hands over what is due; answers how many messages. Who is refused is asked again ten minutes later. */
  deliver(run: Run, said?: Said, over?: Partial<GuardOptions>): Promise<number>;
  decide(): Promise<readonly string[]>;
  rows(execNo: number): Promise<Row[]>;
  /** So many of the arm's people open their message, in the order of their numbers. */
  open(execNo: number, variantNo: number, people: number): Promise<void>;
  sweep(): Promise<unknown>;
  differences(execNo: number): Promise<string[]>;
}

type Said = 'sent' | 'failed' | 'refused';
const becoming = { sent: DISPOSITION.sent, failed: DISPOSITION.failed, refused: DISPOSITION.queued } as const;

let named = 0;

export async function openRolloutWorld(people: number): Promise<RolloutWorld> {
  const database = await createTestDatabase();
  const role = { role: 'campaign_dispatcher', poolSize: 8, applicationName: 'test sender' } as const;
  const sender = openDatabase({ url: database.url, ...role, session: SENDER_SESSION });
  const orm = await createOrm({ url: database.url, applicationName: 'test' });
  let now = new Date('2026-11-20T10:00:00Z').getTime();
  const messageIds = { encode: () => 'msg_x', decode: () => undefined };
  const parts = { database: database.app, entityManager: orm.em, now: () => new Date(now), messageIds };
  const [org] = await database.app.query<{ no: number }>("select campaign.ensure_organization('rollout') as no");
  const viewer = { organizationId: 'rollout', organizationNo: org?.no ?? 0, userId: 'usr_ada', role: 'admin' } as const;
  const scope = createScope(parts, viewer);
  await updateOrganizationSettings(scope, {
    postalAddress: 'Main Street 1',
    quietHours: { enabled: false },
    limits: { runningCampaigns: 100 },
  });
  await importContacts(
    { database: database.app, orgNo: viewer.organizationNo, now: parts.now },
    Array.from({ length: people }, (_, n) => ({
      externalId: `p-${n}`,
      email: `p-${n}@example.com`,
      emailOptedIn: true,
      phone: `+4915${110_000_000 + n}`,
      smsOptedIn: true,
      country: 'DE',
    })),
  );
  const { dispatcher } = database;
  const world: RolloutWorld = {
    database,
    sender,
    scope,
    parts,
    get now() {
      return new Date(now);
    },
    pass: (ms) => {
      now += ms;
    },
    start: async (experiment, variants = arms, fields = {}, { expanded } = { expanded: true }) => {
      named += 1;
      const draft = { name: `Rollout ${named}`, experiment: { ...defaultExperiment, ...experiment }, ...fields };
      const campaignId = await createReady(scope, { fields: draft, variants });
      const { executionId } = await startCampaign(scope, { id: campaignId });
      if (executionId === null) throw new Error('the campaign waits for a place');
      const [row] = await dispatcher.query<{ exec_no: number; plan: FrozenPlan }>(
        'select exec_no, plan from campaign.execution where id = $1',
        [executionId],
      );
      if (!row) throw new Error('no execution');
      const run = { campaignId, executionId, execNo: row.exec_no, plan: row.plan };
      if (!expanded) return run;
      await world.expand(row.exec_no);
      if (await isEven(world, run)) return run;
      await cancelCampaign(scope, { id: campaignId }, 'an uneven draw');
      return world.start(experiment, variants, fields);
    },
    expand: async (execNo) => {
      while (!(await expandStep(dispatcher, { execNo, now: world.now, batch: 700, chunkSize: 100 })).closed);
    },
    deliver: (run, said = 'sent', over = {}) => deliver(world, run, { said, over }),
    decide: () => decideExperiments(dispatcher, parts, { now: world.now }),
    rows: async (execNo) => {
      const rows = await dispatcher.query<Row & { disposition: number }>(
        `select seq, contact_no, variant_no, phase, disposition, judged_at from campaign.message
         where exec_no = $1 order by seq`,
        [execNo],
      );
      return rows.map((row) => ({ ...row, disposition: dispositionName.get(row.disposition) ?? '' }));
    },
    open: async (execNo, variantNo, opened) => {
      await dispatcher.query(
        `with few as (select exec_no, seq from campaign.message where exec_no = $1 and variant_no = $2
           and opened_at is null order by seq limit $3),
         done as (update campaign.message m set opened_at = $4 from few s
           where m.exec_no = s.exec_no and m.seq = s.seq returning m.org_no, m.channel)
         insert into campaign.counter as c (exec_no, variant_no, channel, goal, bucket, org_no, opened)
         select $1, $2, channel, 0, date_trunc('minute', $4::timestamptz), min(org_no), count(*) from done group by channel
         on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update set opened = c.opened + excluded.opened`,
        [execNo, variantNo, opened, world.now],
      );
    },
    sweep: async () => complete(dispatcher, await findFinished(dispatcher), world.now),
    differences: (execNo) => findDifferences(dispatcher, execNo),
    close: async () => {
      await orm.close();
      await sender.close();
      await database.close();
    },
  };
  return world;
}

/** Ids are random, and so is who falls into which arm: of a thousand draws one looks like a broken split. */
async function isEven(world: RolloutWorld, { execNo, plan }: Run): Promise<boolean> {
  const rows = (await world.rows(execNo)).filter(({ phase }) => phase === 0);
  const drawn = plan.variants.map(({ no, allocation }) => ({
    total: rows.filter((row) => row.variant_no === no).length,
    weight: allocation,
  }));
  return plan.experiment?.mode === 'BANDIT' || sampleRatio(drawn).p > 0.05;
}

interface Delivery {
  readonly said: Said;
  readonly over: Partial<GuardOptions>;
}

async function deliver(world: RolloutWorld, { execNo, plan }: Run, { said, over }: Delivery): Promise<number> {
  let delivered = 0;
  for (let chunks = await openChunks(world, execNo); chunks.length > 0; chunks = await openChunks(world, execNo)) {
    let taken = 0;
    for (const ref of chunks) {
      const slice = await guard(world, ref, { choice: variantChoiceOf(plan), ...over });
      if (!slice) continue;
      taken += 1;
      delivered += slice.messages.length;
      const settlements = slice.messages.map(({ seq, attempt }) => ({
        ...{ seq, attempt, becomes: becoming[said] },
        reason: said === 'failed' ? 13 : 0,
        rises: said === 'refused' ? (1 as const) : (0 as const),
      }));
      await settle(world.sender, { ...ref, fence: slice.fence }, settlements, {
        now: world.now,
        leaseMs: 0,
        advance: slice.width,
        unanswered: [],
        putOff: slice.putOff,
        retryAfterMs: said === 'refused' ? 600_000 : 0,
        askAgainAfterMs: 0,
        events: [],
      });
    }
    if (taken === 0) return delivered;
  }
  return delivered;
}
