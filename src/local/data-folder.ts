import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, type Stats, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const nobody = 65_534;

/** Servers never run as root: PostgreSQL refuses to, the others need not. */
export function serverIdentity(): { uid?: number; gid?: number } {
  return isRoot() ? { uid: nobody, gid: nobody } : {};
}

/** The folder itself, or one under the temporary folder when the servers' user could not get to it. */
export function dataRoot(dir: string): string {
  const wanted = resolve(dir);
  if (isReachable(dirname(wanted))) return wanted;
  return join(tmpdir(), `campaign-service-${fingerprint(wanted)}`);
}

/** A folder that the servers' user can get into; one that it already can is left as it is. */
export function makeServerFolder(dir: string): string {
  if (existsSync(dir) && isReachable(dir)) return dir;
  // What is made on the way there is open to all, as any folder: closed like the last one, it would let no server through.
  mkdirSync(dirname(dir), { recursive: true });
  if (!isReachable(dirname(dir))) throw closedFolder(dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  giveToServers(dir);
  return dir;
}

/** What is said where the servers' user may not work in a folder. */
export const closedFolder = (dir: string): Error =>
  new Error(
    `${dir} cannot be used: the servers do not run as root, and their user may not get there. Let LOCAL_DIR name a folder ` +
      'that every user can get to (chmod o+x on those above it), or start this as another user',
  );

/** Hands a file or folder to the servers' user. */
export function giveToServers(path: string): void {
  if (isRoot()) chownSync(path, nobody, nobody);
}

/** A program's folder where the servers' user can run it: itself, or a copy when the clone lies in a closed home. */
export function runnableFolder(dir: string): string {
  if (isReachable(dir)) return dir;
  const copy = join(tmpdir(), `campaign-service-programs-${fingerprint(dir)}`);
  if (!existsSync(copy)) cpSync(dir, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isReachable(dir: string): boolean {
  if (!isRoot()) return true;
  for (let at = dir; ; at = dirname(at)) {
    if (existsSync(at) && !letsThrough(statSync(at))) return false;
    if (at === dirname(at)) return true;
  }
}

const letsThrough = ({ mode, uid, gid }: Stats): boolean =>
  (mode & (uid === nobody ? 0o100 : gid === nobody ? 0o010 : 0o001)) !== 0;

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
