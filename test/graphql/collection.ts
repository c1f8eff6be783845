import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kind, type OperationTypeNode, parse, print, separateOperations } from 'graphql';

/** One operation of the ready collection, with the fragments that it needs. */
export interface CollectedOperation {
  readonly name: string;
  readonly kind: OperationTypeNode;
  readonly text: string;
}

const folder = resolve(__dirname, '../../schema/operations');

/** Every operation in the files of `schema/operations/`, or of a folder in it. */
export function readCollection(inside = '.'): ReadonlyMap<string, CollectedOperation> {
  const files = readdirSync(join(folder, inside)).filter((name) => name.endsWith('.graphql'));
  return new Map(
    files
      .flatMap((name) => operationsIn(readFileSync(join(folder, inside, name), 'utf8')))
      .map((operation) => [operation.name, operation]),
  );
}

function operationsIn(text: string): CollectedOperation[] {
  return Object.entries(separateOperations(parse(text))).map(([name, document]) => {
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined) throw new Error(`${name} is no operation`);
    return { name, kind: operation.operation, text: print(document) };
  });
}
