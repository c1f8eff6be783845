import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, publishedSubgraphs } from './composition';

// Renamed into place: a gateway that watches the file must never read half of it.
const file = join(process.cwd(), 'schema', 'supergraph.graphql');
writeFileSync(`${file}.new`, compose(publishedSubgraphs()));
renameSync(`${file}.new`, file);
process.stdout.write(`${file}\n`);
