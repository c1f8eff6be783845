/** Who keeps an audience that is not ours: a segment service, or a rules engine that judges our people. */
export const listSources = ['SEGMENT', 'RULE'] as const;
export type ListSource = (typeof listSources)[number];

/** An audience that others keep, by the id that they know it by. */
export interface RemoteReference {
  readonly source: ListSource;
  readonly id: string;
}

/** The people of such an audience as they were read at some moment. It never changes. */
export interface RemoteList extends RemoteReference {
  readonly no: number;
  /** When its last member came in. */
  readonly readAt: string;
  /** Members that the directory knows. */
  readonly people: number;
  /** Ids that the directory does not know, or whose person was erased: nobody can write to them. */
  readonly unknown: number;
}

/** Whose lists they are. */
export interface ListOwner {
  readonly organizationId: string;
  readonly organizationNo: number;
}

export const isSame = (one: RemoteReference, other: RemoteReference): boolean =>
  one.source === other.source && one.id === other.id;

/** For people: `segment vip-customers`. */
export const nameOf = ({ source, id }: RemoteReference): string => `${source.toLowerCase()} ${id}`;
