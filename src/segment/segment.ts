import { canonicalJson } from '../shared/canonical-json';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { plainWords } from '../shared/plain-words';
import { isStorable } from '../shared/storable-text';
import type { Rule } from './rule.types';

/** Rules under a name, used by any number of campaigns. A started execution keeps the rules it started with. */
export class Segment {
  segmentNo!: number;
  id!: string;
  organizationNo!: number;
  name!: string;
  rules!: Rule;
  version!: number;
  createdAt!: Date;
  updatedAt!: Date;
  archivedAt!: Date | null;

  static create(given: Pick<Segment, 'id' | 'organizationNo' | 'name' | 'rules'>, at: Date): Segment {
    const name = checkedName(given.name);
    return Object.assign(new Segment(), given, { name, version: 1, createdAt: at, updatedAt: at, archivedAt: null });
  }

  /** Refuses what was decided on an older version. */
  expectVersion(expected: number | undefined): void {
    if (expected === undefined || expected === this.version) return;
    const message = `version ${expected} is not the present one; the segment is at version ${this.version}`;
    throw new DomainError('CONFLICT', message, 'version');
  }

  /** Answers whether anything is other than before: only then is there a new version. */
  change(change: { name?: string; rules?: Rule }, at: Date): boolean {
    const name = change.name === undefined ? this.name : checkedName(change.name);
    const { rules = this.rules } = change;
    if (name === this.name && canonicalJson(rules) === canonicalJson(this.rules)) return false;
    Object.assign(this, { name, rules });
    this.touch(at);
    return true;
  }

  /** Takes it out of use. Campaigns that are over keep it for their history. */
  archive(at: Date): void {
    this.archivedAt = at;
    this.touch(at);
  }

  private touch(at: Date): void {
    this.version += 1;
    this.updatedAt = at;
  }
}

function checkedName(given: string): string {
  const name = plainWords(given);
  if (name !== '' && hasAtMost(255, name) && isStorable(name)) return name;
  throw new DomainError('AUDIENCE_INVALID_SEGMENT', 'a segment needs a name of 1 to 255 characters', 'name');
}
