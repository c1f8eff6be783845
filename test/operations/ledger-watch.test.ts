import { type LedgerDifference, LedgerLooks, watchLedger } from '../../src/operations/ledger-watch';
import { type DeliveryWorld, openDeliveryWorld, startExecution } from '../delivery/delivery-world';

describe('the watch over the ledger', () => {
  let world: DeliveryWorld;
  beforeAll(async () => {
    world = await openDeliveryWorld();
  });
  afterAll(() => world?.close());

  const sql = (statement: string, values: readonly unknown[]) => world.database.owner.query(statement, [...values]);
  const look = async (execNo: number): Promise<string[]> => {
    return of(execNo, await watchLedger(world.database.dispatcher, 60_000));
  };
  const of = (execNo: number, found: readonly LedgerDifference[]): string[] =>
    found.filter(({ execution }) => execution === names.get(execNo)).map(({ difference }) => difference);
  const names = new Map<number, string>();
  const started = async (): Promise<number> => {
    const { execNo } = await startExecution(world, 20);
    const [row] = await sql('select id from campaign.execution where exec_no = $1', [execNo]);
    names.set(execNo, String(row?.id));
    return execNo;
  };
  const complete = (execNo: number, ago = '0 s') =>
    sql(`update campaign.execution set status = 'completed', completed_at = now() - $2::interval where exec_no = $1`, [
      execNo,
      ago,
    ]);

  test('finds nothing where everybody is accounted for', async () => {
    expect(await look(await started())).toEqual([]);
  });

  test('finds a counter that lost somebody, while the execution is at work', async () => {
    const execNo = await started();
    await sql('update campaign.counter set queued = queued - 1 where exec_no = $1', [execNo]);
    expect(await look(execNo)).toEqual(['audience 20, its dispositions together 19']);
  });

  test('finds messages that are still open when the execution is called complete', async () => {
    const execNo = await started();
    await complete(execNo);
    expect(await look(execNo)).toEqual(['completed with 20 messages still open']);
  });

  test('finds rows that no counter tells of', async () => {
    const execNo = await started();
    await sql('update campaign.message set disposition = 2 where exec_no = $1', [execNo]);
    await complete(execNo);
    expect((await look(execNo)).sort()).toEqual([
      'queued is 20 in the counters, 0 in the rows',
      'sent is 0 in the counters, 20 in the rows',
    ]);
  });

  test('finds what ended before the last look and was committed after it', async () => {
    const looks = new LedgerLooks(world.database.dispatcher);
    const execNo = await started();
    expect(of(execNo, await looks.next())).toEqual([]);
    await complete(execNo, '20 s');
    expect(of(execNo, await looks.next())).toEqual(['completed with 20 messages still open']);
  });
});
