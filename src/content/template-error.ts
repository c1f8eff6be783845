import { isNativeError } from 'node:util/types';
import { DomainError } from '../shared/errors';

/** A template that does not parse, in the words of the API: where it is wrong, counted from 1. */
export function templateError(error: unknown, path: string): DomainError {
  if (!isNativeError(error)) return new DomainError('CONTENT_TEMPLATE', 'the template cannot be read', path);
  // Deep nesting exhausts the parser's stack before any limit of its own.
  if (error.name === 'RangeError')
    return new DomainError('CONTENT_TEMPLATE', 'the template is nested too deeply', path);
  const position = /, line:(\d+), col:(\d+)$/.exec(error.message);
  const message = error.message.slice(0, position?.index).slice(0, 300);
  const where = position ? ` (line ${position[1]}, column ${position[2]})` : '';
  return new DomainError('CONTENT_TEMPLATE', `${message}${where}`, path);
}
