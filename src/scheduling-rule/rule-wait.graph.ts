import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CampaignType } from '../campaign/campaign.types';
import type { GraphContext } from '../graphql/context';
import type { LoaderDefinition } from '../graphql/loaders';
import type { NounGraph } from '../graphql/noun-graph';
import { RuleWaitType } from './rule-wait.types';

const WAITS_SQL = `
select a.campaign_no as no, a.rule_id as "ruleId", a.answered, a.reason, a.until,
  a.asked_at as "askedAt", a.ask_again_at as "asksAgainAt"
from campaign.scheduling_answer a
join campaign.campaign c on c.campaign_no = a.campaign_no and c.status = 'scheduled' and c.schedule ->> 'at' = a.occurrence
  and c.delivery ->> 'schedulingRuleId' = a.rule_id
where a.campaign_no = any($1::int8[]) and a.decision = 'WAIT' and not coalesce((c.schedule ->> 'byHand')::boolean, false)`;

/** By the campaign's number; nothing of those that wait for no rule. */
const ruleWaitOf: LoaderDefinition<number, RuleWaitType> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<RuleWaitType & { no: number }>(WAITS_SQL, [numbers]);
    return new Map(rows.map(({ no, ...wait }) => [String(no), wait]));
  },
};

@Resolver(() => CampaignType)
export class RuleWaitResolver {
  @FieldResolver(() => RuleWaitType, {
    nullable: true,
    description: 'What its scheduling rule says, where its time has come and the rule has it wait.',
  })
  async waitsForRule(
    @Root() { campaignNo }: CampaignType,
    @Ctx() { loaders }: GraphContext,
  ): Promise<RuleWaitType | null> {
    return (await loaders.load(ruleWaitOf, campaignNo)) ?? null;
  }
}

/** What scheduling rules add to the graph. */
export const ruleWaitGraph: NounGraph = { resolvers: [RuleWaitResolver], references: {} };
