import { parseArgs } from 'node:util';
import { settings } from '../config-settings';
import { systemClock } from '../shared/clock';
import { ROLES, type Role } from '../shared/viewer';
import { signToken } from './token';

const usage = `usage: npm run token -- --org ORG --role ${ROLES.join('|')} [--user ID] [--hours N]`;

const isRole = (text: string | undefined): text is Role => ROLES.some((role) => role === text);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      org: { type: 'string' },
      role: { type: 'string' },
      user: { type: 'string', default: 'developer' },
      hours: { type: 'string', default: '12' },
    },
  });
  const hours = Number(values.hours);
  if (!values.org || !isRole(values.role) || !(hours > 0)) throw new Error(usage);
  if (process.env.NODE_ENV === 'production') throw new Error('tokens are signed by the issuer in production');
  const token = await signToken({
    organizationId: values.org,
    role: values.role,
    userId: values.user,
    secret: settings.jwtSecret.check.parse(process.env.JWT_SECRET || undefined),
    now: systemClock(),
    lifetimeSeconds: Math.round(hours * 3_600),
  });
  process.stdout.write(`${token}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
