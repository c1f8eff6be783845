import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Config } from '../config';
import { createRenderer, type Rendered, type RenderJob } from '../content/renderer';
import type { Profile, Profiles } from '../profile/profiles';
import { encodeMessageId, type MessageIdKeys, messageIdKeys } from '../shared/message-id';
import { ContentShelf } from './content-shelf';
import type { GuardedMessage } from './guard';
import { KeptProfiles } from './kept-profiles';
import type { RunningExecution } from './running-executions';
import type { SliceRenderer } from './sender-parts';

/**
 * Renders slices in threads of their own until closed. With `profiles` it has those fetched that a content speaks of;
 * without, it shows what was kept of them.
 */
export function openSliceRenderer(
  database: Database,
  config: Config,
  log: BaseLogger,
  profiles?: Profiles,
): SliceRenderer & { close(): Promise<void> } {
  const shelf = new ContentShelf(database);
  const renderer = createRenderer({
    publicUrl: config.publicUrl,
    keys: messageIdKeys(config.trackingSecret),
    threads: config.renderThreads,
  });
  const ids = messageIdKeys(config.idSecret);
  const kept = new KeptProfiles(database, shelf, profiles);
  return {
    prepare: (execution, chunk) => kept.prepare(execution, chunk),
    render: async (execution, messages) => {
      const said = await kept.of(execution, messages);
      const rendered = await renderer.render(await jobsOf(execution, messages, { shelf, ids, said }));
      tellFailures(log, execution, rendered);
      return rendered;
    },
    close: () => renderer.close(),
  };
}

interface JobParts {
  readonly shelf: ContentShelf;
  readonly ids: MessageIdKeys;
  /** Profiles by the number of the message. */
  readonly said: ReadonlyMap<number, Profile>;
}

async function jobsOf(
  execution: RunningExecution,
  messages: readonly GuardedMessage[],
  { shelf, ids, said }: JobParts,
): Promise<RenderJob[]> {
  const jobs: RenderJob[] = [];
  for (const message of messages) {
    const hash = contentHash(execution, message);
    const compiled = shelf.known(execution.orgNo, hash) ?? (await shelf.fetch(execution.orgNo, hash));
    jobs.push({
      hash,
      compiled,
      messageId: encodeMessageId(ids, execution.execNo, message.seq),
      variables: { ...variablesOf(execution, message), ...profileOf(said, message) },
      renderTime: message.guarded_at,
      trackClicks: execution.plan.trackClicks,
      trackOpens: execution.plan.trackOpens,
    });
  }
  return jobs;
}

function contentHash({ plan }: RunningExecution, message: GuardedMessage): string {
  const hash = plan.variants.find((variant) => variant.no === message.variant_no)?.content[message.channel];
  if (!hash) throw new Error(`variant ${message.variant_no} has no content for ${message.channel}`);
  return hash;
}

const variablesOf = ({ plan }: RunningExecution, message: GuardedMessage): RenderJob['variables'] => ({
  external_id: message.external_id,
  email: message.shown_email ?? message.email,
  first_name: message.first_name,
  last_name: message.last_name,
  locale: message.locale,
  attributes: message.attributes,
  campaign: { id: plan.campaignId, name: plan.name },
});

function profileOf(said: JobParts['said'], { seq }: GuardedMessage): { profile?: Profile } {
  const profile = said.get(seq);
  return profile ? { profile } : {};
}

/** The reason without the template's words: they may hold a person's data (P-38). */
function tellFailures(log: BaseLogger, { execNo }: RunningExecution, rendered: readonly Rendered[]): void {
  const reasons = rendered.flatMap((one) => (one.ok ? [] : [one.reason]));
  if (reasons.length > 0)
    log.warn({ execNo, failed: reasons.length, reasons: [...new Set(reasons)] }, '[SEND] not rendered');
}
