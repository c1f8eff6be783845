import type { Answer } from './transport';

/** What a failed sending tells: the server's code if it gave one, and whether its body was being read. */
export interface SmtpFailure {
  readonly error: Error;
  /** True once a byte of the body went to the socket: from there a lost answer may mean a delivered mail. */
  readonly dataBegan: boolean;
}

/** A code is the server's own word on this message; without one the stage decides. */
export function smtpAnswer(key: string, { error, dataBegan }: SmtpFailure): Answer {
  const code = numberOf(error, 'responseCode');
  if (code !== undefined && code >= 400) return refused(key, `smtp ${code}${stageOf(error)}`, code >= 500);
  const reason = textOf(error, 'code') ?? 'smtp failed';
  if (dataBegan) return { key, outcome: 'unanswered', reason };
  // Without a code an envelope fails only on our side, and would again.
  if (reason === 'EENVELOPE') return refused(key, 'address refused', true);
  return { ...refused(key, reason, false), neverLeft: true };
}

// The server's text may quote the address, so only its code is kept (P-38).
const refused = (key: string, reason: string, permanent: boolean) =>
  ({ key, outcome: 'refused', reason, permanent }) as const;

const stageOf = (error: Error): string => {
  const stage = textOf(error, 'command');
  return stage ? ` at ${stage}` : '';
};

const fieldOf = (error: Error, name: string): unknown => Object.entries(error).find(([key]) => key === name)?.[1];

const textOf = (error: Error, name: string): string | undefined => {
  const value = fieldOf(error, name);
  return typeof value === 'string' ? value : undefined;
};

const numberOf = (error: Error, name: string): number | undefined => {
  const value = fieldOf(error, name);
  return typeof value === 'number' ? value : undefined;
};
