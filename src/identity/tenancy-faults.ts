import type { Database } from '../adapters/postgres';

type Query = Pick<Database, 'query'>;

/** What the database lacks of what keeps organizations apart beneath the code, each fault named (P-30, T-A12). */
export async function tenancyFaults(database: Query): Promise<string[]> {
  const rows = await database.query<{ fault: string }>(tableFaults);
  return rows.map(({ fault }) => fault);
}

/** Why the login that requests are served with could get round row-level security, or nothing. */
export async function loginFaults(database: Query): Promise<string[]> {
  const rows = await database.query<{ fault: string }>(roleFaults);
  return rows.map(({ fault }) => fault);
}

// Partitions carry it as well, and neither grant nor policy: rows are reached through their parent alone.
const tableFaults = `
  with tenant_table as (
    select c.oid, c.relname, c.relispartition, c.relrowsecurity, c.relforcerowsecurity
    from pg_class c
    where c.relnamespace = to_regnamespace('campaign') and c.relkind in ('r', 'p')
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_no' and not a.attisdropped)
  ), app_policy as (
    select p.polname, t.*,
      -- How a name is printed depends on the search path.
      '(org_no = ( SELECT current_org() AS current_org))' = all(array_remove(array[
        replace(pg_get_expr(p.polqual, p.polrelid), 'campaign.', ''),
        replace(pg_get_expr(p.polwithcheck, p.polrelid), 'campaign.', '')], null)) as keeps
    from tenant_table t join pg_policy p on p.polrelid = t.oid
    where p.polpermissive and p.polroles && array[0::oid, to_regrole('campaign_app')::oid]
  )
  select fault from (
    select 'no table of the schema campaign carries an organization' as fault
    where not exists (select 1 from tenant_table)
    union all
    select format('row-level security is off on campaign.%s', relname) from tenant_table where not relrowsecurity
    union all
    select format('row-level security is not forced on campaign.%s', relname) from tenant_table
    where not relforcerowsecurity
    union all
    select format('campaign.%s has no policy that keeps campaign_app to one organization', relname) from tenant_table t
    where not relispartition and not exists (select 1 from app_policy p where p.oid = t.oid and keeps)
    union all
    select format('campaign_app may pass the policy %s of campaign.%s', polname, relname)
    from app_policy where relispartition or not keeps
    union all
    select format('%s may reach the partition campaign.%s directly', g.grantee, relname)
    from tenant_table t join information_schema.role_table_grants g
      on g.table_schema = 'campaign' and g.table_name = t.relname and g.grantee in ('PUBLIC', 'campaign_app')
    where relispartition group by g.grantee, relname
  ) found order by fault collate "C"`;

// A superuser is a member of every role, so of its own roles only itself is named.
const roleFaults = `
  with reachable as (
    select r.oid, r.rolname, r.rolsuper, r.rolbypassrls from pg_roles r
    where r.rolname in (session_user, current_user, 'campaign_app')
      or (pg_has_role(session_user, r.oid, 'member')
        and not (select rolsuper from pg_roles where rolname = session_user))
  ), owner as (
    select distinct relowner as oid from pg_class where relnamespace = to_regnamespace('campaign')
  )
  select fault from (
    select format('requests would be served as %s, which is a superuser', rolname) as fault
    from reachable where rolsuper
    union all
    select format('requests would be served as %s, which has BYPASSRLS', rolname) from reachable where rolbypassrls
    union all
    select format('requests would be served as %s, which owns tables', rolname)
    from reachable where oid in (select oid from owner)
  ) found order by fault collate "C"`;
