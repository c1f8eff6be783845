import type { CompiledField } from './compiled-content';
import { failed, type NotRendered } from './render-job';
import { smsSize } from './sms-segments';

/** Characters of one field where its medium says nothing: what is longer is nothing that a person reads. */
const MOST_CHARACTERS = 100_000;

/** Why a text may not be sent as it came out; it is never cut off. Its words are not told: they are a person's. */
export function judgeField(field: CompiledField, text: string): NotRendered | undefined {
  const name = field.path.join('.');
  if (text === '') return field.required ? failed('empty', `${name} is empty for this person`) : undefined;
  const { mostCharacters = MOST_CHARACTERS, mostSegments } = field;
  if (text.length > mostCharacters)
    return failed('too_long', `${name} has ${text.length} characters, ${mostCharacters} at most`);
  const segments = mostSegments === undefined ? 0 : smsSize(text).segments;
  if (mostSegments !== undefined && segments > mostSegments)
    return failed('too_long', `${name} takes ${segments} segments, ${mostSegments} at most`);
  return field.json && !isJson(text) ? failed('not_json', `${name} is not JSON for this person`) : undefined;
}

/** Why all of it may not be sent. */
export function judgeSize(json: string, most: number | undefined): NotRendered | undefined {
  const bytes = most === undefined ? 0 : Buffer.byteLength(json);
  return most !== undefined && bytes > most ? failed('too_long', `${bytes} bytes, ${most} at most`) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
