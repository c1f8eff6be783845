import { Migration } from '@mikro-orm/migrations';

/** Copies of templates are kept by medium: one id may have words for several. */
export class TemplatesByMedium0029 extends Migration {
  override up(): void {
    this.addSql(byMedium);
  }
}

// What a copy was made for is only known of e-mails; another is fetched again.
const byMedium = `
delete from campaign.remote_template where not content ? 'html';
alter table campaign.remote_template add column kind smallint not null default 1;
alter table campaign.remote_template alter column kind drop default;
alter table campaign.remote_template
  drop constraint remote_template_pkey,
  add primary key (org_no, template_id, kind);`;
