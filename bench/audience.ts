import { drillOrganization } from '../drill/campaigns';
import { openDatabase } from '../src/adapters/postgres';
import { createOrm } from '../src/orm';
import { createScope, type Scope } from '../src/scope';
import { Stack } from '../src/shared/lifecycle';
import { askAllFour, makeAudienceCampaign } from './audience-agreement';
import { makeAudience } from './audience-people';
import { type Ground, machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';

/**
 * Rules about profile and behaviour over one directory: what an estimate, a launch plan and the expansion cost beside a
 * plain count of the same people. Fails unless all four come to the same.
 */
export async function audienceBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, 0, print);
  const stack = new Stack();
  try {
    const { database } = ground.stage;
    const scope = await openScope(ground, stack);
    const place = { orgNo: scope.viewer.organizationNo, people: options.people, at: scope.now() };
    const history = await makeAudience(database, place);
    await analyze(ground);
    print('the directory is made');
    const campaignId = await makeAudienceCampaign(scope, history);
    const load = machineLoad();
    const answers = await askAllFour(scope, database, history, campaignId);
    const differ = Object.values(answers).some(
      ({ outcomes }) => JSON.stringify(outcomes) !== JSON.stringify(answers.plain.outcomes),
    );
    if (differ) throw new Error(`they do not agree: ${JSON.stringify(answers)}`);
    return report(options.people, answers, load);
  } finally {
    await stack.stop();
    await ground.close();
  }
}

function report(contacts: number, answers: Awaited<ReturnType<typeof askAllFour>>, load: string): BenchResult {
  const { plain, estimate, plan, execution } = answers;
  const audience = Object.values(plain.outcomes).reduce((sum, n) => sum + n, 0);
  const ofPlain = (ms: number) => Math.round((ms / plain.ms) * 100) / 100;
  const perSecond = Math.round((audience / execution.ms) * 1_000);
  return {
    table: [
      `${contacts} contacts, ${audience} in the audience; counted alike by all four: ${JSON.stringify(plain.outcomes)}`,
      `plain count by hand: ${plain.ms} ms`,
      `estimateAudience: ${estimate.ms} ms, ${ofPlain(estimate.ms)} of the plain count`,
      `launchPlan: ${plan.ms} ms, ${ofPlain(plan.ms)} of the plain count`,
      `expansion: ${execution.ms} ms, ${perSecond} people a second`,
      `first messages after ${execution.firstMs} ms, longest step ${execution.longestMs} ms`,
      `load of the machine: ${load} before, ${machineLoad()} after`,
    ],
    figures: {
      contacts,
      audience,
      plainMs: plain.ms,
      estimateMs: estimate.ms,
      planMs: plan.ms,
      expansionMs: execution.ms,
      firstMessagesMs: execution.firstMs,
      longestStepMs: execution.longestMs,
      estimateOfPlain: ofPlain(estimate.ms),
      planOfPlain: ofPlain(plan.ms),
      expandedPerSecond: perSecond,
      load,
    },
  };
}

async function openScope({ stage }: Ground, stack: Stack): Promise<Scope> {
  const common = { url: stage.parts.databaseUrl, applicationName: 'bench', poolSize: 2 };
  const orm = await createOrm(common);
  const database = openDatabase({ ...common, role: 'campaign_app' });
  stack.add(() => orm.close());
  stack.add(() => database.close());
  const at = new Date();
  const messageIds = { encode: () => 'msg_x', decode: () => undefined };
  return createScope(
    { database, directory: stage.database, entityManager: orm.em, now: () => at, messageIds },
    {
      organizationId: drillOrganization,
      organizationNo: stage.campaigns.organizationNo,
      userId: 'bench',
      role: 'admin',
    },
  );
}

/** As a directory is that has been there for a while. */
async function analyze({ stage }: Ground): Promise<void> {
  const owner = openDatabase({ url: stage.parts.databaseUrl, applicationName: 'bench', poolSize: 1 });
  await owner.query('vacuum analyze');
  await owner.close();
}
