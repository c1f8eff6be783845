import { signToken } from '../src/identity/token';
import { systemClock } from '../src/shared/clock';
import type { Role } from '../src/shared/viewer';

const HOURS = 12;

/** A token of the development secret, as `npm run token` prints it. */
export const demoToken = (organizationId: string, role: Role, secret: string): Promise<string> =>
  signToken({
    organizationId,
    role,
    userId: `demo-${role}`,
    secret,
    now: systemClock(),
    lifetimeSeconds: HOURS * 3_600,
  });

export interface Invitation {
  readonly graphUrl: string;
  readonly campaignId: string;
  readonly worldLog: string;
  readonly admin: string;
  readonly viewer: string;
}

/** What somebody needs to look around. */
export const invitation = ({ graphUrl, campaignId, worldLog, admin, viewer }: Invitation): string => `
GraphQL   ${graphUrl} (open it in a browser: Apollo Sandbox)
provider  every request it took is in ${worldLog}

A header for an administrator, valid for ${HOURS} hours:
  {"authorization": "Bearer ${admin}"}
and for a viewer:
  {"authorization": "Bearer ${viewer}"}

A query to paste:
  query {
    experimentAnalysis(campaignId: "${campaignId}") {
      arms { name assigned sent delivered goals { goal people value rate } }
      tests { goal chiSquare degreesOfFreedom pValue }
    }
  }

It stays up; Ctrl-C ends it.
`;
