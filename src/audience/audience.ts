import type { Rule } from '../segment/rule.types';

export const audienceKinds = ['INCLUDE', 'EXCLUDE'] as const;
export type AudienceKind = (typeof audienceKinds)[number];

/** A reference to a segment, or rules of its own: who is meant (includes are ANDed) or left out (excludes ORed). */
export class Audience {
  id!: string;
  organizationNo!: number;
  campaignNo!: number;
  kind!: AudienceKind;
  segmentNo!: number | null;
  rules!: Rule | null;
  position!: number;
}
