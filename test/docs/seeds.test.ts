import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphNames, ourNames, root } from './our-names';
import { features } from './seed-features';
import * as seeds from './seed-items';

const page = readFileSync(join(root, 'docs/seeds.md'), 'utf8');

/** A row of the map, under its headings. */
interface Row {
  readonly section: string;
  readonly part: string;
  readonly theirs: string;
  readonly ours: string;
}

/** Every row of every table. */
function readRows(): Row[] {
  let section = '';
  let part = '';
  return page.split('\n').flatMap((line) => {
    const [, marks = '', heading = ''] = /^(##+) (.*)/.exec(line) ?? [];
    if (marks) [section, part] = marks === '##' ? [heading, ''] : [section, heading];
    const cells = /^\| (.*?) \| (.*) \|$/.exec(line);
    if (!cells || cells[1] === 'theirs' || cells[1]?.startsWith('---')) return [];
    return [{ section, part, theirs: cells[1] ?? '', ours: cells[2] ?? '' }];
  });
}

const rows = readRows();
const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const rowsOf = (section: string, part = ''): Row[] =>
  rows.filter((row) => row.section === section && row.part.startsWith(part));

describe('the map from other campaign services', () => {
  test('names nothing of ours that is not there', () => {
    const isOurs = ourNames();
    const wrong = rows.flatMap(({ theirs, ours }) =>
      quoted(ours).flatMap((name) => (isOurs(name) ? [] : [`${theirs} -> ${name}`])),
    );
    expect(wrong).toEqual([]);
    const beside = [...page.matchAll(/^Beside these: (.*)$/gm)].flatMap(([, text = '']) => quoted(text));
    expect(beside.filter((name) => !isOurs(name))).toEqual([]);
  });

  test('says of each item where it is, that it is not there yet, or why it is not meant to be', () => {
    const answered = ({ ours }: Row) => quoted(ours).length > 0 || /\bNot yet\b|^No\b|\]\(/.test(ours);
    expect(rows.filter((row) => !answered(row))).toEqual([]);
  });

  test('calls nothing “not yet” that the schema has', () => {
    const awaited = [...page.matchAll(/\b_(\w+)_\b/g)].map(([, name = '']) => name);
    const there = graphNames();
    expect(awaited.filter((name) => there.has(name))).toEqual([]);
  });

  test.each([
    ['Endpoints', seeds.endpoints],
    ['gRPC methods', seeds.methods],
    ['Service methods', seeds.serviceMethods],
    ['Events published', seeds.published],
    ['Events subscribed', seeds.subscribed],
    ['Background jobs', seeds.jobs],
    ['Figures for Prometheus', seeds.figures],
    ['Settings', seeds.settingNames],
    ['Business rules', seeds.rules],
  ])('has a row for each of their names: %s', (section, items) => {
    const named = new Set(rowsOf(section).flatMap(({ theirs }) => quoted(theirs)));
    expect(items.filter((item) => !named.has(item))).toEqual([]);
  });

  test.each(Object.entries(seeds.tables))('has a row for each column of %s', (table, columns) => {
    const named = new Set(rowsOf('Tables', `\`${table}\``).flatMap(({ theirs }) => quoted(theirs)));
    expect(columns.filter((column) => !named.has(column))).toEqual([]);
  });

  test.each([
    ['Limits and targets', seeds.limits],
    ['Errors', seeds.errors],
    ['Features', features],
  ])('has a row for each of what they say: %s', (section, items) => {
    const said = rowsOf(section).map(({ theirs }) => theirs);
    expect(items.filter((item) => !said.some((text) => text.toLowerCase().includes(item.toLowerCase())))).toEqual([]);
  });

  test('every rule of theirs has one row', () => {
    const named = rowsOf('Business rules').flatMap(({ theirs }) => quoted(theirs));
    expect(named).toEqual([...seeds.rules]);
  });
});
