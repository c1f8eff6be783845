import { type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

describe('what is counted', () => {
  beforeAll(async () => {
    await graph.count(1, 0, { delivered: 9, opened: 3, clicked: 2, bounced_hard: 1 });
    await graph.count(1, 1, { outcomes: 5, outcome_events: 6 });
    await graph.count(2, 1, { outcomes: 2, outcome_events: 2 });
    await graph.count(1, 2, { outcomes: 2, outcome_events: 2, outcome_value: '30000.6900' });
    await graph.count(2, 2, { outcomes: 1, outcome_events: 1, outcome_value: '0.1100' });
  });

  it('an execution shows its account from the counters, balanced', async () => {
    const { data } = await graph.asOurs(
      `{ execution(id: "exe_ours") { kind occurrence round waitingFor { reason } stalledReason reconciliation {
         audience people sent unknown failed skipped heldOut control cancelled queued inFlight balanced
         skippedByReason { reason count } notSentByReason { reason count } } } }`,
    );
    expect(data.execution).toMatchObject({ kind: 'SCHEDULED', occurrence: 'once', round: 0, waitingFor: null });
    expect(data.execution.reconciliation).toEqual({
      ...{ audience: 40, people: 40, sent: 30, unknown: 10, failed: 0, skipped: 0, heldOut: 0, control: 0 },
      ...{ cancelled: 0, queued: 0, inFlight: 0, balanced: true },
      skippedByReason: [],
      notSentByReason: [{ reason: 'answer_lost', count: 10 }],
    });
  });

  it('an execution says what it waits for, and what stands still', async () => {
    const query = '{ execution(id: "exe_ours") { waitingFor { reason until } stalledReason } }';
    const soon = new Date(Date.now() + 600_000);
    const chunk = (dueAt: Date) =>
      graph.world.ledger.query(
        `insert into campaign.chunk (exec_no, chunk_no, org_no, due_at, expires_at, size, channel) values ($1, 1, $2, $3, $3, 1, 1)
         on conflict (exec_no, chunk_no) do update set due_at = excluded.due_at`,
        [graph.ours.execNo, graph.ours.orgNo, dueAt],
      );
    await chunk(soon);
    expect((await graph.asOurs(query)).data.execution).toEqual({
      waitingFor: { reason: 'DUE_TIME', until: soon.toISOString() },
      stalledReason: null,
    });
    await chunk(new Date(Date.now() - 60_000));
    const stalled = (await graph.asOurs(query)).data.execution;
    expect(stalled).toEqual({ waitingFor: null, stalledReason: expect.stringContaining('no sender') });
    const limiter = [`campaign:${graph.ours.campaignNo}`, graph.ours.orgNo, soon];
    await graph.world.ledger.query(
      'insert into campaign.limiter (scope, org_no, free_at) values ($1, $2, $3)',
      limiter,
    );
    const throttled = (await graph.asOurs(query)).data.execution;
    expect(throttled).toEqual({ waitingFor: { reason: 'THROTTLE', until: soon.toISOString() }, stalledReason: null });
    await graph.world.ledger.query('delete from campaign.chunk where exec_no = $1', [graph.ours.execNo]);
  });

  it('metrics are the same by campaign and execution, cut by variant and channel, with money exact', async () => {
    const cut =
      'metrics { sent delivered bounced outcomes { goal people events value rate } rates { delivery open bounce unsubscribe complaint } }';
    const { data, errors } = await graph.asOurs(
      `{ campaignMetrics(campaignId: "cmp_ours") { cursor ${cut} variantMetrics { name metrics { sent outcomes { value } rates { delivery } } }
         channelMetrics { channel metrics { sent } } } execution(id: "exe_ours") { ${cut} } }`,
    );
    expect(errors).toEqual([]);
    expect(data.campaignMetrics.metrics).toEqual({
      ...{ sent: 30, delivered: 9, bounced: 1 },
      outcomes: [
        { goal: 'site.visit', people: 7, events: 8, value: '0.00', rate: 7 / 40 },
        { goal: 'order.completed', people: 3, events: 3, value: '30000.80', rate: 3 / 40 },
      ],
      rates: { delivery: 0.3, open: 1 / 3, bounce: 1 / 30, unsubscribe: 0, complaint: 0 },
    });
    expect(data.execution.metrics).toEqual(data.campaignMetrics.metrics);
    expect(data.campaignMetrics.variantMetrics).toEqual([
      {
        name: '1',
        metrics: { sent: 15, outcomes: [{ value: '0.00' }, { value: '30000.69' }], rates: { delivery: 0.6 } },
      },
      { name: '2', metrics: { sent: 15, outcomes: [{ value: '0.00' }, { value: '0.11' }], rates: { delivery: 0 } } },
    ]);
    expect(data.campaignMetrics.channelMetrics).toEqual([{ channel: 'EMAIL', metrics: { sent: 30 } }]);
  });

  it('an experiment compares eligible people assigned, sent to or not', async () => {
    const { data } = await graph.asOurs(
      `{ experimentAnalysis(campaignId: "cmp_ours") { arms { name assigned sent goals { goal people } }
         tests { goal primary chiSquare degreesOfFreedom pValue } } }`,
    );
    const [visits, orders] = data.experimentAnalysis.tests;
    expect(data.experimentAnalysis.arms.map(({ assigned }: { assigned: number }) => assigned)).toEqual([20, 20]);
    // 5 of 20 against 2 of 20, by hand: (1.5² / 3.5 + 1.5² / 16.5) × 2
    expect(visits).toMatchObject({ goal: 'site.visit', primary: true, degreesOfFreedom: 1 });
    expect(visits.chiSquare).toBeCloseTo(1.5584415584, 9);
    expect(orders).toMatchObject({ goal: 'order.completed', primary: false });
  });
});
