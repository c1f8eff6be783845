import { Directory0001 } from './0001-directory';
import { Campaigns0002 } from './0002-campaigns';
import { Ledger0003 } from './0003-ledger';
import { Bus0004 } from './0004-bus';
import { Tenancy0005 } from './0005-tenancy';
import { Audit0006 } from './0006-audit';
import { QuietHours0007 } from './0007-quiet-hours';
import { Lists0008 } from './0008-lists';
import { OpenHours0008 } from './0008-open-hours';
import { Presets0008 } from './0008-presets';
import { Triggers0008 } from './0008-triggers';
import { RemoteLists0010 } from './0010-remote-lists';
import { RemoteProfiles0010 } from './0010-remote-profiles';
import { RemoteTemplates0010 } from './0010-remote-templates';
import { Experiments0012 } from './0012-experiments';
import { QuietHoursOverAFold0013 } from './0013-quiet-hours-over-a-fold';
import { SuppressionList0014 } from './0014-suppression-list';

/** Every migration in its order; listed, not globbed, so that tests and the build run the same ones. */
export const migrations = [
  { name: '0001-directory', class: Directory0001 },
  { name: '0002-campaigns', class: Campaigns0002 },
  { name: '0003-ledger', class: Ledger0003 },
  { name: '0004-bus', class: Bus0004 },
  { name: '0005-tenancy', class: Tenancy0005 },
  { name: '0006-audit', class: Audit0006 },
  { name: '0007-quiet-hours', class: QuietHours0007 },
  { name: '0008-open-hours', class: OpenHours0008 },
  { name: '0008-triggers', class: Triggers0008 },
  { name: '0008-lists', class: Lists0008 },
  { name: '0010-remote-lists', class: RemoteLists0010 },
  { name: '0010-remote-profiles', class: RemoteProfiles0010 },
  { name: '0010-remote-templates', class: RemoteTemplates0010 },
  { name: '0012-experiments', class: Experiments0012 },
  { name: '0008-presets', class: Presets0008 },
  { name: '0013-quiet-hours-over-a-fold', class: QuietHoursOverAFold0013 },
  { name: '0014-suppression-list', class: SuppressionList0014 },
];
