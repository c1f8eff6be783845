import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A mail that the server took in. */
export interface MailRow {
  readonly messageId: string;
  readonly to: string;
  readonly bodyHash: string;
  /** Taken in, and the connection cut before the answer. */
  readonly answerLost: boolean;
}

export const mailLine = ({ messageId, to, bodyHash, answerLost }: MailRow): string =>
  `${messageId}\t${to}\t${bodyHash}\t${answerLost ? 1 : 0}\n`;

/** Mails in the order in which they were taken in. */
export async function* readMailLog(file: string): AsyncGenerator<MailRow> {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [messageId = '', to = '', bodyHash = '', lost] = line.split('\t');
    yield { messageId, to, bodyHash, answerLost: lost === '1' };
  }
}
