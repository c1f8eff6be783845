import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SmtpWorld {
  readonly port: number;
  readonly mails: { readonly recipients: readonly string[]; readonly sender: string; readonly raw: string }[];
  close(): Promise<void>;
}

/** A real SMTP server whose behaviour follows the recipient: refuse-550, defer-450, spam-554, drop-after, drop-within, cut. */
export async function startSmtpWorld(): Promise<SmtpWorld> {
  const mails: SmtpWorld['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('refuse-550')) return done(codeError(550));
      if (address.startsWith('defer-450')) return done(codeError(450));
      done();
    },
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      const first = recipients[0] ?? '';
      const drop = () => connectionOf(server, session.id)?.destroy();
      if (first.startsWith('drop-within')) return void stream.once('data', drop);
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (first.startsWith('spam-554')) return done(codeError(554));
        const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        mails.push({ recipients, sender, raw: Buffer.concat(parts).toString() });
        if (first.startsWith('drop-after')) return drop();
        done();
      });
    },
  });
  // A connection that is cut is part of the play.
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, close: () => new Promise((closed) => server.close(closed)) };
}

const codeError = (responseCode: number): Error => Object.assign(new Error('no, said the server'), { responseCode });

function connectionOf(server: SMTPServer, id: string): { destroy(): void } | undefined {
  for (const connection of server.connections as Set<{ id: string; _socket: { destroy(): void } }>) {
    if (connection.id === id) return connection._socket;
  }
  return undefined;
}
