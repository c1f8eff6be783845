import { ConfigError, missingParts, readConfig } from '../src/config';

const complete = { DATABASE_URL: 'postgres://campaign@db/campaign', NATS_URL: 'nats://bus:4222' };
const secret = 'a secret of a real installation, long enough';
const production = {
  ...complete,
  NODE_ENV: 'production',
  JWT_ISSUER: 'https://issuer.example',
  JWT_AUDIENCE: 'campaigns',
  JWKS_URL: 'https://issuer.example/keys',
  TRACKING_SECRET: secret,
  ID_SECRET: secret,
  WEBHOOK_SECRET: secret,
};

describe('settings', () => {
  test('a database and a bus are enough; all else has its default', () => {
    const config = readConfig(complete);
    expect(config).toMatchObject({
      port: 8240,
      environment: 'development',
      leaseMs: 5_000,
      publicUrl: 'http://localhost:8240',
    });
    expect(config.roles).toEqual(['api', 'dispatcher', 'sender']);
    expect(config.databaseAppUrl).toBe(complete.DATABASE_URL);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('every mistake is reported at once, by the name that was set', () => {
    const mistakes = mistakesOf({ PORT: 'eighty', ROLES: 'api,cook', LEASE_MS: '0', NATS_URL: 'http://bus' });
    expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual([
      'ROLES',
      'PORT',
      'DATABASE_URL',
      'NATS_URL',
      'LEASE_MS',
    ]);
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ ...complete, PORT: '', REDIS_URL: '' })).toMatchObject({ port: 8240, redisUrl: undefined });
  });

  test('older names are accepted, and the present name wins', () => {
    expect(readConfig({ ...complete, CAMPAIGN_SERVICE_PORT: '9000' }).port).toBe(9000);
    expect(readConfig({ ...complete, CAMPAIGN_SERVICE_PORT: '9000', PORT: '9001' }).port).toBe(9001);
    const parts = {
      POSTGRES_HOST: 'db',
      POSTGRES_USER: 'u',
      POSTGRES_PASSWORD: 'p/w',
      POSTGRES_DB: 'c',
      NATS_URL: 'nats://bus',
    };
    expect(readConfig(parts).databaseUrl).toBe('postgres://u:p%2Fw@db:5432/c');
    const plain = { DB_HOST: 'db', DB_PORT: '6432', DB_SSLMODE: 'disable', NATS_URL: 'nats://bus' };
    expect(readConfig(plain).databaseUrl).toBe('postgres://campaign:@db:6432/campaign?sslmode=disable');
    expect(readConfig({ ...complete, NATS_USERNAME: 'u', NATS_PASSWORD: 'p' }).natsUrl).toBe('nats://u:p@bus:4222');
  });

  test('production refuses the secrets of development, crash points, and tokens without an issuer', () => {
    expect(mistakesOf({ ...complete, NODE_ENV: 'production', CRASH_AT: 'settle:before' })).toEqual([
      expect.stringMatching(/^TRACKING_SECRET: must be set in production/),
      expect.stringMatching(/^ID_SECRET: must be set in production/),
      expect.stringMatching(/^WEBHOOK_SECRET: must be set in production/),
      expect.stringMatching(/^JWKS_URL: must be set in production/),
      'JWT_ISSUER: must be set in production',
      'JWT_AUDIENCE: must be set in production',
      expect.stringMatching(/^CRASH_AT: is refused in production/),
    ]);
    expect(readConfig(production).environment).toBe('production');
  });

  test('production has its webhooks go to the open internet alone', () => {
    expect(mistakesOf({ ...production, WEBHOOK_TARGETS: 'any' })).toEqual([
      'WEBHOOK_TARGETS: any is refused in production',
    ]);
  });

  test('a short secret is refused everywhere', () => {
    expect(mistakesOf({ ...complete, JWT_SECRET: 'short' })).toEqual(['JWT_SECRET: must have at least 32 bytes']);
  });

  test('what is not named may be started here', () => {
    expect(missingParts({})).toEqual(['postgres', 'nats', 'redis']);
    expect(missingParts({ ...complete, REDIS_URL: 'redis://r' })).toEqual([]);
    expect(missingParts({ POSTGRES_HOST: 'db' })).toEqual(['nats', 'redis']);
  });
});

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}
