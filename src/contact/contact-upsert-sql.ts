/** The staged lines of one batch: load $1, after line $2, up to line $3. */
const ROWS = 'select * from staging.contact_row where load_no = $1 and line > $2 and line <= $3';

/** Columns that a contact always has: a line that says nothing of one is merged by a statement that leaves it out. */
const REQUIRED = [
  'email_opted_in',
  'sms_opted_in',
  'whatsapp_verified',
  'express_consent',
  'do_not_sell',
  'tags',
] as const;
const NULLABLE = ['email', 'phone', 'push_token', 'first_name', 'last_name', 'locale', 'time_zone', 'country'] as const;

/** What WhatsApp verified is a number: another one is not. */
export const SAME_NUMBER =
  'c.whatsapp_verified and (excluded.phone is null or excluded.phone is not distinct from c.phone)';

/** How many lines of the batch say which of the required columns. */
export const GROUPS = `
select array[${REQUIRED.map((column) => `${column} is not null`).join(', ')}] as said, count(*)::int as rows
from (${ROWS}) s group by 1 order by 1`;

/**
 * Merges the lines that say just these of the required columns, for organization $4 at time $5 with consent $6.
 * One statement whose search is the unique index whatever the planner believes: with statistics that do not know the
 * organization yet, a join may read all its contacts for every line. The row is changed as it is once it is locked, so
 * a consent withdrawn meanwhile is not overwritten; suppression is not touched: an import subscribes nobody again (P-20).
 */
export const upsertSql = (said: readonly boolean[]): string => {
  const given = REQUIRED.filter((_, index) => said[index]);
  const changes = [
    ...NULLABLE.map((column) => [column, `coalesce(excluded.${column}, c.${column})`] as const),
    ...given.map((column) => [column, `excluded.${column}`] as const),
    ['attributes', 'jsonb_strip_nulls(c.attributes || excluded.attributes)'] as const,
    [
      'email_valid',
      'c.email_valid or (excluded.email is not null and excluded.email is distinct from c.email)',
    ] as const,
    ...(given.includes('whatsapp_verified') ? [] : [['whatsapp_verified', SAME_NUMBER] as const]),
    ['shadow', 'false'] as const,
  ];
  return `
    insert into campaign.contact as c (org_no, external_id, email_valid, ${NULLABLE.join(', ')},
      email_opted_in, sms_opted_in, whatsapp_verified, express_consent, do_not_sell, tags, attributes, created_at, updated_at)
    select $4, s.external_id, s.email is not null, ${NULLABLE.map((column) => `s.${column}`).join(', ')},
      coalesce(s.email_opted_in, $6), coalesce(s.sms_opted_in, false), coalesce(s.whatsapp_verified, false),
      coalesce(s.express_consent, false), coalesce(s.do_not_sell, false), coalesce(s.tags, '{}'),
      jsonb_strip_nulls(s.attributes), $5, $5
    from (${ROWS}) s
    where ${REQUIRED.map((column, index) => `s.${column} is ${said[index] ? 'not null' : 'null'}`).join(' and ')}
    order by s.external_id
    on conflict (org_no, external_id) do update
    set ${changes.map(([column, value]) => `${column} = ${value}`).join(', ')}, revision = c.revision + 1, updated_at = $5
    where c.erased_at is null
      and (${changes.map(([, value]) => value).join(', ')}) is distinct from (${changes.map(([column]) => `c.${column}`).join(', ')})
    returning xmax = 0 as created`;
};
