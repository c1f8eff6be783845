import { Directory0001 } from './0001-directory';
import { Campaigns0002 } from './0002-campaigns';
import { Ledger0003 } from './0003-ledger';
import { Bus0004 } from './0004-bus';
import { Tenancy0005 } from './0005-tenancy';
import { Audit0006 } from './0006-audit';
import { QuietHours0007 } from './0007-quiet-hours';
import { OpenHours0008 } from './0008-open-hours';
import { Triggers0009 } from './0009-triggers';
import { Lists0010 } from './0010-lists';
import { RemoteLists0011 } from './0011-remote-lists';
import { RemoteProfiles0012 } from './0012-remote-profiles';
import { RemoteTemplates0013 } from './0013-remote-templates';
import { Experiments0014 } from './0014-experiments';
import { Presets0015 } from './0015-presets';
import { QuietHoursOverAFold0016 } from './0016-quiet-hours-over-a-fold';
import { SuppressionList0017 } from './0017-suppression-list';
import { PresetVersions0018 } from './0018-preset-versions';
import { Channels0019 } from './0019-channels';
import { ContentBlocks0020 } from './0020-content-blocks';
import { HashInPlace0021 } from './0021-hash-in-place';
import { TestSends0022 } from './0022-test-sends';

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
  { name: '0009-triggers', class: Triggers0009 },
  { name: '0010-lists', class: Lists0010 },
  { name: '0011-remote-lists', class: RemoteLists0011 },
  { name: '0012-remote-profiles', class: RemoteProfiles0012 },
  { name: '0013-remote-templates', class: RemoteTemplates0013 },
  { name: '0014-experiments', class: Experiments0014 },
  { name: '0015-presets', class: Presets0015 },
  { name: '0016-quiet-hours-over-a-fold', class: QuietHoursOverAFold0016 },
  { name: '0017-suppression-list', class: SuppressionList0017 },
  { name: '0018-preset-versions', class: PresetVersions0018 },
  { name: '0019-channels', class: Channels0019 },
  { name: '0020-content-blocks', class: ContentBlocks0020 },
  { name: '0021-hash-in-place', class: HashInPlace0021 },
  { name: '0022-test-sends', class: TestSends0022 },
];
