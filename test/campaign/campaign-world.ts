import type { MikroORM } from '@mikro-orm/postgresql';
import type { Database } from '../../src/adapters/postgres';
import { type CampaignDraft, createCampaign } from '../../src/campaign/create-campaign';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { createOrm } from '../../src/orm';
import { createScope, type Scope, type ScopeParts } from '../../src/scope';
import { createTestDatabase } from '../support/database';

export interface World {
  /** As the dispatcher sees it: every organization. */
  readonly ledger: Database;
  /** A unit of work of somebody in an organization; the organization is made when it is new. */
  scopeOf(organizationId: string, userId?: string): Promise<Scope>;
  readonly parts: ScopeParts;
  /** What was said to have changed, commit by commit. */
  readonly committed: string[][];
  now: Date;
  close(): Promise<void>;
}

/** Real PostgreSQL, the app's role, a clock in our hand. */
export async function openWorld(): Promise<World> {
  const testDatabase = await createTestDatabase();
  const { url, app: database, dispatcher: ledger } = testDatabase;
  const orm: MikroORM = await createOrm({ url, applicationName: 'test' });
  const messageIds = { encode: () => 'msg_x', decode: () => undefined };
  const committed: string[][] = [];
  const onCommitted = (changed: ReadonlySet<string>) => committed.push([...changed]);
  const parts: ScopeParts = { database, entityManager: orm.em, now: () => world.now, messageIds, onCommitted };
  const world: World = {
    parts,
    committed,
    ledger,
    now: new Date('2026-11-21T10:00:00Z'),
    scopeOf: async (organizationId, userId = 'usr_ada') => createScope(parts, await viewerOf(organizationId, userId)),
    close: async () => {
      await orm.close();
      await testDatabase.close();
    },
  };
  const viewerOf = async (organizationId: string, userId: string) => {
    const sql = 'select campaign.ensure_organization($1) as no';
    const [row] = await database.query<{ no: number }>(sql, [organizationId]);
    return { organizationId, organizationNo: row?.no ?? 0, userId, role: 'admin' } as const;
  };
  return world;
}

export const email = (subject = 'News for {{ first_name }}') => ({
  kind: 'email' as const,
  content: { subject, html: '<p>Hello {{ first_name }}</p><a href="{{ unsubscribe_url }}">stop</a>' },
});

let named = 0;

/** A campaign that may start. */
export const readyDraft = (over: Partial<CampaignDraft> = {}): CampaignDraft => ({
  type: 'ONE_TIME',
  fields: { name: `Autumn ${++named}` },
  variants: [{ name: 'A', allocation: 100, channels: [email()] }],
  audiences: [{ kind: 'INCLUDE', rules: { field: 'country', operator: 'equals', value: 'DE' } }],
  ...over,
});

/** An organization whose campaigns may start: it has a postal address. */
export async function readyScope(world: World, organizationId: string): Promise<Scope> {
  const scope = await world.scopeOf(organizationId);
  await updateOrganizationSettings(scope, { postalAddress: 'Main Street 1, 10115 Berlin' });
  return scope;
}

export const createReady = (scope: Scope, over: Partial<CampaignDraft> = {}): Promise<string> =>
  createCampaign(scope, readyDraft(over));
