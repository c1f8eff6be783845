import { hash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { createJudge } from '../simulator/judge';
import { mailLine } from './mail-log';

const { values } = parseArgs({
  options: { log: { type: 'string', default: '' }, seed: { type: 'string', default: '1' } },
});
const judge = createJudge({ seed: values.seed, refuse: 0.1, hang: 0.05, maxRefusals: 2 });
const attempts = new Map<string, number>();
let mails = 0;

/** A mail server as there are many: it knows no keys, defers some recipients, and loses some of its answers. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo({ address }, _session, done) {
    const attempt = (attempts.get(address) ?? 0) + 1;
    attempts.set(address, attempt);
    if (judge.refuses(`${address}:${attempt}`, attempt))
      return done(Object.assign(new Error('later'), { responseCode: 450 }));
    done();
  },
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const answerLost = take(Buffer.concat(parts).toString(), session.envelope.rcptTo[0]?.address ?? '');
      if (answerLost) cut(session.id);
      else done();
    });
  },
});

// With the operating system before the answer leaves: killing any process loses no line.
function take(mail: string, to: string): boolean {
  const answerLost = judge.hangs(++mails);
  const messageId = /^message-id:\s*<([^@>]+)/im.exec(mail)?.[1] ?? '';
  const body = mail.slice(mail.indexOf('\r\n\r\n')).replaceAll(/--_NmP[^\r\n]*/g, '');
  appendFileSync(values.log, mailLine({ messageId, to, bodyHash: hash('sha256', body, 'hex'), answerLost }));
  return answerLost;
}

function cut(id: string): void {
  for (const connection of server.connections as Set<{ id: string; _socket: { destroy(): void } }>) {
    if (connection.id === id) connection._socket.destroy();
  }
}

server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(1));
