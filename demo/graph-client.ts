import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** The public API as any other client sees it. */
export interface GraphClient {
  /** Throws with the messages of the answer's errors. */
  ask<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result>;
  /** Values in the order they come; ending the loop ends the subscription. */
  follow<Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): AsyncIterable<Result>;
  close(): Promise<void>;
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** HTTP for queries and mutations, one WebSocket for subscriptions. */
export function createGraphClient(url: string, token: string): GraphClient {
  const authorization = `Bearer ${token}`;
  const sockets = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
  return {
    ask: async (document, variables) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify({ query: print(document), variables });
      const response = await fetch(url, { method: 'POST', headers, body });
      return resultOf((await response.json()) as Answer<never>);
    },
    follow: (document, variables) => values(sockets.iterate({ query: print(document), variables })),
    close: async () => sockets.dispose(),
  };
}

async function* values<Result>(answers: AsyncIterable<unknown>): AsyncGenerator<Result> {
  for await (const answer of answers) yield resultOf(answer as Answer<Result>);
}

function resultOf<Result>({ data, errors }: Answer<Result>): Result {
  if (data && !errors?.length) return data;
  throw new Error(errors?.map(({ message }) => message).join('; ') || 'the graph answered nothing');
}

interface UserErrors {
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly path: string | null }[];
}

/** A payload that was not refused. */
export function accepted<Payload extends UserErrors>(payload: Payload): Payload {
  const [error] = payload.userErrors;
  if (!error) return payload;
  throw new Error(`${error.code}${error.path ? ` at ${error.path}` : ''}: ${error.message}`);
}

/** What a payload must hold when nothing was refused. */
export function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`the graph answered no ${what}`);
  return value;
}
