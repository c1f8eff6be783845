import { randomUUID } from 'node:crypto';
import { ledgerGauges } from '../../src/operations/ledger-gauges';
import { createMetrics } from '../../src/operations/operations-routes';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('the figures of the ledger', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.close());

  const scrape = async (): Promise<Record<string, number>> => {
    const metrics = createMetrics('dispatcher');
    await ledgerGauges(metrics, database.dispatcher)();
    const lines = (await metrics.metrics()).split('\n').filter((line) => line.startsWith('campaign'));
    return Object.fromEntries(
      lines.map((line) => [
        line.replace(/,?process="dispatcher",?| \S+$/g, '').replace('{}', ''),
        Number(line.split(' ').at(-1)),
      ]),
    );
  };

  test('an empty ledger has nothing open and no lag', async () => {
    expect(await scrape()).toMatchObject({
      campaign_chunks_open: 0,
      campaign_outbox_waiting: 0,
      campaign_outbox_lag_seconds: 0,
    });
  });

  test('what waits is counted, with the age of the oldest', async () => {
    const { org_no: orgNo } = (
      await database.owner.query<{ org_no: number }>(
        `insert into campaign.organization (id) values ($1) returning org_no`,
        [randomUUID()],
      )
    )[0] ?? { org_no: 0 };
    await database.owner.query(
      `insert into campaign.outbox (org_no, campaign_no, kind, payload, at)
       values ($1, 1, 'campaign.created', '{}', now() - interval '90 seconds'), ($1, 1, 'campaign.updated', '{}', now())`,
      [orgNo],
    );
    await database.owner.query(
      `insert into campaign.dead_letter (org_no, subject, payload, reason, deliveries) values ($1, 'event.stored', '{}', 'no id', 10)`,
      [orgNo],
    );
    const figures = await scrape();
    expect(figures).toMatchObject({ campaign_outbox_waiting: 2, campaign_dead_letters: 1 });
    expect(figures.campaign_outbox_lag_seconds).toBeGreaterThanOrEqual(90);
  });
});
