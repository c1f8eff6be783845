import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const root = join(__dirname, '..');
const production = ['src', 'simulator'];
const folders = [...production, 'demo', 'drill', 'bench', 'migrations'];

interface SourceFile {
  readonly path: string;
  readonly imports: readonly string[];
}

/** Folders that a clone may not have yet are no files. */
function filesOf(folder: string): SourceFile[] {
  const listed = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return listed.filter((name) => name.endsWith('.ts')).map((name) => readSource(join(folder, name)));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  return { path, imports: named.map((name) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name)) };
}

const existing = readdirSync(root);
const files = folders.filter((folder) => existing.includes(folder)).flatMap(filesOf);

/** `file -> import` for each import that the rule forbids: an empty list when the rule holds. */
function offences(where: (path: string) => boolean, forbidden: (name: string) => boolean): string[] {
  return files
    .filter(({ path }) => where(path))
    .flatMap(({ path, imports }) => imports.filter(forbidden).map((name) => `${relative('.', path)} -> ${name}`));
}

const inside =
  (...places: string[]) =>
  (path: string) =>
    places.some((place) => path === place || path.startsWith(`${place}/`));
const outsideWorld = /^(ioredis|@nats-io\/|undici$)/;
const frameworks = /^(@mikro-orm\/|graphql$|graphql-|type-graphql$|@apollo\/|ioredis$|@nats-io\/|pg$|fastify$|undici$)/;

describe('the architecture', () => {
  test('there is something to judge', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(({ imports }) => imports)).toContain('ioredis');
  });

  test('only adapters speak to Redis, NATS or an HTTP client', () => {
    expect(
      offences(
        (path) => inside('src')(path) && !inside('src/adapters')(path),
        (name) => outsideWorld.test(name),
      ),
    ).toEqual([]);
  });

  test('rules know no framework', () => {
    const isRule = (path: string) =>
      /\.rules\.ts$|\/transitions\.ts$/.test(path) || inside('src/shared', 'src/experiment')(path);
    const pure = (path: string) => isRule(path) && !/\.(resolver|types|inputs|enums|graph|schema)\.ts$/.test(path);
    expect(offences(pure, (name) => frameworks.test(name))).toEqual([]);
  });

  test('what is shared imports nothing of ours', () => {
    expect(offences(inside('src/shared'), (name) => inside('src')(name) && !inside('src/shared')(name))).toEqual([]);
  });

  test('entities and services know nothing of GraphQL', () => {
    const isDomain = (path: string) =>
      /\.schema\.ts$|-(service|writer|reader)\.ts$/.test(path) && !inside('src/graphql')(path);
    expect(offences(isDomain, (name) => /^(graphql|type-graphql|@apollo\/)/.test(name))).toEqual([]);
  });

  test('mapping and GraphQL never meet in one file', () => {
    const isGraph = (path: string) => /\.(types|inputs|enums|payloads)\.ts$/.test(path);
    expect(offences(isGraph, (name) => name.startsWith('@mikro-orm/'))).toEqual([]);
  });

  test('production never imports tests, demo, drills or benchmarks', () => {
    expect(offences(inside(...production), inside('test', 'demo', 'drill', 'bench'))).toEqual([]);
  });

  test('the service does not know the simulator, nor the simulator the service', () => {
    expect(offences(inside('src'), inside('simulator'))).toEqual([]);
  });
});
