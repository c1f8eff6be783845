const HALF_A_PAIR = /\p{Surrogate}/u;

/** Whether PostgreSQL can store the text: it takes neither NUL nor half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !HALF_A_PAIR.test(text);

/** Whether PostgreSQL can store the value as JSON, and it has no more levels than these. */
export const isStorableJson = (value: unknown, levels: number): boolean => {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'boolean';
  if (levels === 0) return false;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorableJson(inner, levels - 1));
};
