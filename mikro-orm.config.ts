import { readConfig } from './src/config';
import { migrationOptions } from './src/migrate';

/** For MikroORM's own command line; the service runs its migrations by `npm run migrate` and at its start. */
export default migrationOptions(readConfig({ NATS_URL: 'nats://not-used', ...process.env }).databaseUrl);
