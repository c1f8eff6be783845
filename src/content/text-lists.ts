interface List {
  readonly ordered: boolean;
  items: number;
  /** Liquid decides which items there are: only it could count them. */
  repeated: boolean;
}

/** The lists that a text is in, one in the other. */
export class TextLists {
  readonly #open: List[] = [];

  /** What begins a list or an item of one; undefined for any other element. */
  open(name: string): string | undefined {
    if (name === 'ul' || name === 'ol') {
      this.#open.push({ ordered: name === 'ol', items: 0, repeated: false });
      return this.#open.length === 1 ? '\n\n' : '';
    }
    return name === 'li' ? `\n${this.#mark()} ` : undefined;
  }

  /** What ends it. */
  close(name: string): string | undefined {
    if (name !== 'ul' && name !== 'ol') return name === 'li' ? '' : undefined;
    this.#open.pop();
    return this.#open.length === 0 ? '\n\n' : '';
  }

  /** Words as they were written, between and in the items. */
  read(words: string): void {
    const list = this.#open.at(-1);
    if (list && words.includes('{%')) list.repeated = true;
  }

  #mark(): string {
    const list = this.#open.at(-1);
    if (!list?.ordered || list.repeated) return '-';
    list.items++;
    return `${list.items}.`;
  }
}
