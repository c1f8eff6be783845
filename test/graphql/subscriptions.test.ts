import { buildExecution } from '../events/ledger-builder';
import { until } from '../support/until';
import { secret } from './graph-world';
import { type OurGraph, openOurGraph } from './our-graph';
import { connectClient } from './ws-client';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

const nobodyFollows = () => until('the end of every feed', () => graph.world.live.open === 0);

describe('subscriptions', () => {
  const progress = `subscription { executionProgress(executionId: "exe_ours") {
    cursor status reconciliation { sent unknown } metrics { delivered } execution { id reason campaign { name } } } }`;
  const nudge = () => graph.world.bus.publishCore('nudge.campaign.cmp_ours');

  it('start with the present state, then show each change through a context of its own', async () => {
    const client = connectClient(graph.world.url, graph.ourToken);
    const followed = client.follow(progress);
    const first = (await followed.next()).data.executionProgress;
    expect(first).toMatchObject({ status: 'RUNNING', reconciliation: { sent: 30, unknown: 10 } });
    expect(first.execution).toMatchObject({ id: 'exe_ours', reason: null, campaign: { name: 'cmp_ours' } });

    await graph.world.ledger.query(`update campaign.campaign set name = 'renamed' where id = 'cmp_ours'`);
    await graph.world.ledger.query(`update campaign.execution set reason = 'because' where id = 'exe_ours'`);
    await graph.count(1, 0, { sent: 1, unknown: -1 });
    nudge();
    const second = (await followed.next()).data.executionProgress;
    expect(second).toMatchObject({ reconciliation: { sent: 31, unknown: 9 } });
    expect(second.execution).toMatchObject({ reason: 'because', campaign: { name: 'renamed' } });
    expect(Number(second.cursor)).toBeGreaterThan(Number(first.cursor));
    followed.stop();
    await nobodyFollows();
    await client.close();
  });

  it('show at most four changes a second, and always the last', async () => {
    const client = connectClient(graph.world.url, graph.ourToken);
    const followed = client.follow('subscription { campaignMetrics(campaignId: "cmp_ours") { metrics { opens } } }');
    const start = (await followed.next()).data.campaignMetrics.metrics.opens;
    const began = performance.now();
    for (let n = 0; n < 60; n++) {
      await graph.count(1, 0, { opens: 1 });
      nudge();
    }
    let shown = 0;
    for (let opens = start; opens < start + 60; shown++)
      opens = (await followed.next()).data.campaignMetrics.metrics.opens;
    expect(shown).toBeLessThanOrEqual(Math.ceil((performance.now() - began) / 250) + 1);
    await client.close();
  });

  it('show what a mutation did, without waiting for the next look', async () => {
    const editor = await graph.world.token('org-ours', { role: 'editor' });
    const execution = await buildExecution(graph.world.ledger, {
      name: 'watched',
      people: 2,
      organizationId: 'org-ours',
    });
    await graph.world.ledger.query(
      `update campaign.campaign set status = 'running', started_at = now() where id = $1`,
      [execution.campaignId],
    );
    const client = connectClient(graph.world.url, graph.ourToken);
    const followed = client.follow('subscription { executionProgress(executionId: "exe_watched") { status } }');
    expect((await followed.next()).data.executionProgress.status).toBe('RUNNING');
    const began = performance.now();
    const paused = await graph.world.post(
      editor,
      'mutation { pauseCampaign(input: { id: "cmp_watched" }) { userErrors { code } } }',
    );
    expect(paused.data.pauseCampaign.userErrors).toEqual([]);
    expect((await followed.next()).data.executionProgress.status).toBe('PAUSED');
    expect(performance.now() - began).toBeLessThan(3_000);
    await client.close();
    await nobodyFollows();
  });

  it('a lost nudge only delays', async () => {
    const client = connectClient(graph.world.url, graph.ourToken);
    const followed = client.follow(progress);
    const first = (await followed.next()).data.executionProgress;
    await graph.count(1, 0, { delivered: 1 });
    const second = (await followed.next()).data.executionProgress;
    expect(second.metrics.delivered).toBe(first.metrics.delivered + 1);
    await client.close();
  });

  it('are read once for everyone who follows the same thing, and each gets the present state', async () => {
    const client = connectClient(graph.world.url, graph.ourToken);
    const first = client.follow(progress);
    await first.next();
    const others = Array.from({ length: 20 }, () => client.follow(progress));
    await Promise.all(others.map((other) => other.next()));
    expect(graph.world.live.open).toBe(1);
    const before = graph.world.statements();
    await graph.count(1, 0, { delivered: 1 });
    nudge();
    await Promise.all([first, ...others].map((follower) => follower.next()));
    // One reading, and one execution of the one document: not twenty-one.
    expect(graph.world.statements() - before).toBeLessThan(15);
    await client.close();
    await nobodyFollows();
  });

  it('end when the token ends', async () => {
    const brief = await graph.world.token('org-ours', { lifetimeSeconds: 2 });
    const client = connectClient(graph.world.url, brief);
    await client.follow(progress).next();
    await expect(client.closed).resolves.toMatchObject({ code: 4403 });
    await nobodyFollows();
  });

  it('a socket without a good token is closed', async () => {
    const client = connectClient(graph.world.url, await graph.world.token('org-ours', { secret: `another-${secret}` }));
    client.follow(progress);
    await expect(client.closed).resolves.toMatchObject({ code: 4403 });
  });

  it('have the limits of queries, and a socket carries nothing else', async () => {
    const client = connectClient(graph.world.url, graph.ourToken);
    const wide = Array.from({ length: 31 }, (_, i) => `a${i}: cursor`).join(' ');
    const refused = await client.follow(`subscription { campaignMetrics(campaignId: "cmp_ours") { ${wide} } }`).next();
    expect(JSON.stringify(refused.error)).toContain('aliases');
    const query = await client.follow('{ execution(id: "exe_ours") { id } }').next();
    expect(JSON.stringify(query.error)).toContain('HTTP');
    await client.close();
  });
});
