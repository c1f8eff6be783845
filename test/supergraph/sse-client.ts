/** The data of each event of a subscription over server-sent events; ending the loop ends the subscription. */
export async function* followBySse(
  url: string,
  token: string,
  query: string,
  variables: object,
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
): AsyncGenerator<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  let text = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: ?(.+)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data);
    }
  }
}
