import { MikroORM } from '@mikro-orm/postgresql';
import { AudienceSchema } from './audience/audience.schema';
import { CampaignSchema } from './campaign/campaign.schema';
import { LifecycleEventSchema } from './campaign/lifecycle-event.schema';
import { ContentBlockSchema } from './content-block/content-block.schema';
import { OrganizationSchema } from './organization/organization.schema';
import { SegmentSchema } from './segment/segment.schema';
import { TriggerSchema } from './trigger/trigger.schema';
import { ChannelSchema, VariantSchema } from './variant/variant.schema';

export interface OrmOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly poolSize?: number;
}

/** The entities' store. Its connections are campaign_app's from the startup packet on: no row without a tenant. */
export function createOrm(options: OrmOptions): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: options.url,
    entities: [
      OrganizationSchema,
      CampaignSchema,
      VariantSchema,
      ChannelSchema,
      TriggerSchema,
      AudienceSchema,
      SegmentSchema,
      ContentBlockSchema,
      LifecycleEventSchema,
    ],
    pool: { min: 0, max: options.poolSize ?? 10 },
    driverOptions: { options: '-c role=campaign_app', application_name: options.applicationName, keepAlive: true },
    // Times are written and read as instants; the session's zone must not matter.
    forceUtcTimezone: true,
  });
}
