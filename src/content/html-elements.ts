import { Parser } from 'htmlparser2';
import { DEEPEST, type Span, valueAt } from './html-scan';

/** An attribute, and where its value stands; one without a value has an empty one. */
export interface Attribute extends Span {
  readonly name: string;
}

/** Hears what a page holds, in its order. */
export interface HtmlReader {
  element(name: string, attributes: readonly Attribute[]): void;
  /** What stands in a `style` element. */
  sheet?(span: Span): void;
  comment?(comment: string, begin: number): void;
}

/** Reads masked HTML once, to where elements are nested too deeply: such a page is refused where its links are looked for. */
export function readElements(masked: string, reader: HtmlReader): void {
  let attributes: Attribute[] = [];
  let sheet: number | undefined;
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        attributes = [];
      },
      onattribute: (name) => {
        const nothing = { begin: parser.startIndex, end: parser.startIndex };
        attributes.push({ ...(valueAt(masked, parser.startIndex) ?? nothing), name });
      },
      onopentag: (name) => {
        if (++depth > DEEPEST) parser.pause();
        reader.element(name, attributes);
        if (name === 'style') sheet = parser.endIndex + 1;
      },
      onclosetag: (name) => {
        depth--;
        if (name !== 'style' || sheet === undefined) return;
        reader.sheet?.({ begin: sheet, end: parser.startIndex });
        sheet = undefined;
      },
      oncomment: (comment) => reader.comment?.(comment, parser.startIndex + '<!--'.length),
    },
    { decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(masked);
  parser.end();
}
