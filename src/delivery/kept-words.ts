import type { Database } from '../adapters/postgres';
import type { LocalizedWords } from '../localization/localized';
import { keysIn, kindsIn, type LocalizedKeys, type LocalizedKind } from '../localization/localized-keys';
import type { Localizer } from '../localization/localizer';
import { type Place, placeKey, placesOf } from '../localization/place';
import { freezeWords, frozenWords } from '../localization/word-freezing';
import { chunkPeopleSql } from './chunk-people-sql';
import type { ContentShelf } from './content-shelf';
import type { ChunkRef, GuardedMessage } from './guard';
import type { RunningExecution } from './running-executions';

/** What a template reads of strings and prices for one message. */
export type MessageWords = Partial<Record<LocalizedKind, LocalizedWords>>;

const none: MessageWords = {};
const nobody: () => MessageWords = () => none;
/** Places remembered by one process. */
const KEPT = 2_000;

/** Strings and prices for executions whose content speaks of them; the others pay nothing. */
export class KeptWords {
  /** What is fixed never changes: it is read once. */
  readonly #fixed = new Map<string, LocalizedWords>();
  /** Contents of an execution are frozen, so are the keys in them. */
  readonly #keys = new Map<number, LocalizedKeys>();

  constructor(
    private readonly database: Database,
    private readonly shelf: ContentShelf,
    private readonly localizer: Localizer | undefined,
  ) {}

  /** Before a guard: has fixed what the chunk's people are to read. False while some of it is waited for. */
  async prepare(execution: RunningExecution, chunk: Pick<ChunkRef, 'execNo' | 'chunkNo'>): Promise<boolean> {
    const keys = await this.#keysOf(execution);
    if (!this.localizer || kindsIn(keys).length === 0) return true;
    const sample = execution.plan.test?.sampleContactNo ?? null;
    const places = await this.database.query<Place>(PLACES, [chunk.execNo, chunk.chunkNo, sample], 'words-places');
    return this.#fix(execution, keys, places);
  }

  /**
   * What each message reads. Whoever moved to another place since the chunk was prepared has it fixed now: the guard grows old
   * meanwhile, and the message comes again.
   */
  async of(
    execution: RunningExecution,
    messages: readonly GuardedMessage[],
  ): Promise<(message: GuardedMessage) => MessageWords> {
    const keys = await this.#keysOf(execution);
    const kinds = kindsIn(keys);
    if (kinds.length === 0 || messages.length === 0) return nobody;
    await this.#fix(execution, keys, messages);
    const words = (kind: LocalizedKind, place: Place) =>
      this.#fixed.get(nameOf(execution, kind, placeKey(kind, place)));
    return (message) => Object.fromEntries(kinds.map((kind) => [kind, words(kind, message) ?? {}]));
  }

  async #keysOf(execution: RunningExecution): Promise<LocalizedKeys> {
    const known = this.#keys.get(execution.execNo);
    if (known) return known;
    const keys = await this.#readKeys(execution);
    if (this.#keys.size >= KEPT) this.#keys.clear();
    this.#keys.set(execution.execNo, keys);
    return keys;
  }

  async #readKeys({ orgNo, plan }: RunningExecution): Promise<LocalizedKeys> {
    const hashes = plan.variants.flatMap(({ content }) => Object.values(content));
    const contents = await Promise.all(
      hashes.map((hash) => this.shelf.known(orgNo, hash) ?? this.shelf.fetch(orgNo, hash)),
    );
    return keysIn(contents.flatMap(({ variables }) => variables));
  }

  /** True when all of these places are fixed. */
  async #fix(execution: RunningExecution, keys: LocalizedKeys, people: readonly Place[]): Promise<boolean> {
    let fixed = true;
    for (const kind of kindsIn(keys)) {
      const places = [...placesOf(kind, people)];
      const unknown = places.filter(([place]) => !this.#fixed.has(nameOf(execution, kind, place)));
      if (unknown.length > 0) fixed = (await this.#fixKind(execution, { kind, keys: keys[kind], unknown })) && fixed;
    }
    return fixed;
  }

  async #fixKind(execution: RunningExecution, { kind, keys, unknown }: Unknown): Promise<boolean> {
    const wanted = unknown.map(([place]) => place);
    await this.#read(execution, kind, wanted);
    const open = unknown.filter(([place]) => !this.#fixed.has(nameOf(execution, kind, place)));
    if (open.length === 0 || !this.localizer) return open.length === 0;
    const { execNo, orgNo, plan } = execution;
    const owner = { organizationId: plan.organizationId, organizationNo: orgNo };
    const known = await this.localizer.of({ ...owner, kind, keys, places: open.map(([, place]) => place) });
    await freezeWords(this.database, { execNo, orgNo, kind }, known);
    await this.#read(execution, kind, wanted);
    return wanted.every((place) => this.#fixed.has(nameOf(execution, kind, place)));
  }

  async #read(execution: RunningExecution, kind: LocalizedKind, places: readonly string[]): Promise<void> {
    const { execNo } = execution;
    for (const [place, words] of await frozenWords(this.database, { execNo, kind }, places))
      this.#keep(nameOf(execution, kind, place), words);
  }

  #keep(name: string, words: LocalizedWords): void {
    this.#fixed.delete(name);
    const [oldest] = this.#fixed.keys();
    if (this.#fixed.size >= KEPT && oldest !== undefined) this.#fixed.delete(oldest);
    this.#fixed.set(name, words);
  }
}

interface Unknown {
  readonly kind: LocalizedKind;
  readonly keys: readonly string[];
  readonly unknown: readonly (readonly [string, Place])[];
}

const nameOf = ({ execNo }: RunningExecution, kind: LocalizedKind, place: string): string =>
  `${execNo} ${kind} ${place}`;

const PLACES = chunkPeopleSql('distinct m.locale, c.country');
