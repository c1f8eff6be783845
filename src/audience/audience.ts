import type { ListSource } from '../remote-list/remote-list';
import type { Rule } from '../segment/rule.types';

export const audienceKinds = ['INCLUDE', 'EXCLUDE'] as const;
export type AudienceKind = (typeof audienceKinds)[number];

/** A reference to a segment, to an audience that another service keeps, people named one by one, or rules of its own: who is meant (includes are ANDed) or left out (excludes ORed). */
export class Audience {
  id!: string;
  organizationNo!: number;
  campaignNo!: number;
  kind!: AudienceKind;
  segmentNo!: number | null;
  rules!: Rule | null;
  /** Of an audience that another service keeps: who keeps it, and its id there. */
  remoteSource!: ListSource | null;
  remoteId!: string | null;
  /** Of an audience of people who are named one by one: how many. */
  named!: number | null;
  position!: number;
}
