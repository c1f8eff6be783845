import { createServer } from 'node:net';
import { ConfigError } from './config';

/**
 * Refuses a port that another program listens on, in one sentence, before a role would try it again and again. Somebody
 * may still take it a moment later: then the role says so itself.
 */
export function refuseTakenPort({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = new ConfigError([`PORT: ${port} is taken by another program: stop it, or set another port`]);
      reject(error.code === 'EADDRINUSE' ? taken : error);
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
