/** How many characters a text has, as people and PostgreSQL count them: an emoji beyond the first plane is one, not two. */
export const countCharacters = (text: string): number => [...text].length;

/** Whether a text has no more characters than these. */
export const hasAtMost = (most: number, text: string): boolean => text.length <= most || countCharacters(text) <= most;
