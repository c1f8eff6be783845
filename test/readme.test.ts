import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import packageFile from '../package.json';
import { settings } from '../src/config-settings';

const root = resolve(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The table of settings as the settings say it. */
function settingsTable(): string {
  const rows = Object.values(settings).map(({ names, unit, about, check }) => {
    const { success, data } = check.safeParse(undefined);
    const value = Array.isArray(data) ? data.join(',') : String(data ?? '');
    const preset = success ? value && `\`${value}\`` : 'required';
    return `| ${names.map((name) => `\`${name}\``).join(' ')} | ${preset} | ${unit} | ${about} |`;
  });
  return ['| variable | default | unit | what for |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

describe('the front page', () => {
  test('lists every setting as it is', () => {
    const shown = /<!-- settings -->\n([\s\S]*?)\n<!-- end of settings -->/.exec(readme)?.[1];
    expect(shown).toBe(settingsTable());
  });

  test('shows queries that the schema answers', () => {
    const schema = buildSchema(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'), { assumeValid: true });
    const queries = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query]) => query ?? '');
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
  });

  test('names only commands that there are', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z:-]+)/g)].map(([, name]) => name ?? '');
    const known = ['ci', 'run', ...Object.keys(packageFile.scripts)];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('names commands that become their program: a signal to npm ends it, not only the shell around it', () => {
    const programs = Object.entries(packageFile.scripts).filter(([, run]) => / node \S+$/.test(run));
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.filter(([, run]) => !/&& exec node \S+$/.test(run))).toEqual([]);
  });

  test('maps every folder of the sources, and none that is gone', () => {
    const map = /## Where things are\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
    const mapped = [...map.matchAll(/`([\w-]+(?:\/[\w-]+)*)\/`/g)].map(([, path]) => path ?? '');
    expect(mapped.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => `src/${name}`).filter((path) => !mapped.includes(path))).toEqual([]);
  });
});
