import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A program and how it was found. */
export interface FoundBinary {
  path: string;
  source: string;
  version: string;
}

/** A place to look at: where it is, and how we say so. */
export interface Candidate {
  path: string;
  source: string;
}

/** Programs named by a `*_BIN` variable, then those on PATH. */
export function onPath(program: string, variable: string): Candidate[] {
  const named = process.env[variable];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].filter(Boolean);
  const found = folders.map((folder) => join(folder, program)).filter(isExecutable);
  return [
    ...(named ? [{ path: named, source: variable }] : []),
    ...found.slice(0, 1).map((path) => ({ path, source: `PATH: ${path}` })),
  ];
}

/** The folder of an installed npm package, or undefined: optional packages are absent on other platforms. */
export function packageFolder(name: string): string | undefined {
  for (let at = __dirname; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder);
    if (at === dirname(at)) return undefined;
  }
}

/** `15.18` of `postgres (PostgreSQL) 15.18 (Debian …)`; undefined when the program does not run. */
export function versionOf(path: string): string | undefined {
  try {
    return /\d+\.\d+(\.\d+)?/.exec(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe' }))?.[0];
  } catch {
    return undefined;
  }
}

/** The last resort on Debian as root; says what it does, because it takes a while and changes the machine. */
export function installFromDebian(debianPackage: string, print: (line: string) => void): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  print(`installing ${debianPackage} with apt-get …`);
  const options = {
    stdio: 'pipe',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  } as const;
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], options);
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', debianPackage);
    return true;
  } catch {
    return false;
  }
}

/** What to do when a part is nowhere to be had. */
export function notFound(part: string, variables: string): Error {
  return new Error(
    `${part} was not found. Install it, or set ${variables}, or start everything in containers: docker compose up`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
