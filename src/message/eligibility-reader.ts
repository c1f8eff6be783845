import type { Transaction } from '../adapters/postgres';
import { presentPlan } from '../campaign/audience-estimation';
import { judgementSql } from '../dispatch/judgement-sql';
import { columnsOf, isSpread } from '../dispatch/ways-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { GatheringDefinition, LoaderDefinition } from '../graphql/loaders';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { DomainError } from '../shared/errors';
import { CHANNEL, type ChannelKind, channelName, reasonName } from '../shared/ledger-codes';
import type { SuppressionType } from './eligibility.types';
import type { StartJudgement } from './gate-values';

export interface EligibilityKey {
  readonly campaignId: string;
  readonly userId: string;
}

/** What the gates of a campaign's start say of a person. */
export interface Judgement {
  /** Nothing when it would be sent. */
  readonly reason: string | null;
  readonly variantId: string | null;
  /** What each channel says, in the order in which they are tried; nothing of who is not in the audience. */
  readonly channels: readonly JudgedChannel[];
  /** What the gates saw; nothing of who is not in the audience. */
  readonly saw?: StartJudgement;
}

/** What one channel says of a person. */
export interface JudgedChannel {
  readonly channel: ChannelKind;
  readonly wouldBeSent: boolean;
  /** What stands against it there; nothing where the message goes, or another channel comes first. */
  readonly reason: string | null;
}

const keyOf = ({ campaignId, userId }: EligibilityKey): string => JSON.stringify([campaignId, userId]);

/** Judges people as of now; a campaign or person that the viewer does not have is left out. */
export const judgementByKey: GatheringDefinition<EligibilityKey, Judgement> = {
  keyOf,
  gather: async (scope, keys) => {
    const found = new Map<string, Judgement>();
    for (const [campaignId, group] of Map.groupBy(keys, (key) => key.campaignId)) {
      const plan = await presentPlan(scope, campaignId).catch(nothingWhenMissing);
      if (plan === undefined) continue;
      const userIds = group.map(({ userId }) => userId);
      for (const [userId, judgement] of await judge(scope, plan, userIds))
        found.set(keyOf({ campaignId, userId }), judgement);
    }
    return found;
  },
};

function nothingWhenMissing(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'NOT_FOUND') return undefined;
  throw error;
}

interface Row {
  readonly userId: string;
  readonly variantNo: number | null;
  /** Nothing for who is not in the audience. */
  readonly reasonNo: number | null;
  readonly channelNo: number;
  readonly phase: number;
  readonly facts: number | null;
  /** What each channel of the plan says, in its order: 0 where it takes them. */
  readonly stops: readonly number[];
}

/** Of those who are not in a capped audience, who would be without the cap. */
async function overCap(tx: Transaction, scope: Scope, plan: FrozenPlan, rows: readonly Row[]): Promise<Set<string>> {
  const { audienceCap, ...uncapped } = plan;
  const outside = rows.filter(({ reasonNo }) => reasonNo === null).map(({ userId }) => userId);
  if (!audienceCap || outside.length === 0) return new Set();
  const judged = await judgeRows(tx, scope, uncapped, outside);
  return new Set(judged.filter(({ reasonNo }) => reasonNo !== null).map(({ userId }) => userId));
}

/** What the gates of a plan's start would say of people now, by their id. */
export async function judge(
  scope: Scope,
  plan: FrozenPlan,
  userIds: readonly string[],
): Promise<Map<string, Judgement>> {
  const { rows, over } = await scope.read(async (transaction) => {
    const judged = await judgeRows(transaction, scope, plan, userIds);
    return { rows: judged, over: await overCap(transaction, scope, plan, judged) };
  });
  const variantIds = new Map(plan.variants.map(({ no, id }) => [no, id]));
  return new Map(
    rows.map((row) => {
      const { userId, variantNo, reasonNo } = row;
      const outside = over.has(userId) ? 'over_cap' : 'not_in_audience';
      const reason = reasonNo === null ? outside : (reasonName.get(reasonNo) ?? null);
      const channels = reasonNo === null ? [] : channelsOf(plan, row);
      const saw = reasonNo === null ? {} : { saw: { ...row, plan, reasonNo } };
      return [userId, { reason, variantId: variantIds.get(variantNo ?? 0) ?? null, channels, ...saw }];
    }),
  );
}

const channelsOf = (plan: FrozenPlan, { reasonNo, channelNo, stops }: Row): JudgedChannel[] =>
  plan.channels.map((channel, index) => {
    const stop = stops[index] ?? 0;
    const isChosen = isSpread(plan) || CHANNEL[channel] === channelNo;
    const wouldBeSent = stop === 0 && reasonNo === 0 && isChosen;
    return { channel, wouldBeSent, reason: reasonName.get(stop > 0 ? stop : (reasonNo ?? 0)) ?? null };
  });

const outside = { variantNo: null, reasonNo: null, channelNo: 0, phase: 0, facts: null, stops: [] };

async function judgeRows(
  transaction: Transaction,
  { viewer, now }: Scope,
  plan: FrozenPlan,
  userIds: readonly string[],
): Promise<Row[]> {
  const people = await transaction.query<{ contactNo: number; userId: string }>(
    `select contact_no as "contactNo", external_id as "userId" from campaign.contact
     where org_no = $1 and external_id = any($2) and erased_at is null and not shadow`,
    [viewer.organizationNo, userIds],
  );
  const contacts = people.map(({ contactNo }) => contactNo);
  const parameters = new SqlParameters();
  const scope = {
    orgNo: viewer.organizationNo,
    afterContactNo: 0,
    upperContactNo: Number.MAX_SAFE_INTEGER,
    contacts,
    asOf: now(),
    tellsStops: true,
    tellsFacts: true,
  };
  const { channel, stops } = columnsOf(plan);
  const sql = `with ${judgementSql(plan, scope, parameters)}
    select contact_no as "contactNo", variant_no as "variantNo", reason as "reasonNo", ${channel} as "channelNo", phase, facts,
      array[${stops.join(', ')}]::int[] as stops
    from judged ${isSpread(plan) ? 'where leads' : ''}`;
  const judged = await transaction.query<Omit<Row, 'userId'> & { contactNo: number }>(sql, parameters.values);
  const byContact = new Map(judged.map((row) => [row.contactNo, row]));
  return people.map(({ contactNo, userId }) => {
    return { ...outside, ...byContact.get(contactNo), userId };
  });
}

/** What keeps people from being contacted, by the person's id, the oldest first. */
export const suppressionsOfUser: LoaderDefinition<string, SuppressionType[]> = {
  keyOf: (id) => id,
  read: async (transaction, userIds, { viewer }) => {
    const rows = await transaction.query<SuppressionRow>(
      `select c.external_id as "userId", s.channel as "channelNo", upper(s.reason) as reason, s.created_at as since
       from campaign.contact c join campaign.suppression s on s.contact_no = c.contact_no
       where c.org_no = $1 and c.external_id = any($2) and c.erased_at is null order by s.created_at, s.channel, s.reason`,
      [viewer.organizationNo, userIds],
    );
    const grouped = Map.groupBy(rows, ({ userId }) => userId);
    return new Map([...grouped].map(([userId, group]) => [userId, group.map(viewSuppression)]));
  },
};

type SuppressionRow = Pick<SuppressionType, 'reason' | 'since' | 'userId'> & {
  readonly channelNo: number;
};

const viewSuppression = ({ channelNo, reason, since, userId }: SuppressionRow): SuppressionType => ({
  userId,
  reason,
  since,
  channel: (channelName.get(channelNo)?.toUpperCase() as SuppressionType['channel']) ?? null,
});
