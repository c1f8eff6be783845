const known = new Map<string, boolean>();

/**
 * Whether the name is a region of the time zone database (`Europe/Berlin`). An offset is none: it knows no summer time,
 * and PostgreSQL reads its sign the other way round.
 */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9]*([_/+-][A-Za-z0-9_+-]+)*$/.test(name) || name.length > 40) return false;
  const found = known.get(name);
  if (found !== undefined) return found;
  const answer = isKnownToTheEngine(name);
  if (known.size < 2000) known.set(name, answer);
  return answer;
};

const isKnownToTheEngine = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};
