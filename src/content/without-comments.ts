/** HTML, or its template, without what nobody is shown: comments of HTML and of Liquid. One pass, whatever is left open. */
export const withoutComments = (html: string): string =>
  without(html, /<!--|\{%-?\s*comment\s*-?%\}/g, (opening) =>
    opening === '<!--' ? /-->/g : /\{%-?\s*endcomment\s*-?%\}/g,
  );

function without(text: string, opening: RegExp, closingOf: (opening: string) => RegExp): string {
  let kept = '';
  let from = 0;
  for (let begun = opening.exec(text); begun; begun = opening.exec(text)) {
    const closing = closingOf(begun[0]);
    closing.lastIndex = opening.lastIndex;
    // What has no end hides all the rest.
    const end = closing.exec(text) ? closing.lastIndex : text.length;
    kept += text.slice(from, begun.index);
    from = end;
    opening.lastIndex = end;
  }
  return kept + text.slice(from);
}
