import type { Database } from '../src/adapters/postgres';
import { estimateAudience } from '../src/campaign/audience-estimation';
import { createCampaign } from '../src/campaign/create-campaign';
import { startCampaign } from '../src/campaign/start-campaign';
import { expandStep } from '../src/dispatch/expand';
import { planLaunch } from '../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../src/organization/organization-service';
import type { Scope } from '../src/scope';
import { parseRule } from '../src/segment/rule-parser';
import { createSegment } from '../src/segment/segment-service';
import { reasonName } from '../src/shared/ledger-codes';
import type { AudienceHistory } from './audience-people';
import { audienceRules, countTruth } from './audience-truth';

/** People by what becomes of them; zeros are left out, both kinds of held-out people are one. */
export type Outcomes = Readonly<Record<string, number>>;

/** One way to the figures, and how long it took. */
export interface Answer {
  readonly ms: number;
  readonly outcomes: Outcomes;
}

const PERCENTAGES = { controlGroupPercentage: 5, holdoutPercentage: 10 };

/** A campaign of three segments, two that mean people and one that leaves some out, with a holdout; answers its id. */
export async function makeAudienceCampaign(scope: Scope, history: AudienceHistory): Promise<string> {
  const { meant, warm, tired } = audienceRules(history);
  const segment = (name: string, rules: unknown) => createSegment(scope, { name, rules: parseRule(rules) });
  await updateOrganizationSettings(scope, {
    controlGroupPercentage: PERCENTAGES.controlGroupPercentage,
    limits: { enabled: false },
    quietHours: { enabled: false },
    postalAddress: 'Main Street 1, 10115 Berlin',
  });
  const content = { subject: 'News', html: '<p>News. <a href="{{ unsubscribe_url }}">stop</a></p>' };
  return createCampaign(scope, {
    type: 'ONE_TIME',
    fields: { name: 'Audience', holdoutHundredths: PERCENTAGES.holdoutPercentage * 100 },
    variants: ['A', 'B'].map((name) => ({ name, allocation: 50, channels: [{ kind: 'email', content }] })),
    audiences: [
      { kind: 'INCLUDE', segmentId: await segment('Meant', meant) },
      { kind: 'INCLUDE', segmentId: await segment('Warm', warm) },
      { kind: 'EXCLUDE', segmentId: await segment('Tired', tired) },
    ],
  });
}

/** The same people, counted by a query written by hand, estimated, planned and expanded. */
export async function askAllFour(
  scope: Scope,
  ledger: Database,
  history: AudienceHistory,
  campaignId: string,
): Promise<Readonly<Record<'plain' | 'estimate' | 'plan', Answer>> & { readonly execution: Expanded }> {
  const draws = { organizationId: scope.viewer.organizationId, campaignId, ...PERCENTAGES };
  const place = { orgNo: scope.viewer.organizationNo, at: scope.now() };
  return {
    plain: await timed(() => countTruth(ledger, place, history, draws)),
    estimate: await timed(async () => {
      const { sent, heldOut, skipped } = await estimateAudience(scope, { campaignId });
      return { queued: sent, held_out: heldOut, ...byReason(skipped) };
    }),
    plan: await timed(async () => {
      const { sent, exclusions } = (await planLaunch(scope, campaignId)).figures;
      return { queued: sent, ...byReason(exclusions) };
    }),
    execution: await execute(scope, ledger, campaignId),
  };
}

const byReason = (counts: readonly { reason: string; count: number }[]) =>
  Object.fromEntries(counts.map(({ reason, count }) => [reason, count]));

/** How an expansion went: until its first messages could be sent, and how long its longest step was. */
export interface Expanded extends Answer {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Only the expansion is timed, in steps as the dispatcher makes them; its people are counted in the rows that it has left. */
async function execute(scope: Scope, ledger: Database, campaignId: string): Promise<Expanded> {
  const { executionId } = await startCampaign(scope, { id: campaignId });
  const [execution] = await ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const step = { execNo: execution?.exec_no ?? 0, now: scope.now(), chunkSize: 500 };
  const steps = [await expandOnce(ledger, { ...step, batch: 1_000 })];
  while (!steps.at(-1)?.closed) steps.push(await expandOnce(ledger, { ...step, batch: 10_000 }));
  const rows = await ledger.query<{ gate: number; n: number }>(WRITTEN, [step.execNo]);
  const outcomes = rows.map(({ gate, n }) => [gate === 0 ? 'queued' : (reasonName.get(gate) ?? String(gate)), n]);
  return {
    ms: total(steps),
    firstMs: total(steps.slice(0, steps.findIndex(({ queued }) => queued > 0) + 1)),
    longestMs: Math.max(...steps.map(({ ms }) => ms)),
    outcomes: tidy(Object.fromEntries(outcomes)),
  };
}

async function expandOnce(ledger: Database, options: Parameters<typeof expandStep>[1]) {
  const began = performance.now();
  const { closed, queued } = await expandStep(ledger, options);
  return { closed, queued, ms: Math.round(performance.now() - began) };
}

const total = (steps: readonly { readonly ms: number }[]): number => steps.reduce((sum, { ms }) => sum + ms, 0);

const WRITTEN = 'select gate, count(*) as n from campaign.message where exec_no = $1 group by 1';

async function timed(work: () => Promise<Outcomes>): Promise<Answer> {
  const began = performance.now();
  const outcomes = await work();
  return { ms: Math.round(performance.now() - began), outcomes: tidy(outcomes) };
}

function tidy({ organization_control = 0, held_out = 0, ...others }: Outcomes): Outcomes {
  const all = Object.entries({ ...others, held_out: held_out + organization_control });
  return Object.fromEntries(all.filter(([, n]) => n > 0).sort(([one], [other]) => one.localeCompare(other)));
}
