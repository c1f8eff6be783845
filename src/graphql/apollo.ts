import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLSchema } from 'graphql';
import type { BaseLogger } from 'pino';
import { type GraphContext, NobodysContext } from './context';
import { isFault, maskError } from './errors';
import { limitRules, queryLimits } from './limits';
import { guardOperation } from './operation-guard';

export interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly production: boolean;
  readonly log: BaseLogger;
}

/** Apollo with every default that matters stated. Looking at the schema and the Sandbox page: not in production. */
export function createApollo({ schema, production, log }: ApolloParts): ApolloServer<GraphContext> {
  return new ApolloServer<GraphContext>({
    schema,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: queryLimits.tokens },
    validationRules: limitRules(),
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: (_, error) => maskError(error, requestIdOf(error)),
    plugins: [guard, nameFaults(log), ...pages(production)],
  });
}

const pages = (production: boolean): ApolloServerPlugin[] => [
  production ? ApolloServerPluginLandingPageDisabled() : ApolloServerPluginLandingPageLocalDefault({ footer: false }),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

const guard: ApolloServerPlugin<GraphContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, contextValue }) {
        if (operation)
          guardOperation(operation, contextValue instanceof NobodysContext ? undefined : contextValue.viewer);
      },
    };
  },
};

// The formatter knows only the error, so the request's id travels on it.
function nameFaults(log: BaseLogger): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart({ contextValue: { requestId } }) {
      return {
        async didEncounterErrors({ errors }) {
          for (const error of errors.filter(isFault)) {
            error.extensions.requestId = requestId;
            log.error({ err: error.originalError ?? error, requestId, path: error.path }, 'a resolver failed');
          }
        },
      };
    },
  };
}

function requestIdOf(error: unknown): string | undefined {
  const id = (error as { extensions?: { requestId?: unknown } }).extensions?.requestId;
  return typeof id === 'string' ? id : undefined;
}
