import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Config } from '../config';
import { createRenderer, type Rendered, type RenderJob } from '../content/renderer';
import type { Localizer } from '../localization/localizer';
import type { SaidOfPerson } from '../profile/profile-freezing';
import { encodeMessageId, type MessageIdKeys, messageIdKeys } from '../shared/message-id';
import { ContentShelf } from './content-shelf';
import type { GuardedMessage } from './guard';
import { KeptProfiles, type PersonServices } from './kept-profiles';
import { KeptWords, type MessageWords } from './kept-words';
import type { RunningExecution } from './running-executions';
import type { SliceRenderer } from './sender-parts';

/** Services that know what a content may speak of. */
export interface ContentServices extends PersonServices {
  readonly localizer?: Localizer | undefined;
}

/**
 * Renders slices in threads of their own until closed. What a content speaks of is fetched from the services that are there;
 * of the others it shows what was kept.
 */
export function openSliceRenderer(
  database: Database,
  config: Config,
  log: BaseLogger,
  services: ContentServices = {},
): SliceRenderer & { close(): Promise<void> } {
  const shelf = new ContentShelf(database);
  const renderer = createRenderer({
    publicUrl: config.publicUrl,
    shortUrl: config.shortUrl,
    keys: messageIdKeys(config.trackingSecret),
    threads: config.renderThreads,
  });
  const ids = messageIdKeys(config.idSecret);
  const kept = new KeptProfiles(database, shelf, services);
  const words = new KeptWords(database, shelf, services.localizer);
  return {
    prepare: async (execution, chunk) => {
      await kept.prepare(execution, chunk);
      return words.prepare(execution, chunk);
    },
    render: async (execution, messages) => {
      const said = await kept.of(execution, messages);
      const localized = await words.of(execution, messages);
      const rendered = await renderer.render(await jobsOf(execution, messages, { shelf, ids, said, localized }));
      tellFailures(log, execution, rendered);
      return rendered;
    },
    close: () => renderer.close(),
  };
}

interface JobParts {
  readonly shelf: ContentShelf;
  readonly ids: MessageIdKeys;
  /** What services say of the person, by the number of the message. */
  readonly said: ReadonlyMap<number, SaidOfPerson>;
  readonly localized: (message: GuardedMessage) => MessageWords;
}

async function jobsOf(
  execution: RunningExecution,
  messages: readonly GuardedMessage[],
  { shelf, ids, said, localized }: JobParts,
): Promise<RenderJob[]> {
  const jobs: RenderJob[] = [];
  for (const message of messages) {
    const hash = contentHash(execution, message);
    const compiled = shelf.known(execution.orgNo, hash) ?? (await shelf.fetch(execution.orgNo, hash));
    jobs.push({
      hash,
      compiled,
      messageId: encodeMessageId(ids, execution.execNo, message.seq),
      variables: { ...variablesOf(execution, message), ...said.get(message.seq), ...localized(message) },
      renderTime: message.guarded_at,
      trackClicks: execution.plan.trackClicks,
      trackOpens: execution.plan.trackOpens,
      addressDemanded: execution.plan.postalAddress?.demanded === true,
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
  country: message.country,
  attributes: message.attributes,
  campaign: { id: plan.campaignId, name: plan.name },
  organization: { postal_address: plan.postalAddress?.words ?? null },
});

/** The reason without the template's words: they may hold a person's data (P-38). */
function tellFailures(log: BaseLogger, { execNo }: RunningExecution, rendered: readonly Rendered[]): void {
  const reasons = rendered.flatMap((one) => (one.ok ? [] : [one.reason]));
  if (reasons.length > 0)
    log.warn({ execNo, failed: reasons.length, reasons: [...new Set(reasons)] }, '[SEND] not rendered');
}
