import { type Database, openDatabase } from '../src/adapters/postgres';
import { recordAudit } from '../src/audit/audit-writer';
import { verifyChain } from '../src/audit/chain-reader';
import { createScope, type ScopeParts } from '../src/scope';
import { statementsOf } from '../src/statements';
import { machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';

const WRITERS = 8;
const SECONDS = 10;

/** Entries of the audit log, each in a transaction of its own: of one organization, and of eight at once. */
export async function auditBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, 1, print);
  const url = ground.stage.parts.databaseUrl;
  const app = openDatabase({ url, role: 'campaign_app', poolSize: WRITERS, applicationName: 'bench' });
  try {
    const load = machineLoad();
    const owner = openDatabase({ url, poolSize: WRITERS, applicationName: 'bench' });
    const plain = await measureBaseline(owner).finally(() => owner.close());
    const add = (no: number) => append(app, no);
    const one = await measure(app, ['audit-alone'], add);
    const names = Array.from({ length: WRITERS }, (_, n) => `audit-${n}`);
    const eight = await measure(app, names, add);
    const verified = await measureVerifying(url, one.organizationNo);
    return {
      table: [
        `rows of a table without a chain, ${WRITERS} writers: ${plain.perSecond} a second`,
        `one organization, ${WRITERS} writers: ${one.perSecond} entries a second (figure: 500)`,
        `${WRITERS} organizations, a writer each: ${eight.perSecond} entries a second`,
        `verifying: ${verified.perSecond} entries a second, ${verified.breaks} breaks in ${verified.entries}`,
        `load of the machine: ${load} before, ${machineLoad()} after`,
      ],
      figures: {
        plainRows: plain.perSecond,
        oneOrganization: one.perSecond,
        eightOrganizations: eight.perSecond,
        verified,
        load,
      },
    };
  } finally {
    await app.close();
    await ground.close();
  }
}

/** Each writer adds as fast as it can, to the organizations by turns. */
async function measure(
  database: Database,
  names: readonly string[],
  add: (organizationNo: number) => Promise<unknown>,
) {
  const numbers = await Promise.all(names.map((name) => organizationNo(database, name)));
  const end = performance.now() + SECONDS * 1_000;
  let entries = 0;
  const write = async (writer: number) => {
    const no = numbers[writer % numbers.length] ?? 0;
    for (; performance.now() < end; entries++) await add(no);
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return { perSecond: Math.round(entries / SECONDS), organizationNo: numbers[0] ?? 0 };
}

/** What one row in a transaction of its own costs on this machine: begin, a setting, an insert, a durable commit. */
async function measureBaseline(owner: Database) {
  await owner.query(
    'create table public.plain_row (org_no int, row_no bigint generated always as identity, text text)',
  );
  return measure(owner, ['audit-baseline'], (no) =>
    owner.transaction(async (transaction) => {
      await transaction.query(`select set_config('app.org', $1, true)`, [String(no)], 'bench-tenant');
      await transaction.query('insert into public.plain_row (org_no, text) values ($1, $2)', [no, plainText]);
    }),
  );
}

const plainText = 'x'.repeat(300);

async function organizationNo(app: Database, id: string): Promise<number> {
  const [row] = await app.query<{ no: number }>('select campaign.ensure_organization($1) as no', [id]);
  return row?.no ?? 0;
}

const record = {
  action: 'updateCampaign',
  objectType: 'Campaign',
  objectId: 'cmp_01hf0000000000000000000000',
  changes: ['name', 'status', 'version'].map((field) => ({ field, before: 'sha256:before', after: 'sha256:after' })),
};

function append(app: Database, organizationNo: number): Promise<void> {
  const viewer = { organizationId: 'bench', organizationNo, userId: 'usr_bench', role: 'admin' } as const;
  return app.transaction(async (transaction) => {
    await transaction.query(`select set_config('app.org', $1, true)`, [String(organizationNo)], 'bench-tenant');
    await recordAudit(statementsOf(transaction), createScope({} as ScopeParts, viewer, { id: 'bench' }), record);
  });
}

async function measureVerifying(url: string, org_no: number) {
  const database = openDatabase({ url, role: 'campaign_dispatcher', poolSize: 1, applicationName: 'bench' });
  try {
    const started = performance.now();
    const { entries, breaks } = await verifyChain(database, { org_no, id: 'audit-alone' });
    const perSecond = Math.round((entries / (performance.now() - started)) * 1_000);
    return { entries, breaks: breaks.length, perSecond };
  } finally {
    await database.close();
  }
}
