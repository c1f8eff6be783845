import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import packageFile from '../../package.json';
import { settings } from '../../src/config-settings';
import { DIRECTORY_SUBJECTS } from '../../src/events/directory-events';
import { RECEIPT_KINDS } from '../../src/events/receipt';
import { edgeCodes } from '../../src/graphql/errors';
import { ownFigures } from '../../src/operations/figures';
import { OPERATORS } from '../../src/segment/rule.types';
import { SESSION_SUBJECTS } from '../../src/session/session-event';
import { errorCodes } from '../../src/shared/error-codes';
import { REASON } from '../../src/shared/ledger-codes';

export const root = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Types, `Type.field`, `Enum.VALUE`; operations by their own name. */
export function graphNames(): Set<string> {
  const schema = buildSchema(read('schema/campaign.graphql'), { assumeValid: true });
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    for (const member of membersOf(type)) {
      names.add(`${type.name}.${member}`);
      if (['Query', 'Mutation', 'Subscription'].includes(type.name)) names.add(member);
    }
  }
  return names;
}

function membersOf(type: unknown): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  return isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}

/** `campaign.table` and `campaign.table.column`, as the migrations make them. */
function tableNames(): string[] {
  const files = readdirSync(join(root, 'migrations')).map((file) => read(join('migrations', file)));
  return files.flatMap((text) => [...madeTables(text), ...addedColumns(text)]);
}

const madeTables = (text: string): string[] =>
  [...text.matchAll(/create table (campaign\.\w+) \(\n(.*?)\n\)/gs)].flatMap(([, table = '', body = '']) => [
    table,
    ...[...body.matchAll(/^ {2}([a-z_]+) /gm)].map(([, column = '']) => `${table}.${column}`),
  ]);

const addedColumns = (text: string): string[] =>
  [...text.matchAll(/alter table (campaign\.\w+)([^;]*);/g)].flatMap(([, table = '', changes = '']) =>
    [...changes.matchAll(/add column (?:if not exists )?(\w+)/g)].map(([, column = '']) => `${table}.${column}`),
  );

/** What the code publishes or listens to. Lifecycle kinds are a type: its text is the list. */
function subjectNames(): string[] {
  const [kinds = ''] = /type LifecycleKind =.*?;/s.exec(read('src/campaign/lifecycle-event.ts')) ?? [];
  const lifecycle = [...kinds.matchAll(/'([\w.]+)'/g)].map(([, kind = '']) => kind);
  const messages = (settings.messageEvents.check.parse(undefined) ?? []).map((kind) => `campaign.message.${kind}`);
  const written = ['dispatch/sweep.ts', 'events/ingest-events.ts', 'audit/head-telling.ts', 'graphql/revocations.ts']
    .flatMap((file) => [...read(`src/${file}`).matchAll(/'((?:execution|event|order|campaign|identity)\.[\w.]+)'/g)])
    .map(([, subject = '']) => subject);
  return [
    ...lifecycle,
    ...messages,
    ...written,
    ...DIRECTORY_SUBJECTS,
    ...SESSION_SUBJECTS,
    ...RECEIPT_KINDS.map((kind) => `notification.${kind}`),
  ];
}

function figureNames(): string[] {
  const own = ownFigures.map((figure) => ('name' in figure ? String(figure.name) : ''));
  const ledger = [...read('src/operations/ledger-gauges.ts').matchAll(/name: '(\w+)'/g)].map(([, name = '']) => name);
  return [...own, ...ledger];
}

/** The parts of the database's address that older installations name. */
const databaseParts = ['HOST', 'PORT', 'USER', 'PASSWORD', 'DB', 'NAME', 'SSLMODE'].flatMap((part) => [
  `POSTGRES_${part}`,
  `DB_${part}`,
]);

function routes(): string[] {
  const files = [
    'operations/operations-routes.ts',
    ...readdirSync(join(root, 'src/tracking')).map((file) => `tracking/${file}`),
  ];
  return files.flatMap((file) => [...read(`src/${file}`).matchAll(/'(\/[\w/:]+)'/g)].map(([, route = '']) => route));
}

/** Says of a name in backticks whether there is such a thing here. */
export function ourNames(): (name: string) => boolean {
  const known = new Set([
    ...graphNames(),
    ...tableNames(),
    ...subjectNames(),
    ...figureNames(),
    ...routes(),
    ...Object.values(settings).flatMap(({ names }) => names as readonly string[]),
    ...databaseParts,
    ...Object.keys({ ...errorCodes, ...edgeCodes, ...REASON }),
    ...OPERATORS,
    ...Object.keys(packageFile.scripts).map((script) => `npm run ${script}`),
    'x-correlation-id',
  ]);
  return (name) =>
    known.has(name) ||
    (/^[\w.-]+(\/[\w.-]+)*$/.test(name) && /[/.]|^Dockerfile$/.test(name) && existsSync(join(root, name)));
}
