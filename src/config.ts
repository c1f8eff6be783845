import type { z } from 'zod';
import { developmentSecrets, type RoleName, settings } from './config-settings';
import { identityMistakes } from './identity/identity-settings';
import { OperatorMistake } from './shared/operator-mistake';

type Settings = typeof settings;
type Parsed = { readonly [Name in keyof Settings]: z.output<Settings[Name]['check']> };
type Filled = 'databaseAppUrl' | 'databaseDispatcherUrl' | 'publicUrl';
type Variables = Readonly<Record<string, string | undefined>>;

/** The settings of one process, checked and complete. */
export type Config = Readonly<Omit<Parsed, Filled> & Record<Filled, string>>;
export type { RoleName };

/** Names every setting that is wrong, not only the first. */
export class ConfigError extends OperatorMistake {
  constructor(readonly mistakes: readonly string[]) {
    super(`The settings are not valid:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads all settings from the environment; throws one {@link ConfigError} that names every mistake. */
export function readConfig(environment: Variables): Config {
  const variables = withDatabaseUrl(environment);
  const mistakes: string[] = [];
  const parsed = Object.fromEntries(
    Object.entries(settings).map(([field, setting]) => [field, readSetting(setting, variables, mistakes)]),
  ) as Parsed;
  mistakes.push(...combinationMistakes(parsed));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze({
    ...parsed,
    natsUrl: withCredentials(parsed),
    databaseAppUrl: parsed.databaseAppUrl ?? parsed.databaseUrl,
    databaseDispatcherUrl: parsed.databaseDispatcherUrl ?? parsed.databaseUrl,
    publicUrl: parsed.publicUrl ?? `http://localhost:${parsed.port}`,
  });
}

function readSetting(setting: Settings[keyof Settings], variables: Variables, mistakes: string[]): unknown {
  const name = setting.names.find((candidate) => given(variables, candidate)) ?? setting.names[0];
  const value = given(variables, name) ? variables[name] : undefined;
  const result = setting.check.safeParse(value);
  if (result.success) return result.data;
  const reason = value === undefined ? 'must be set' : result.error.issues.map((issue) => issue.message).join('; ');
  mistakes.push(`${name}: ${reason} (${setting.about}; ${setting.unit})`);
  return undefined;
}

function combinationMistakes(parsed: Parsed): string[] {
  const production = parsed.environment === 'production';
  const mistakes = [...secretMistakes(parsed, production), ...identityMistakes(parsed)];
  if (production && (parsed.simulateCrashAt ?? []).length > 0) mistakes.push('CRASH_AT: is refused in production');
  if (production && parsed.webhookTargets === 'any') mistakes.push('WEBHOOK_TARGETS: any is refused in production');
  return mistakes;
}

function secretMistakes(parsed: Parsed, production: boolean): string[] {
  return (Object.keys(developmentSecrets) as (keyof typeof developmentSecrets)[]).flatMap((field) => {
    const name = settings[field].names[0];
    const secret = parsed[field] ?? '';
    if (Buffer.byteLength(secret) < 32) return [`${name}: must have at least 32 bytes`];
    // Production takes no token that a shared secret signed, so its JWT_SECRET may stay as it is.
    const builtIn = field !== 'jwtSecret' && Object.values<string>(developmentSecrets).includes(secret);
    return production && builtIn ? [`${name}: must be set in production, the built-in one is for development`] : [];
  });
}

/** Whoever connects takes user and password, or the token, from the address. */
function withCredentials({ natsUrl, natsUsername, natsPassword, natsToken }: Parsed): string {
  if (!natsUsername && !natsToken) return natsUrl;
  const servers = natsUrl.split(',').map((server) => new URL(server.trim()));
  for (const server of servers) {
    server.username = encodeURIComponent(natsUsername ?? natsToken ?? '');
    if (natsUsername) server.password = encodeURIComponent(natsPassword ?? '');
  }
  return servers.join(',');
}

/** Older installations name the parts of the database's address one by one. */
function withDatabaseUrl(variables: Variables): Variables {
  if (settings.databaseUrl.names.some((name) => given(variables, name))) return variables;
  const part = (suffix: string) => variables[`POSTGRES_${suffix}`] || variables[`DB_${suffix}`];
  const host = part('HOST');
  if (!host) return variables;
  const user = encodeURIComponent(part('USER') ?? 'campaign');
  const password = encodeURIComponent(part('PASSWORD') ?? '');
  const database = part('DB') ?? part('NAME') ?? part('DATABASE') ?? 'campaign';
  const place = `${host}:${part('PORT') ?? 5432}/${encodeURIComponent(database)}`;
  const mode = part('SSLMODE');
  const suffix = mode ? `?sslmode=${encodeURIComponent(mode)}` : '';
  return { ...variables, DATABASE_URL: `postgres://${user}:${password}@${place}${suffix}` };
}

function given(variables: Variables, name: string): boolean {
  return variables[name] !== undefined && variables[name] !== '';
}

/** The parts that the environment does not name, so that a developer's machine may bring them up itself. */
export function missingParts(environment: Variables): ('postgres' | 'nats' | 'redis')[] {
  const variables = withDatabaseUrl(environment);
  const named = { postgres: settings.databaseUrl, nats: settings.natsUrl, redis: settings.redisUrl };
  return (['postgres', 'nats', 'redis'] as const).filter(
    (part) => !named[part].names.some((name) => given(variables, name)),
  );
}
