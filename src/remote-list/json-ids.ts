import { JSONParser, TokenType } from '@streamparser/json';
import { RemoteFailure } from '../remote/remote-failure';
import { expectCount, type IdParser } from './id-stream';

/** No id, cursor or number is longer: what goes on for so many bytes without one is no list of ids. */
const LONGEST_GAP = 65_536;

/** `{"user_ids": ["…"], "count": 2, "next_cursor": "…"}`: the seeds' answer, read as it comes in. */
export class JsonIds implements IdParser {
  readonly #parser = new JSONParser({ paths: ['$.user_ids.*', '$.count', '$.next_cursor'], keepStack: false });
  #ids: string[] = [];
  #found = 0;
  #said: number | undefined;
  /** How deep in the answer we are: its own fields are at 1. */
  #depth = 0;
  /** Whether the last tokens were the field of the ids, then its colon. */
  #field: 'no' | 'named' | 'next' = 'no';
  #named = false;
  #gap = 0;
  #mistake: RemoteFailure | undefined;
  nextCursor: string | undefined;

  constructor() {
    this.#parser.onToken = ({ token, value }) => {
      this.#gap = 0;
      this.#follow(token, value);
    };
    this.#parser.onValue = ({ key, value }) => this.#take(key, value);
    this.#parser.onError = () => {
      this.#mistake ??= new RemoteFailure('garbage', 'an answer that is not JSON');
    };
  }

  take(piece: Uint8Array): void {
    this.#gap += piece.length;
    this.#parser.write(piece);
    if (this.#gap > LONGEST_GAP + piece.length)
      this.#mistake ??= new RemoteFailure('garbage', 'a value without an end');
    if (this.#mistake) throw this.#mistake;
  }

  end(): void {
    if (!this.#parser.isEnded) throw new RemoteFailure('cut', 'the answer ends in the middle');
    if (this.#mistake) throw this.#mistake;
    if (!this.#named) throw new RemoteFailure('garbage', 'an answer without user_ids');
    expectCount(this.#said, this.#found);
  }

  drain(): string[] {
    const ids = this.#ids;
    this.#ids = [];
    return ids;
  }

  // A list of nobody leaves out nobody: what is not there, or no list, must not be read as one.
  #follow(token: TokenType, value: unknown): void {
    if (this.#field === 'next') {
      if (token === TokenType.LEFT_BRACKET) this.#named = true;
      else this.#mistake ??= new RemoteFailure('garbage', 'user_ids is no list');
    }
    if (this.#depth === 1 && token === TokenType.STRING) this.#field = value === 'user_ids' ? 'named' : 'no';
    else this.#field = this.#field === 'named' && token === TokenType.COLON ? 'next' : 'no';
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) this.#depth += 1;
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.#depth -= 1;
  }

  #take(key: unknown, value: unknown): void {
    if (key === 'count') this.#count(value);
    else if (key === 'next_cursor') this.nextCursor = typeof value === 'string' && value !== '' ? value : undefined;
    else if (typeof value === 'string') this.#add(value);
    else this.#mistake ??= new RemoteFailure('garbage', `id ${this.#found + 1} is no text`);
  }

  #count(said: unknown): void {
    if (typeof said === 'number') this.#said = said;
    else if (said !== null) this.#mistake ??= new RemoteFailure('garbage', 'a count that is no number');
  }

  #add(id: string): void {
    this.#ids.push(id);
    this.#found += 1;
  }
}
