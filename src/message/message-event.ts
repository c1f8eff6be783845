import { z } from 'zod';

/** Kinds that leave after their commit, unless MESSAGE_EVENTS leaves them out. */
export const MESSAGE_EVENT_KINDS = {
  SENT: 'SENT',
  FAILED: 'FAILED',
  DELIVERED: 'DELIVERED',
  OPENED: 'OPENED',
  CLICKED: 'CLICKED',
  BOUNCED: 'BOUNCED',
  UNSUBSCRIBED: 'UNSUBSCRIBED',
} as const;
export type MessageEventKind = keyof typeof MESSAGE_EVENT_KINDS;

/** One thing that happened to a message. */
export interface MessageEvent {
  readonly kind: MessageEventKind;
  readonly at: Date;
  readonly machine: boolean;
  readonly messageId: string;
  /** Grows in the order in which facts were written down. */
  readonly sequence: number;
}

/** An event as the bus tells it: with whose it is. */
export interface ToldEvent extends MessageEvent {
  readonly executionId: string;
  readonly campaignId: string;
  readonly organizationId: string;
}

const published = z
  .object({
    type: z
      .string()
      .transform((type) => type.replace('campaign.message.', '').toUpperCase())
      .pipe(z.enum(MESSAGE_EVENT_KINDS)),
    organizationId: z.string(),
    data: z.object({
      messageId: z.string(),
      executionId: z.string(),
      campaignId: z.string(),
      sequence: z.number(),
      at: z.coerce.date(),
      machine: z.boolean().default(false),
    }),
  })
  .transform(({ type, organizationId, data }): ToldEvent => ({ kind: type, organizationId, ...data }));

/** Reads what the relay published; nothing for what is no event of a message. */
export function readMessageEvent(payload: string): ToldEvent | undefined {
  const json = parseJson(payload);
  return published.safeParse(json).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
