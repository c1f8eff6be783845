import type { Database } from '../src/adapters/postgres';
import type { AudienceGround, AudienceHistory } from './audience-people';

/** What the audience of the benchmark means, in rules. */
export const audienceRules = ({ autumn, winter }: AudienceHistory) => ({
  /** Two countries, and sent the autumn campaign. */
  meant: {
    all: [
      { field: 'country', operator: 'in', value: ['DE', 'FR', 'AT'] },
      { field: `behaviour.sent.${autumn.campaignId}`, operator: 'within_last', value: 30 },
    ],
  },
  /** Opened it lately, ever clicked anything, or of a high tier. */
  warm: {
    any: [
      { field: `behaviour.opened.${autumn.campaignId}`, operator: 'within_last', value: 18 },
      { field: 'behaviour.clicked', operator: 'exists' },
      { field: 'attributes.tier', operator: 'greater_than', value: 5 },
    ],
  },
  /** Opened the winter campaign, whenever. */
  tired: { field: `behaviour.opened.${winter.campaignId}`, operator: 'exists' },
});

/** The draws of the campaign that is estimated. */
export interface Draws {
  readonly organizationId: string;
  readonly campaignId: string;
  readonly controlGroupPercentage: number;
  readonly holdoutPercentage: number;
}

/**
 * What becomes of everybody in that audience, counted by a query written by hand: it shares no code with the compiler of
 * rules, the judgement or the hash, so that a mistake of theirs is not repeated here.
 */
export async function countTruth(
  database: Database,
  { orgNo, at }: Pick<AudienceGround, 'orgNo' | 'at'>,
  { autumn, winter }: AudienceHistory,
  draws: Draws,
): Promise<Readonly<Record<string, number>>> {
  const rows = await database.query<{ outcome: string; n: number }>(TRUTH, [
    orgNo,
    at,
    autumn.execNo,
    winter.execNo,
    `orgcontrol:${draws.organizationId}:`,
    draws.controlGroupPercentage * 100,
    `holdout:${draws.campaignId}:`,
    draws.holdoutPercentage * 100,
  ]);
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
}

const bucket = (
  salt: string,
): string => `(select (256 * (256 * (256 * get_byte(h, 0)::int8 + get_byte(h, 1)) + get_byte(h, 2))
  + get_byte(h, 3)) % 10000 from sha256(convert_to(${salt}::text || c.external_id, 'UTF8')) h)`;

// Joined as sets: each table is read once.
const AUDIENCE = `
select c.contact_no, c.external_id, c.email_opted_in, c.email_valid from campaign.contact c
join (select contact_no from campaign.message
  where exec_no = $3 and sent_at between $2::timestamptz - interval '720 hours' and $2) autumn using (contact_no)
left join (select distinct m.contact_no, true as yes from campaign.message m join campaign.touch t using (exec_no, seq)
  where exec_no = $3 and t.kind = 1 and t.verdict = 0 and t.at between $2::timestamptz - interval '432 hours' and $2
  ) opened using (contact_no)
left join (select distinct contact_no, true as yes from campaign.message where clicked_at is not null
  ) clicked using (contact_no)
left join (select distinct contact_no, true as yes from campaign.message where exec_no = $4 and opened_at is not null
  ) tired using (contact_no)
where c.org_no = $1 and not c.shadow and c.erased_at is null and c.country in ('DE', 'FR', 'AT')
  and (opened.yes or clicked.yes or (c.attributes ->> 'tier')::numeric > 5) and tired.yes is null`;

const TRUTH = `
select case
    when ${bucket('$5')} < $6::int then 'organization_control'
    when ${bucket('$7')} < $8::int then 'held_out'
    when s.contact_no is not null then 'suppressed'
    when not c.email_opted_in then 'no_consent'
    when not c.email_valid then 'not_eligible'
    else 'queued' end as outcome, count(*) as n
from (${AUDIENCE}) c
left join (select distinct contact_no from campaign.suppression where channel in (0, 1)) s using (contact_no)
group by 1 order by 1`;
