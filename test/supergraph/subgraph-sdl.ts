import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The SDL that a team publishes, from `schema/`. */
export const readSdl = (name: string): string => readFileSync(join(process.cwd(), 'schema', `${name}.graphql`), 'utf8');
