/** Something that whoever starts a program can put right. Its message is all that they need. */
export class OperatorMistake extends Error {
  override name = 'OperatorMistake';
}

/** What a program that ends by an error says: a mistake of whoever started it in words, anything else with its stack. */
export function lastWords(error: unknown): string {
  if (error instanceof OperatorMistake) return error.message;
  if (error instanceof AggregateError) return [...error.errors.map(lastWords), stackOf(error)].join('\n');
  return error instanceof Error ? stackOf(error) : String(error);
}

const stackOf = (error: Error): string => error.stack ?? error.message;
