import { quietHoursOf } from '../channel/channel-hours';
import { readFacts } from '../channel/person-facts';
import { localeChooser } from '../content/locale-choice';
import { drawNames, endOfShare } from '../execution/draws';
import type { FrozenPlan } from '../execution/frozen-plan';
import { weekWords } from '../send-window/send-window';
import { hashBucket } from '../shared/hash-bucket';
import { CHANNEL, type ChannelKind, channelName, chunkCauseName, reasonName } from '../shared/ledger-codes';
import { channelWord } from '../variant/channel-word';
import type { MessageJudgement, StoppedSeen } from './judgement-reader';

/** What gates saw, by their name. */
export type GateValues = Readonly<Partial<Record<string, Readonly<Record<string, unknown>>>>>;

/** What the gates of a start saw of a person. */
export type StartJudgement = Pick<
  MessageJudgement,
  'plan' | 'userId' | 'phase' | 'facts' | 'channelNo' | 'reasonNo'
> & { readonly seen?: StoppedSeen | null };

/** What each gate saw of a message's person, and when it did so where that is known. */
export const gateValues = (judgement: MessageJudgement): GateValues => ({
  ...startValues(judgement),
  ...timedValues(judgement),
});

/** The same of the gates of a start alone. */
export const startValues = (judgement: StartJudgement): GateValues => ({
  ...drawnValues(judgement),
  ...askedValues(judgement),
});

/**
 * What the gates that draw saw. It need not be kept: a person's bucket is the same for ever, and the plan is frozen.
 */
function drawnValues({ plan, userId, phase }: StartJudgement): GateValues {
  if (userId === null || plan.test) return {};
  const share = (name: string, percentage: number) =>
    percentage > 0 ? { bucket: hashBucket(name, userId), below: endOfShare(percentage) } : undefined;
  return {
    organization_control: share(drawNames.controlGroup(plan), plan.controlGroupPercentage ?? 0),
    holdout: share(drawNames.holdout(plan), plan.holdoutPercentage),
    variant: phase === 0 && plan.assignment.kind === 'HASH' ? variantDraw(plan, userId) : undefined,
  };
}

/** Each variant has the buckets from the end of the one before it. */
function variantDraw(plan: FrozenPlan, userId: string) {
  let below = 0;
  const variants = plan.variants.map(({ id, allocation }) => {
    below += allocation;
    return { variantId: id, below };
  });
  return { bucket: hashBucket(drawNames.variant(plan), userId), variants };
}

/** The gates that ask for something of the person; it is theirs to change, so it is kept as it was. */
const askingGates = { suppressed: 'suppression', no_consent: 'consent', not_eligible: 'eligibility' } as const;

// A gate that let a person pass at the start and stopped them at the hand-over saw two things.
function askedValues({ plan, facts, channelNo, reasonNo, seen = null }: StartJudgement): GateValues {
  const kind = channelName.get(channelNo) ?? 'email';
  const atStart: GateValues = facts === null ? {} : { ...readFacts(facts, kind, plan) };
  const reason = reasonName.get(reasonNo);
  const stopped = Object.entries(askingGates).find(([word]) => word === reason)?.[1];
  if (stopped === undefined || seen === null) return atStart;
  const suppressions = stopped === 'suppression' ? { suppressed: true, ...suppressionsSeen(seen, kind) } : {};
  if (seen.facts === undefined) return { ...atStart, [stopped]: { ...atStart[stopped], ...suppressions } };
  const now = readFacts(seen.facts, kind, plan)[stopped];
  return { ...atStart, [stopped]: { ...now, ...suppressions, atStart: atStart[stopped] } };
}

const suppressionsSeen = ({ suppressions }: StoppedSeen, kind: ChannelKind) =>
  suppressions
    ? {
        suppressions: suppressions
          .filter(({ channel }) => channel === 0 || channel === CHANNEL[kind])
          .map(({ channel, reason, since }) => ({ channel: onChannel(channel), reason, since: iso(since) })),
      }
    : {};

/** What one of several channels saw when a person's was chosen; nothing of messages of before such things were kept. */
export function seenByChannel({ plan, facts, seen }: MessageJudgement, kind: ChannelKind) {
  if (facts === null) return undefined;
  const { suppression, consent, eligibility } = readFacts(facts, kind, plan);
  const suppressions = seen && suppression.suppressed ? suppressionsSeen(seen, kind) : {};
  return { ...suppression, ...suppressions, ...consent, ...eligibility };
}

const iso = (time: string | Date): string => new Date(time).toISOString();

const onChannel = (no: number) => {
  const kind = channelName.get(no);
  return kind === undefined ? null : channelWord(kind);
};

function timedValues(judgement: MessageJudgement): GateValues {
  const { plan, channelNo, timeZone, waits, guardedAt, sentAt, attempts, limits, seen } = judgement;
  const [first] = waits;
  const { facts: _, suppressions: __, revision, ...more } = seen ?? {};
  return {
    time: {
      timeZone,
      quietHours: quietHoursOf(plan, channelName.get(channelNo) ?? 'email'),
      ...(plan.windows && { sendWindows: weekWords(plan.windows.open) }),
      ...(plan.localTime && { localTime: plan.localTime.at }),
      ...(first && waitsSeen(first, waits)),
      ...more,
    },
    throttle: guardedAt === null ? undefined : { limits: limits.map(limitWord), grantedAt: iso(guardedAt) },
    delivery: {
      guardedAt: guardedAt && iso(guardedAt),
      sentAt: sentAt && iso(sentAt),
      attempts,
      locale: localeSeen(judgement),
      ...(revision !== undefined && { revision }),
    },
  };
}

// The first chunk is that of the judgement; each other one is a wait with a cause of its own.
const waitsSeen = (first: MessageJudgement['waits'][number], waits: MessageJudgement['waits']) => ({
  dueAt: iso(first.until),
  expiresAt: iso((waits.at(-1) ?? first).expiresAt),
  waits: waits.slice(1).map(waitSeen),
});

const waitSeen = ({ cause, since, until }: MessageJudgement['waits'][number]) => ({
  because: chunkCauseName.get(cause),
  since: since && iso(since),
  until: iso(until),
});

/** `campaign:7`, `organization:2`, `organization:2:1`: whose limit it is, and on which channel. */
function limitWord(scope: string): string {
  const [whose = '', , channel] = scope.split(':');
  const kind = channelName.get(Number(channel));
  return kind === undefined ? whose : `${whose} ${channelWord(kind)}`;
}

const localeSeen = ({ locale, locales }: MessageJudgement) => ({
  seen: locale,
  chosen: localeChooser(locales)(locale) ?? null,
});
