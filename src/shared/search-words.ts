/** More words find nothing that these do not narrow down. */
const MOST_WORDS = 10;

/** The words of what somebody looks for. */
export const searchWords = (text = ''): readonly string[] => text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
