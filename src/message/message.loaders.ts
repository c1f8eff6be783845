import { type ChannelStop, readStops } from '../channel/channel-stops';
import type { GraphContext } from '../graphql/context';
import type { LoaderDefinition } from '../graphql/loaders';
import type { ChannelKind } from '../shared/ledger-codes';
import type { MessageType } from './message.types';
import { type MessageKey, messageByKey } from './message-reader';

const keyOf = ({ execNo, seq }: MessageKey): string => `${execNo} ${seq}`;

/** The message that a public id names, as the viewer may see it; a forged id is one that does not exist. */
export async function loadMessage({ loaders, scope }: GraphContext, id: string): Promise<MessageType | undefined> {
  const key = scope.messageIds.decode(id);
  return key && loaders.load(messageByKey, key);
}

/** The id that a notification service gave to a message's latest attempt. */
export const notificationIdByKey: LoaderDefinition<MessageKey, string> = {
  keyOf,
  read: async (transaction, keys) => {
    const rows = await transaction.query<MessageKey & { id: string }>(
      `select distinct on (n.exec_no, n.seq) n.exec_no as "execNo", n.seq, n.notification_id as id
       from unnest($1::int8[], $2::int4[]) as wanted (exec_no, seq)
       join campaign.message_notification n on n.exec_no = wanted.exec_no and n.seq = wanted.seq
       order by n.exec_no, n.seq, n.attempt desc`,
      [keys.map(({ execNo }) => execNo), keys.map(({ seq }) => seq)],
    );
    return new Map(rows.map((row) => [keyOf(row), row.id]));
  },
};

/** Until when a message waits for a login; nothing of one that does not. Its wait stands still while its execution is paused. */
export const loginWaitOfMessage: LoaderDefinition<MessageKey, Date> = {
  keyOf,
  read: async (transaction, keys) => {
    const rows = await transaction.query<MessageKey & { until: Date }>(
      `select m.exec_no as "execNo", m.seq, w.until + e.paused_for as until
       from unnest($1::int8[], $2::int4[]) as wanted (exec_no, seq)
       join campaign.message m on m.exec_no = wanted.exec_no and m.seq = wanted.seq
       join campaign.login_wait w on w.contact_no = m.contact_no and w.exec_no = m.exec_no and w.seq = m.seq
       join campaign.execution e on e.exec_no = m.exec_no`,
      [keys.map(({ execNo }) => execNo), keys.map(({ seq }) => seq)],
    );
    return new Map(rows.map(({ until, ...key }) => [keyOf(key), until]));
  },
};

/** The message of which a notification service made a notification. */
export const keyByNotificationId: LoaderDefinition<string, MessageKey> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const rows = await transaction.query<MessageKey & { id: string }>(
      `select notification_id as id, exec_no as "execNo", seq from campaign.message_notification
       where org_no = campaign.current_org() and notification_id = any($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** What each channel of a message's plan said when one was chosen; nothing where there was no choice. */
export const stopsOfMessage: LoaderDefinition<MessageKey, readonly ChannelStop[]> = {
  keyOf,
  read: async (transaction, keys) => {
    const rows = await transaction.query<MessageKey & { stops: number; channels: ChannelKind[] }>(
      `select m.exec_no as "execNo", m.seq, m.channel_stops as stops, e.plan -> 'channels' as channels
       from unnest($1::int8[], $2::int4[]) as wanted (exec_no, seq)
       join campaign.message m on m.exec_no = wanted.exec_no and m.seq = wanted.seq and m.channel_stops is not null
       join campaign.execution e on e.exec_no = m.exec_no
       where m.org_no = campaign.current_org()`,
      [keys.map(({ execNo }) => execNo), keys.map(({ seq }) => seq)],
    );
    return new Map(rows.map((row) => [keyOf(row), readStops(row.stops, row.channels)]));
  },
};
