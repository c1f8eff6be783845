/** Fetches a document that others keep for us; throws for anything but a whole answer of at most `bytes`. */
export async function fetchSmallDocument(url: string, { bytes = 262_144, timeoutMs = 3_000 } = {}): Promise<string> {
  // A redirect would let whoever answers there choose the address.
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > bytes) throw new Error(`${url} answered more than ${bytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
