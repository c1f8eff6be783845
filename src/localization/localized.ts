import type { KeptAnswer } from './answer-store';
import type { LocalizedValue } from './localization-question';
import type { LocalizedKind } from './localized-keys';

/** Values under the names that templates use; without a prototype there is nothing to reach through one. */
export type LocalizedWords = Readonly<Record<string, unknown>>;

/** What is known of one kind in one place. */
export interface Localized {
  readonly words: LocalizedWords;
  /** Keys of which nothing is known, or that there is nothing. */
  readonly missing: readonly string[];
  /** The service has said something of every key, were it that it has nothing. */
  readonly isComplete: boolean;
  /** When it said the oldest of it; null where it never did. */
  readonly answeredAt: Date | null;
  /** It could not be asked again, though it is time. */
  readonly isOutdated: boolean;
}

/** Makes of answers what a template can read; those of before `freshFrom` are outdated. */
export function localizedOf(
  kind: LocalizedKind,
  keys: readonly string[],
  { answers, freshFrom }: { readonly answers: readonly KeptAnswer[]; readonly freshFrom: number },
): Localized {
  const given = answers.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const]));
  const said = new Set(given.map(([key]) => key));
  const times = answers.map(({ answeredAt }) => answeredAt.getTime());
  return {
    words: kind === 'prices' ? plain(given) : nested(given),
    missing: keys.filter((key) => !said.has(key)),
    isComplete: answers.length === keys.length,
    answeredAt: times.length > 0 ? new Date(Math.min(...times)) : null,
    isOutdated: answers.length < keys.length || times.some((time) => time < freshFrom),
  };
}

type Given = readonly (readonly [string, LocalizedValue])[];
type Tree = Record<string, unknown>;

const bare = (): Tree => Object.create(null);
const plain = (given: Given): Tree => Object.assign(bare(), Object.fromEntries(given));

/** `checkout.title` is a `title` in `checkout`. A key that has both a value and others beneath it keeps those. */
function nested(given: Given): Tree {
  const root = bare();
  for (const [key, value] of given.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const names = key.split('.');
    const last = names.pop() ?? key;
    const place = names.reduce((tree, name) => branch(tree, name), root);
    if (!isTree(place[last])) place[last] = value;
  }
  return root;
}

function branch(tree: Tree, name: string): Tree {
  const present = tree[name];
  if (isTree(present)) return present;
  const made = bare();
  tree[name] = made;
  return made;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;
