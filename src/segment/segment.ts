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

  static create(given: Pick<Segment, 'id' | 'organizationNo' | 'name' | 'rules'>, at: Date): Segment {
    const name = checkedName(given.name);
    return Object.assign(new Segment(), given, { name, version: 1, createdAt: at, updatedAt: at });
  }

  /** Refuses a change that was made from an older version. */
  change(change: { name?: string; rules?: Rule }, expectedVersion: number, at: Date): void {
    if (expectedVersion !== this.version) {
      const message = `version ${expectedVersion} is not the present one; the segment is at version ${this.version}`;
      throw new DomainError('CONFLICT', message, 'version');
    }
    if (change.name !== undefined) this.name = checkedName(change.name);
    this.rules = change.rules ?? this.rules;
    this.version += 1;
    this.updatedAt = at;
  }
}

function checkedName(given: string): string {
  const name = plainWords(given);
  if (name !== '' && name.length <= 255 && isStorable(name)) return name;
  throw new DomainError('AUDIENCE_INVALID_SEGMENT', 'a segment needs a name of 1 to 255 characters', 'name');
}
