import { audiencesOfCampaign } from '../audience/audience.loaders';
import { accountOfPerson } from '../audience/audience-account';
import { presentPlan } from '../campaign/audience-estimation';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { GraphContext } from '../graphql/context';
import type { Scope } from '../scope';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { may } from '../shared/viewer';
import { channelWord } from '../variant/channel-word';
import { audienceValues, type Telling } from './audience-values';
import { type Judgement, judge } from './eligibility-reader';
import { gatesOf } from './gates';
import type { ExplanationType } from './message.types';

/** Of which campaign, and of whom. */
interface Question {
  readonly campaignId: string;
  readonly campaignNo: number;
  readonly userId: string;
}

/**
 * Explains a person of whom no execution has a message: by the plan of the newest one, or what a start would do where there
 * was none; of their contact as of now.
 */
export async function explainOutsider(context: GraphContext, question: Question): Promise<ExplanationType> {
  const { scope } = context;
  const asOf = scope.now();
  const run = await newestRun(scope, question.campaignNo);
  const plan = run?.plan ?? (await presentPlan(scope, question.campaignId));
  const whose = { orgNo: scope.viewer.organizationNo, userId: question.userId, asOf };
  const account = await scope.read((tx) => accountOfPerson(tx, plan, whose));
  if (account === undefined) return { asOf, gates: gatesOf(stoppedFor('not_in_directory')), channels: [] };
  const judgement = run?.isOver
    ? stoppedFor(account.isMember && account.cap?.isIn === false ? 'over_cap' : 'not_in_audience')
    : await judgedNow(scope, plan, question.userId);
  const values = audienceValues(account, await tellingOf(context, question.campaignNo, asOf));
  const channels = judgement.channels.map(({ channel, wouldBeSent, reason }) => ({
    ...{ channel: channelWord(channel), chosen: wouldBeSent, reason },
  }));
  return { asOf, gates: gatesOf(judgement, values), channels };
}

/** How this viewer is told of a campaign's audiences. */
export async function tellingOf({ viewer, loaders }: GraphContext, campaignNo: number, asOf: Date): Promise<Telling> {
  const audiences = (await loaders.load(audiencesOfCampaign, campaignNo)) ?? [];
  return { audiences, withValues: may(viewer, 'edit'), asOf };
}

const stoppedFor = (reason: string): Judgement => ({ reason, variantId: null, channels: [] });

async function judgedNow(scope: Scope, plan: FrozenPlan, userId: string): Promise<Judgement> {
  return (await judge(scope, plan, [userId])).get(userId) ?? stoppedFor('not_in_directory');
}

interface Run {
  readonly plan: FrozenPlan;
  /** Its audience is closed: who has no message in it is none of them, whatever they are now. */
  readonly isOver: boolean;
}

const newestRun = async (scope: Scope, campaignNo: number): Promise<Run | undefined> =>
  (await scope.read((tx) => tx.query<Run>(NEWEST, [campaignNo])))[0];

// Audiences of triggered campaigns are never closed by having been walked through.
const NEWEST = `
select plan, audience_closed and kind in (${EXECUTION_KIND.SCHEDULED}, ${EXECUTION_KIND.MANUAL}) as "isOver"
from campaign.execution where campaign_no = $1 and kind <> ${EXECUTION_KIND.TEST} and org_no = campaign.current_org()
order by exec_no desc limit 1`;
