const HALF_A_PAIR = /\p{Surrogate}/u;

/** Whether PostgreSQL can store the text: it takes neither NUL nor half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !HALF_A_PAIR.test(text);
