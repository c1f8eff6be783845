import type { RemoteList } from './remote-list';
import type { RemoteListType } from './remote-list.types';

/** Lists as they were when something was judged by them. */
export const viewLists = (lists: readonly RemoteList[], usedAt: Date): RemoteListType[] =>
  lists.map(({ source, id, readAt, people, unknown }) => ({
    source,
    remoteId: id,
    readAt: new Date(readAt),
    ageSeconds: Math.max(0, Math.round((usedAt.getTime() - Date.parse(readAt)) / 1_000)),
    people,
    unknown,
  }));
