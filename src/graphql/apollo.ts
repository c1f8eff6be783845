import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { BaseLogger } from 'pino';
import { executeCompiled } from './compiled-execution';
import { type GraphContext, NobodysContext } from './context';
import type { EdgeLimits } from './edge-settings';
import { isFault, maskError } from './errors';
import { guardOperation, keepSchemaFrom } from './operation-guard';
import { refuseMistakenVariables } from './variable-mistakes';

export interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly production: boolean;
  readonly limits: EdgeLimits;
  readonly log: BaseLogger;
}

/** Apollo with every default that matters stated; the gate before it has seen to the size of operations. Looking at the schema and the Sandbox page: not in production. */
export function createApollo({ schema, production, limits, log }: ApolloParts): ApolloServer<GraphContext> {
  const format = (error: unknown) => {
    const masked = maskError(error, requestIdOf(error));
    return production ? withoutSuggestion(masked) : masked;
  };
  return new ApolloServer<GraphContext>({
    schema,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.queryTokens },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: (_, error) => format(error),
    plugins: [
      guard(production),
      nameFaults(log),
      answerWatershed,
      refuseMistakenVariables(schema, format),
      executeCompiled(schema),
      ...pages(production),
    ],
  });
}

const pages = (production: boolean): ApolloServerPlugin[] => [
  production ? ApolloServerPluginLandingPageDisabled() : ApolloServerPluginLandingPageLocalDefault({ footer: false }),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

/** Apollo leaves them out where documents are validated, and graphql-js where variables are read does not. */
const withoutSuggestion = (error: GraphQLFormattedError): GraphQLFormattedError => ({
  ...error,
  message: error.message.replace(/ Did you mean [^?]*\?$/, ''),
});

const guard = (production: boolean): ApolloServerPlugin<GraphContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, contextValue }) {
        const viewer = contextValue instanceof NobodysContext ? undefined : contextValue.viewer;
        if (operation) guardOperation(operation, viewer);
        if (production && viewer) keepSchemaFrom(document);
      },
    };
  },
});

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

const ownMistakes: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * GraphQL over HTTP, watershed: `application/json` says 200 to every well-formed request, whatever is wrong in its
 * document; only who accepts `application/graphql-response+json` gets 400.
 */
const answerWatershed: ApolloServerPlugin<GraphContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response: { http, body } }) {
        if (http.status !== 400 || request.http?.headers.get('accept')?.includes('graphql-response+json')) return;
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        if (errors?.every(({ extensions }) => ownMistakes.has(extensions?.code))) http.status = 200;
      },
    };
  },
};

function requestIdOf(error: unknown): string | undefined {
  const id = (error as { extensions?: { requestId?: unknown } }).extensions?.requestId;
  return typeof id === 'string' ? id : undefined;
}
