import { listLoader } from '../graphql/list-loader';
import type { LoaderDefinition } from '../graphql/loaders';
import type { MessageIds } from '../scope';
import { CHANNEL, channelName, DISPOSITION, dispositionName, EXECUTION_KIND, reasonName } from '../shared/ledger-codes';
import type { DispositionWord, MessageType } from './message.types';
import { statusOf } from './message-status';

/** Where a message lies. */
export interface MessageKey {
  readonly execNo: number;
  readonly seq: number;
}

// The variant is the one that the execution froze: a later edit of the campaign renames nothing that was sent. Whoever
// stands for an address alone is nobody that the users subgraph knows.
const standsForAddress = 'c.shadow and c.email is not null';
const columns = `m.exec_no as "execNo", m.seq, m.slot, m.disposition as "dispositionNo", m.gate, m.channel as "channelNo",
  m.eligible, m.attempt, m.judged_at as "judgedAt", m.guarded_at as "guardedAt", m.sent_at as "sentAt",
  m.delivered_at as "deliveredAt", m.opened_at as "openedAt", m.clicked_at as "clickedAt", m.bounced_at as "bouncedAt",
  m.unsubscribed_at as "unsubscribedAt", m.complained_at as "complainedAt",
  case when ${standsForAddress} then null else c.external_id end as "userId",
  case when e.kind = ${EXECUTION_KIND.TEST} then
    case when m.channel = ${CHANNEL.email} then c.email when m.channel in (${CHANNEL.sms}, ${CHANNEL.whatsapp}) then c.phone end
  end as "testAddress",
  (select v->>'id' from jsonb_array_elements(e.plan->'variants') v where (v->>'no')::int = m.variant_no) as "variantId"`;
const joins = `join campaign.execution e on e.exec_no = m.exec_no
  left join campaign.contact c on c.contact_no = m.contact_no and c.erased_at is null`;

type Derived = 'id' | 'recipient' | 'disposition' | 'status' | 'reason' | 'channel';
type Row = Omit<MessageType, Derived> & {
  readonly slot: number;
  readonly dispositionNo: number;
  readonly gate: number;
  readonly channelNo: number;
  readonly userId: string | null;
};

/** A message with its place in the lists that do not go by `seq`. */
export type ListedMessage = MessageType & { readonly slot: number };

const keyOf = ({ execNo, seq }: MessageKey): string => `${execNo} ${seq}`;

/** Messages by their key. */
export const messageByKey: LoaderDefinition<MessageKey, MessageType> = {
  keyOf,
  read: async (transaction, keys, { messageIds }) => {
    const rows = await transaction.query<Row>(
      `select ${columns} from unnest($1::int8[], $2::int4[]) as wanted (exec_no, seq)
       join campaign.message m on m.exec_no = wanted.exec_no and m.seq = wanted.seq ${joins}
       where m.org_no = campaign.current_org()`,
      [keys.map(({ execNo }) => execNo), keys.map(({ seq }) => seq)],
    );
    return new Map(rows.map((row) => [keyOf(row), viewMessage(row, messageIds)]));
  },
};

/** What a list of an execution's messages is narrowed to. */
export interface MessageFilter {
  readonly dispositions?: readonly DispositionWord[];
  readonly variantId?: string;
}

/** Executions' messages by `seq`, by the execution's number; one row more than the page. */
export const messagesOfExecution = listLoader<number, ListedMessage, MessageFilter>(
  async (transaction, execNos, { page, filter }, { messageIds }) => {
    const rows = await transaction.query<Row>(
      `select ${columns} from unnest($1::int8[]) as wanted (exec_no)
       cross join lateral (select * from campaign.message x where x.exec_no = wanted.exec_no and x.seq > $2::int8
         and ($3::smallint[] is null or x.disposition = any($3))
         and ($4::text is null or x.variant_no = (select (v->>'no')::int from campaign.execution y,
           jsonb_array_elements(y.plan->'variants') v where y.exec_no = wanted.exec_no and v->>'id' = $4))
         order by x.seq limit $5) m ${joins}
       order by m.exec_no, m.seq`,
      [execNos, page.after?.[0] ?? 0, dispositionNumbers(filter), filter.variantId ?? null, page.first + 1],
      'messages of executions',
    );
    return Map.groupBy(
      rows.map((row) => viewMessage(row, messageIds)),
      ({ execNo }) => execNo,
    );
  },
);

/** People's messages, those of the newest execution first, by the person's id; of one campaign when it is given. */
export const messagesOfUser = listLoader<string, ListedMessage, { readonly campaignNo?: number }>(
  async (transaction, userIds, { page: { first, after }, filter }, { messageIds }) => {
    const [execNo = Number.MAX_SAFE_INTEGER, slot = 0] = after ?? [];
    const rows = await transaction.query<Row>(
      `select ${columns} from campaign.contact person
       cross join lateral (select x.* from campaign.message x where x.contact_no = person.contact_no
         and (x.exec_no, x.slot) < ($2::int8, $3::int8)
         and ($4::int8 is null or exists (select 1 from campaign.execution y where y.exec_no = x.exec_no and y.campaign_no = $4))
         order by x.exec_no desc, x.slot desc limit $5) m ${joins}
       where person.org_no = campaign.current_org() and person.external_id = any($1) and person.erased_at is null
       order by m.contact_no, m.exec_no desc, m.slot desc`,
      [userIds, execNo, slot, filter.campaignNo ?? null, first + 1],
    );
    return Map.groupBy(
      rows.map((row) => viewMessage(row, messageIds)),
      ({ recipient }) => recipient?.id ?? '',
    );
  },
);

// What is tried again keeps the code of what stopped it before; it is no reason any more.
const isOpen = (disposition: DispositionWord): boolean => ['QUEUED', 'IN_FLIGHT', 'SENT'].includes(disposition);

const dispositionNumbers = ({ dispositions }: MessageFilter): number[] | null =>
  dispositions?.map((word) => DISPOSITION[word.toLowerCase() as keyof typeof DISPOSITION]) ?? null;

function viewMessage(row: Row, messageIds: MessageIds): ListedMessage {
  const { dispositionNo, gate, channelNo, userId, ...rest } = row;
  const disposition = (dispositionName.get(dispositionNo) ?? 'unknown').toUpperCase() as DispositionWord;
  return {
    ...rest,
    id: messageIds.encode(row.execNo, row.seq),
    recipient: userId === null ? null : { id: userId },
    disposition,
    status: statusOf(disposition, row),
    reason: isOpen(disposition) ? null : (reasonName.get(gate) ?? null),
    channel: (channelName.get(channelNo) ?? 'email').toUpperCase() as MessageType['channel'],
  };
}
