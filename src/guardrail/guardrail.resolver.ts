import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CampaignType } from '../campaign/campaign.types';
import type { GraphContext } from '../graphql/context';
import type { LoaderDefinition } from '../graphql/loaders';
import type { NounGraph } from '../graphql/noun-graph';
import { DecimalScalar } from '../graphql/scalars';
import { GuardrailsType, GuardrailTripType, viewGuardrails, viewTrip } from './guardrail.types';
import { spentSql } from './spent-sql';

/** What campaigns have cost by their budgets, by the campaign's number; nothing of those without one. */
const spentOfCampaign: LoaderDefinition<number, string> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<{ no: number; spent: string }>(SPENT_SQL, [numbers], 'spent of campaigns');
    return new Map(rows.map(({ no, spent }) => [String(no), spent]));
  },
};

const SPENT_SQL = `select c.campaign_no as no, ${spentSql('c.campaign_no', 'c.budget')}::text as spent
from campaign.campaign c where c.campaign_no = any($1::int8[]) and c.budget is not null`;

@Resolver(() => CampaignType)
export class GuardrailsOfCampaignResolver {
  @FieldResolver(() => GuardrailsType, { nullable: true, description: 'What it watches of itself.' })
  guardrails(@Root() { guardrails }: CampaignType): GuardrailsType | null {
    return guardrails && viewGuardrails(guardrails);
  }

  @FieldResolver(() => GuardrailTripType, {
    nullable: true,
    description: 'Why it stopped by itself the last time; it stays when a person resumes the campaign.',
  })
  guardrailTrip(@Root() { guardrailTrip }: CampaignType): GuardrailTripType | null {
    return guardrailTrip && viewTrip(guardrailTrip);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      'What its messages have cost by its budget: those accepted, those of unknown fate and those on their way. Never more than the budget; nothing without one.',
  })
  spent(@Root() { campaignNo }: CampaignType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(spentOfCampaign, campaignNo);
  }
}

/** What guardrails add to the graph. */
export const guardrailGraph: NounGraph = { resolvers: [GuardrailsOfCampaignResolver], references: {} };
