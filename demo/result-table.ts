import type { Arm, DemoResult } from './result';

const columns: readonly [string, (arm: Arm) => string][] = [
  ['arm', ({ variant }) => variant],
  ['assigned', ({ assigned }) => count(assigned)],
  ['sent', ({ sent }) => count(sent)],
  ['delivered', ({ delivered }) => count(delivered)],
  ['skipped', ({ skipped }) => count(skipped)],
  ['visits', ({ visits }) => count(visits)],
  ['conversions', ({ conversions }) => count(conversions)],
  ['revenue', ({ revenue }) => revenue.toLocaleString('en-US', { minimumFractionDigits: 2 })],
];

/** The result as a person reads it. */
export function resultTable(result: DemoResult): string {
  const { chiSquare, seconds, messagesPerMinute } = result;
  return [
    ...armLines(result.arms),
    '',
    `chi-square over all arms: visits ${chiSquare.visit.toFixed(4)}, conversions ${chiSquare.conversion.toFixed(4)}`,
    accountLine(result),
    `${seconds.toFixed(1)} s from start to completion, ${count(messagesPerMinute)} messages per minute`,
  ].join('\n');
}

function armLines(arms: readonly Arm[]): string[] {
  const rows = [columns.map(([title]) => title), ...arms.map((arm) => columns.map(([, cell]) => cell(arm)))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => align(cell, column, widths[column] ?? 0)).join('  '));
}

const align = (cell: string, column: number, width: number): string =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);

function accountLine({ reconciliation: account }: DemoResult): string {
  const parts = [
    ['sent', account.sent],
    ['unknown', account.unknown],
    ['failed', account.failed],
    ['skipped', account.skipped],
    ['held out', account.heldOut],
    ['control', account.control],
    ['cancelled', account.cancelled],
    ['queued', account.queued],
    ['in flight', account.inFlight],
  ] as const;
  const sum = parts.map(([name, value]) => `${count(value)} ${name}`).join(' + ');
  return `reconciliation: audience ${count(account.audience)} = ${sum}; ${account.balanced ? 'balanced' : 'NOT BALANCED'}`;
}

const count = (value: number): string => value.toLocaleString('en-US');
