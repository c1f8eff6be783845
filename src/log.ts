import pino, { type Logger } from 'pino';
import type { Config } from './config';

export type Log = Logger;

/** Never written, wherever they hang: what opens a door, and what names a person. */
const secrets = [
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
  'email',
  'phone',
  'pushToken',
  'push_token',
  'req.headers.authorization',
  'req.headers.cookie',
].flatMap((path) => [path, `*.${path}`]);

/** One JSON line per fact. ERROR means that somebody must act. */
export function createLog(
  { logLevel, environment }: Pick<Config, 'logLevel' | 'environment'>,
  processName: string,
): Log {
  return pino({
    level: logLevel,
    base: { service: 'campaign-service', process: processName, environment },
    redact: { paths: secrets, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
