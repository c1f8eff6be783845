import type { Experiment } from '../experiment/experiment';
import type { RemoteList, RemoteReference } from '../remote-list/remote-list';
import type { Rule } from '../segment/rule.types';
import type { LocalTime } from '../send-window/local-time';
import type { WeekRanges } from '../send-window/week-ranges';
import type { ChannelKind } from '../shared/ledger-codes';

/** A variant as an execution froze it. `allocation` in hundredths of a percent (0–10,000). */
export interface FrozenVariant {
  readonly no: number;
  readonly id: string;
  readonly name: string;
  readonly isControl: boolean;
  readonly allocation: number;
  readonly attributeValue?: string;
  /** Hash of the content for each channel; rows of table `content`. */
  readonly content: Readonly<Partial<Record<ChannelKind, string>>>;
}

/** A conversion goal; `no` from 1, the first is the primary one. */
export interface FrozenGoal {
  readonly no: number;
  readonly eventType: string;
  readonly valueField?: string;
  readonly windowDays: number;
}

/** When nobody is written to, by the recipient's clock; `timeZone` is for those whose own is unknown. Minutes: 21:00. */
export interface FrozenQuietHours {
  readonly from: string;
  readonly until: string;
  readonly timeZone: string;
  /** Else the message waits for their end. */
  readonly skips: boolean;
  /** Hours apart from these that are quiet as well. */
  readonly also?: { readonly from: string; readonly until: string };
}

/** When a campaign writes to people at all, by the recipient's clock; `timeZone` is for those whose own is unknown. */
export interface FrozenWindows {
  readonly open: WeekRanges;
  readonly timeZone: string;
  /** Else the message waits for the next one. */
  readonly skips: boolean;
}

/**
 * An audience as an execution froze it: rules, or the people that another service named. Which list of theirs it is says
 * `FrozenPlan.lists`: lists are read anew for each execution, while what is meant stays the same.
 */
export type FrozenAudience = Rule | { readonly remote: RemoteReference } | { readonly named: NamedAudience };

/**
 * People named one by one, in rows of table `named_user` that never change: an audience is replaced as a whole, and fixed
 * once its campaign has started.
 */
export interface NamedAudience {
  readonly audienceId: string;
  readonly people: number;
}

/** By which of its channels a campaign reaches a person. */
export type ChannelStrategy = 'FIRST_ELIGIBLE' | 'ALL';

/** What makes an execution a test. */
export interface FrozenTest {
  /** Whose data fills the templates; null: each recipient's own. */
  readonly sampleContactNo: number | null;
}

/**
 * The people of an audience in the order of their hash, and of their numbers where that is the same: `last` is the last
 * one who is in, null when all are. Absent until it is drawn.
 */
export interface FrozenCap {
  readonly people: number;
  readonly last?: { readonly bucket: number; readonly contactNo: number } | null;
}

/** Where the organization is by post; `demanded`: each mail has to say it. */
export interface FrozenAddress {
  readonly words: string;
  readonly demanded: boolean;
}

export type FrozenAssignment = { readonly kind: 'HASH' } | { readonly kind: 'ATTRIBUTE'; readonly field: string };

/**
 * Everything that decides what an execution does, fixed at its start (P-13): later edits of the campaign, its segments
 * or its content change nothing in a running execution. Stored as `execution.plan`.
 */
export interface FrozenPlan {
  readonly campaignId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly salt: string;
  readonly include: readonly FrozenAudience[];
  readonly exclude: readonly FrozenAudience[];
  /** The list of each remote audience among them. */
  readonly lists?: readonly RemoteList[];
  /** Of all people of the organization, by a hash of theirs alone: whom no campaign contacts. */
  readonly controlGroupPercentage?: number;
  /** At most so many people of the audience. */
  readonly audienceCap?: FrozenCap;
  readonly holdoutPercentage: number;
  readonly variants: readonly FrozenVariant[];
  readonly assignment: FrozenAssignment;
  /** How the variants are compared, where the campaign says. */
  readonly experiment?: Experiment;
  /** In the order in which they are tried. */
  readonly channels: readonly ChannelKind[];
  /** The first channel that takes a person, or each that does; absent: the first. */
  readonly channelStrategy?: ChannelStrategy;
  /** It sells: express consent and "do not sell" are asked for. */
  readonly commercial?: boolean;
  readonly goals: readonly FrozenGoal[];
  readonly throttle: { readonly perMinute?: number } | null;
  readonly expiresAfterHours: number;
  readonly quietHours?: FrozenQuietHours | null;
  /** Those of text messages, where they differ. */
  readonly smsQuietHours?: FrozenQuietHours;
  readonly postalAddress?: FrozenAddress;
  /** Absent: at any time outside of quiet hours. An edit of a paused campaign reaches its open executions. */
  readonly windows?: FrozenWindows;
  /** When each person is written to, on their clock; `timeZone` is for those whose own is unknown. */
  readonly localTime?: LocalTime & { readonly timeZone: string };
  readonly trackClicks: boolean;
  readonly trackOpens: boolean;
  /** By which rule of the rules engine `personalization.…` is made of people. */
  readonly personalizationRuleId?: string;
  /** Of a test send alone. */
  readonly test?: FrozenTest;
}
