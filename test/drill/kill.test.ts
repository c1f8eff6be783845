import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeBus, readRecorded } from '../../drill/judge-bus';
import { judgeProvider } from '../../drill/judge-provider';
import { Judgement } from '../../drill/judgement';
import type { LedgerRow } from '../../drill/ledger-view';
import { readWorldLog, WORLD_LOG } from '../../simulator/world-log';
import { build } from '../demo/built-demo';
import { type DrillRun, runDrill } from './drill-program';

let dir: string;
let drill: DrillRun;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'campaign-drill-test-'));
  await build();
  drill = await runDrill('kill', '--recipients', '5000', '--kills', '10', '--dir', dir, '--minutes', '4');
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('5,000 people are written to exactly once while dispatchers and senders are killed ten times', () => {
  expect(drill.said).toMatchObject({ ok: true, differences: [] });
  expect(drill.said).toMatchObject({ sent: 5_000, accepted: 5_000, delivered: 5_000, lost: 0, acceptedTwice: 0 });
  expect(drill.said).toMatchObject({ stillOpen: 0, unknown: 0, skipped: 100, unexpectedExits: 0 });
  expect(drill.code).toBe(0);
});

test('the kills met rows in flight, and the provider was asked again for some', () => {
  const { strikes, repeats } = drill.said as { strikes: { kill: number; foundInFlight: number }; repeats: number };
  expect(strikes.kill).toBe(10);
  expect(strikes.foundInFlight).toBeGreaterThanOrEqual(8);
  expect(repeats).toBeGreaterThan(0);
  expect(drill.printed).toMatch(/kill 10: (dispatcher|sender)-\d at \d+ ended, \d+ in flight/);
});

describe('the judge, shown a provider log that was tampered with', () => {
  let lines: string[];
  let ledger: LedgerRow[];
  beforeAll(() => {
    lines = readFileSync(join(dir, 'provider', WORLD_LOG), 'utf8')
      .trimEnd()
      .split('\n');
    const accepted = lines.filter((line) => line.split('\t')[3] === 'accepted');
    ledger = accepted.map((line) => ({ messageId: line.split(':')[0] ?? '', disposition: 'sent', delivered: true }));
  });

  const judge = async (tampered: readonly string[]): Promise<string[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'campaign-judge-'));
    writeFileSync(join(folder, WORLD_LOG), tampered.map((line) => `${line}\n`).join(''));
    const judgement = new Judgement();
    await judgeProvider(readWorldLog(folder), ledger, judgement);
    rmSync(folder, { recursive: true });
    return judgement.differences;
  };
  const change = (line: string, column: number, value: string) => line.split('\t').with(column, value).join('\t');
  const firstAccepted = () => lines.findIndex((line) => line.split('\t')[3] === 'accepted');

  test('finds nothing in the true one', async () => {
    expect(await judge(lines)).toEqual([]);
  });

  test('finds a message that was accepted under a second key', async () => {
    const line = lines[firstAccepted()] ?? '';
    const again = change(line, 0, `${line.split(':')[0]}:9`);
    expect(await judge([...lines, again])).toEqual([expect.stringMatching(/^accepted twice \(1\)/)]);
  });

  test('finds a key that came with another body', async () => {
    const again = change(change(lines[firstAccepted()] ?? '', 1, 'f00'), 3, 'repeat');
    expect(await judge([...lines, again])).toEqual([expect.stringMatching(/^the same key with another body \(1\)/)]);
  });

  test('finds a message that was lost', async () => {
    const key = (lines[firstAccepted()] ?? '').split('\t')[0];
    const without = lines.filter((line) => line.split('\t')[0] !== key);
    expect(await judge(without)).toEqual([expect.stringMatching(/^sent in the ledger, never accepted \(1\)/)]);
  });

  test('finds a message that was accepted and that the ledger does not call sent', async () => {
    ledger = ledger.with(0, { ...(ledger[0] as LedgerRow), disposition: 'queued' });
    expect(await judge(lines)).toEqual([expect.stringMatching(/^accepted, not sent in the ledger \(1\)/)]);
  });
});

test('the judge finds an event that the recorder of the bus has not heard', async () => {
  const heard = await readRecorded(join(dir, 'bus.tsv'));
  const sent = heard.get('campaign.message.sent') ?? new Set<string>();
  expect(sent.size).toBe(5_000);
  const judgement = new Judgement();
  const less = new Map([...heard, ['campaign.message.sent', new Set([...sent].slice(1))]]);
  judgeBus(less, new Map([['campaign.message.sent', sent]]), judgement);
  expect(judgement.differences).toEqual([
    'events campaign.message.sent (1): 4999 instead of 5000',
    expect.stringMatching(/^campaign.message.sent never heard \(1\)/),
  ]);
});
