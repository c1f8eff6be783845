import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSubgraph } from './schema';

// Renamed into place: a gateway that watches the file must never read half of it.
const file = join(process.cwd(), 'schema', 'campaign.graphql');
mkdirSync(join(process.cwd(), 'schema'), { recursive: true });
writeFileSync(`${file}.new`, printSubgraph());
renameSync(`${file}.new`, file);
process.stdout.write(`${file}\n`);
