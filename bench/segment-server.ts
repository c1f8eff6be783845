import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A segment service in a process of its own: names everybody of a drill's directory, a line for each. */
async function main(people: number): Promise<void> {
  const server = createServer(async (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (let from = 1; from <= people; from += 1_000) {
      const upTo = Math.min(from + 999, people);
      const lines = Array.from({ length: upTo - from + 1 }, (_, n) => `{"user_id":"${externalId(from + n)}"}\n`);
      if (!response.write(lines.join(''))) await once(response, 'drain');
    }
    response.end(`{"count":${people}}\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}

const externalId = (n: number): string => `customer-${n}`;

process.once('disconnect', () => process.exit());
void main(Number(process.argv[2]));
