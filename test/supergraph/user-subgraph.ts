import { type RootResolver, type RunningSubgraph, type SubgraphContext, serveSubgraph } from './subgraph-server';

/** A person as the user subgraph knows one. */
export interface Person {
  readonly organizationId: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Key {
  readonly id: string;
}

/** The team that owns people: everybody sees their own organization's alone. */
export function startUserSubgraph(people: Iterable<Person>, secret: string): Promise<RunningSubgraph> {
  const known = new Map<string, Person>();
  for (const person of people) known.set(`${person.organizationId} ${person.id}`, person);
  const find = (id: string, { caller }: SubgraphContext) => caller && known.get(`${caller.organizationId} ${id}`);
  const me: RootResolver = (_, __, context) => context.caller && find(context.caller.userId, context);
  const user: RootResolver<Key> = (_, { id }, context) => find(id, context);
  return serveSubgraph(
    'user',
    { Query: { me, user }, User: { __resolveReference: ({ id }: Key, context: SubgraphContext) => find(id, context) } },
    secret,
  );
}
