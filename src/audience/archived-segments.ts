import type { EntityManager } from '@mikro-orm/postgresql';
import { Segment } from '../segment/segment';
import { DomainError } from '../shared/errors';
import type { Audience } from './audience';

/** An archived segment that an audience is, and the place of that audience. */
export interface ArchivedUse {
  readonly segment: Pick<Segment, 'id' | 'name'>;
  readonly path: string;
}

/** Which of a campaign's audiences, in their order, are segments that were archived: a copy of an older one may have them. */
export async function archivedUses(em: EntityManager, audiences: readonly Audience[]): Promise<readonly ArchivedUse[]> {
  const numbers = audiences.flatMap(({ segmentNo }) => (segmentNo === null ? [] : [segmentNo]));
  if (numbers.length === 0) return [];
  const archived = await em.find(Segment, { segmentNo: { $in: numbers }, archivedAt: { $ne: null } });
  return audiences.flatMap(({ segmentNo }, index) => {
    const segment = archived.find((one) => one.segmentNo === segmentNo);
    return segment ? [{ segment, path: `audiences[${index}].segmentId` }] : [];
  });
}

/** Refuses the first of them. */
export function expectInUse([first]: readonly ArchivedUse[]): void {
  if (!first) return;
  const { id, name } = first.segment;
  const message = `the segment ${name} (${id}) is archived: choose another audience`;
  throw new DomainError('AUDIENCE_SEGMENT_ARCHIVED', message, first.path);
}
