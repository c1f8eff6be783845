import type { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createTransport } from 'nodemailer';
import { smtpAnswer } from './smtp-answer';
import { isMail, misshapen, type Sender, type TracedMail, toMail } from './smtp-mail';
import type { Answer, OutgoingMessage, Transport } from './transport';

export interface SmtpOptions extends Sender {
  readonly host: string;
  readonly port: number;
  readonly secure?: boolean;
  /** Only development and tests turn this off. */
  readonly requireTls?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly connections?: number;
  readonly socketTimeoutMs?: number;
}

type Pool = ReturnType<typeof openPool>;

/** Mail over a pool of SMTP connections. A server knows no keys: an answer that is lost stays lost. */
export function createSmtp(options: SmtpOptions): Transport {
  const pool = openPool(options);
  return {
    name: 'smtp',
    takesKeys: false,
    batch: 1,
    concurrency: connectionsOf(options),
    handOver: (messages, signal) => Promise.all(messages.map((message) => deliver(pool, options, message, signal))),
    async close() {
      pool.close();
    },
  };
}

function openPool(options: SmtpOptions) {
  const pool = createTransport({
    pool: true,
    host: options.host,
    port: options.port,
    secure: options.secure ?? false,
    requireTLS: options.requireTls ?? true,
    ignoreTLS: options.requireTls === false && !options.secure,
    ...(options.auth && { auth: options.auth }),
    tls: { minVersion: 'TLSv1.2' },
    maxConnections: connectionsOf(options),
    maxMessages: 1_000,
    // The pool must never send a message again by itself: only the ledger knows whether it may.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: options.socketTimeoutMs ?? 30_000,
  });
  // The stream that the connection reads from: unread, not a byte of the body has left.
  pool.use('stream', ({ data, message }, done) => {
    const open = message.createReadStream.bind(message);
    message.createReadStream = (streamOptions) => {
      const source = open(streamOptions);
      if (isTraced(data)) data.onSource(source);
      return source;
    };
    done();
  });
  return pool;
}

async function deliver(pool: Pool, sender: Sender, message: OutgoingMessage, signal?: AbortSignal): Promise<Answer> {
  const { key } = message;
  if (!isMail(message)) return { key, outcome: 'refused', reason: 'not an e-mail', permanent: true };
  const reason = misshapen(message);
  if (reason) return { key, outcome: 'refused', reason, permanent: true };
  let source: Readable | undefined;
  const mail: TracedMail = {
    ...toMail(message, sender),
    ...(signal && { signal }),
    onSource: (opened) => {
      source = opened;
    },
  };
  try {
    const { response } = await pool.sendMail(mail);
    return { key, outcome: 'accepted', providerId: response.slice(0, 200) };
  } catch (error) {
    if (!isNativeError(error)) throw error;
    return smtpAnswer(key, { error, dataBegan: source?.readableDidRead ?? false });
  }
}

const connectionsOf = (options: SmtpOptions): number => options.connections ?? 8;

const isTraced = (data: object): data is TracedMail => 'onSource' in data && typeof data.onSource === 'function';
