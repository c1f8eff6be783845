/** What is known of a row's columns. */
export interface RowColumns<Column extends string> {
  readonly every: readonly Column[];
  readonly isColumn: (name: string) => name is Column;
  /** Of which columns fields are made that are none themselves. A field that is not named here may be made of any. */
  readonly madeOf: Readonly<Record<string, readonly Column[]>>;
  /** What is needed whatever is asked for. */
  readonly always: readonly Column[];
}

/** The columns that these fields are made of. */
export function columnsFor<Column extends string>(
  fields: readonly string[],
  { every, isColumn, madeOf, always }: RowColumns<Column>,
): readonly Column[] {
  const needed = new Set(always);
  for (const field of fields) {
    const columns = Object.hasOwn(madeOf, field) ? madeOf[field] : isColumn(field) ? [field] : every;
    for (const column of columns ?? []) needed.add(column);
  }
  return [...needed].sort();
}
