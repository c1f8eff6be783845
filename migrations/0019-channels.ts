import { Migration } from '@mikro-orm/migrations';

/** What is known of a person for channels beside e-mail, and who is not to be sold to (CCPA). */
export class Channels0019 extends Migration {
  override up(): void {
    this.addSql(`alter table campaign.contact add column do_not_sell boolean not null default false`);
    this.addSql(`alter table staging.contact_row add column whatsapp_verified boolean, add column push_token text,
      add column express_consent boolean, add column do_not_sell boolean`);
  }
}
