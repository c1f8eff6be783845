import { z } from 'zod';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { firstMistake } from '../shared/schema-mistake';

/** What a template can read of a person; the names are those of templates. */
export type Person = Readonly<z.output<typeof person>>;

const text = z.string().max(1_000).nullable();
const person = z.strictObject({
  external_id: text,
  email: text,
  first_name: text,
  last_name: text,
  locale: text,
  country: text,
  attributes: z.record(z.string(), z.unknown()),
  /** What a profile service would say; a preview asks none. */
  profile: z.record(z.string(), z.unknown()).optional(),
  /** What a rule would make of them; a preview asks none either. */
  personalization: z.record(z.string(), z.unknown()).optional(),
  /** What a localization service says where the person is, unless it is given. */
  strings: z.record(z.string(), z.unknown()).optional(),
  prices: z.record(z.string(), z.unknown()).optional(),
});

/** Somebody who has everything that a directory knows of people, and no attributes. */
const sample: Person = {
  external_id: 'sample-1',
  email: 'alex@example.com',
  first_name: 'Alex',
  last_name: 'Sample',
  locale: 'en',
  country: 'US',
  attributes: {},
};

/** A person of the directory, or the sample; `variables` stand in for what they say. */
export async function previewPerson(
  scope: Scope,
  { userId, variables }: { readonly userId?: string | undefined; readonly variables?: unknown },
): Promise<Person> {
  const known = userId === undefined ? sample : await readPerson(scope, userId);
  if (variables == null) return known;
  const given = person.partial().safeParse(variables);
  if (given.success) return { ...known, ...given.data };
  const { message, path } = firstMistake(given.error, 'variables');
  throw new DomainError('CONTENT_INVALID', message, path);
}

async function readPerson(scope: Scope, userId: string): Promise<Person> {
  const [found] = await scope.read((transaction) => transaction.query<Person>(READ, [userId]));
  if (found) return found;
  throw notFound('user', userId, 'userId');
}

const READ = `select external_id, email, first_name, last_name, locale, country, attributes from campaign.contact
where org_no = campaign.current_org() and external_id = $1 and not shadow and erased_at is null`;
