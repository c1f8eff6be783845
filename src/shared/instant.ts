const INSTANT =
  /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?$/;

/**
 * The point in time that an ISO 8601 text names, in milliseconds; a text without a zone means UTC.
 * The twin of campaign.instant in migrations/0001-directory.ts: both call the same texts a point in time.
 */
export const parseInstant = (text: string): number | undefined => {
  if (!INSTANT.test(text) || !dayExists(text.slice(0, 10))) return undefined;
  const zoned = text.length === 10 || /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
  return Date.parse(zoned);
};

// The engine takes 30 February for 1 March.
const dayExists = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
