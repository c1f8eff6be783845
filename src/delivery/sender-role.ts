import { setFlagsFromString } from 'node:v8';
import type { Bus } from '../adapters/nats';
import type { Config } from '../config';
import { openConnections } from '../connections';
import { createNudges } from '../events/nudges';
import { openLocalizer } from '../localization/open-localizer';
import type { Log } from '../log';
import { openPersonalizer } from '../personalization/open-personalizer';
import { openProfiles } from '../profile/open-profiles';
import { type Running, type Stack, startAll } from '../shared/lifecycle';
import { encodeMessageId, messageIdKeys } from '../shared/message-id';
import { servedChannels } from '../transports/served-channels';
import type { Transport } from '../transports/transport';
import { SENDER_SESSION } from './guard-sql';
import { startHintIntake } from './hint-intake';
import { Lane } from './lane';
import type { SenderParts } from './sender-parts';
import { openSliceRenderer } from './slice-rendering';
import { chooseTransport, transportName } from './transport-choice';

// Mails come from their threads in memory outside the heap. V8 takes it for growth, and left to itself collects the whole
// heap after every 300 mails of 40 KB: a fifth of what the sender costs.
const HEAP_GROWTH = '--heap-growing-percent=300';

/** Takes chunks, guards, renders, hands over, settles. */
export function startSender(config: Config, log: Log): Promise<Running> {
  return startAll((stack) => start(config, log, stack));
}

async function start(config: Config, log: Log, stack: Stack): Promise<void> {
  setFlagsFromString(HEAP_GROWTH);
  const { database, bus } = await openConnections(config, 'sender', log, stack, SENDER_SESSION);
  const renderer = openSliceRenderer(database, config, log, {
    profiles: openProfiles(config, log, stack),
    personalizer: openPersonalizer(config, log, stack),
    localizer: openLocalizer(config, database, log, stack),
  });
  stack.add(() => renderer.close());
  const nudges = createNudges(bus);
  stack.add(() => nudges.stop());
  const waking = wakesDispatcher(bus);
  stack.add(async () => waking.stop());
  const worked = (campaignId: string) => {
    nudges.campaign(campaignId);
    waking.soon();
  };
  const channels = servedChannels(config);
  for (const channel of channels) {
    // Its own way out for each: one that is slow, or whose provider hangs, holds up no other.
    const transport = chooseTransport(config, channel, log);
    stack.add(() => transport.close());
    const intake = await startHintIntake({
      parts: senderParts(config, { database, transport, renderer }),
      bus,
      log,
      channel,
      chunksAtOnce: config.senderChunks,
      chunkSize: config.chunkSize,
      sliceRows: transport.takesKeys ? config.chunkSize : transport.concurrency,
      worked,
    });
    stack.add(() => intake.stop());
  }
  log.info({ transport: transportName(config), channels }, '[LIFECYCLE] sender started');
}

function senderParts(
  config: Config,
  parts: Pick<SenderParts, 'database' | 'renderer'> & { readonly transport: Transport },
): SenderParts {
  const ids = messageIdKeys(config.idSecret);
  const { transport } = parts;
  return {
    ...parts,
    lane: new Lane(transport.concurrency),
    leaseMs: config.leaseMs,
    keyWindowMs: config.providerKeyWindowMs,
    retryBackoffMs: config.retryBackoffMs,
    answerRules: { takesKeys: transport.takesKeys, maxAttempts: config.maxAttempts },
    messageEvents: config.messageEvents.map((kind) => `campaign.message.${kind}`),
    messageId: (execNo, seq) => encodeMessageId(ids, execNo, seq),
  };
}

/** What one word tells the dispatcher for all chunks that end within it. */
const WAKE_EVERY_MS = 20;

/** Chunks less at work, and rows in the outbox: told once for those that end at nearly the same time. */
function wakesDispatcher(bus: Bus): { soon(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const wake = () => {
    timer = undefined;
    bus.publishCore('nudge.dispatch');
    bus.publishCore('nudge.outbox');
  };
  return {
    soon: () => {
      timer ??= setTimeout(wake, WAKE_EVERY_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
