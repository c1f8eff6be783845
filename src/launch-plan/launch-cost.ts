import type { Budget } from '../campaign/campaign-fields';
import { formatDecimal, parseDecimal } from '../shared/decimal';
import type { ChannelKind } from '../shared/ledger-codes';

/** What the messages of one medium cost; those without a cost in the budget count as free. */
export interface ChannelCost {
  readonly channel: ChannelKind;
  readonly messages: number;
  readonly costPerMessage: string | null;
  readonly amount: string;
}

/** What a launch would cost, against what it may. */
export interface LaunchCost {
  readonly amount: string;
  readonly currency: string;
  readonly budget: string;
  readonly exceeded: boolean;
  readonly byChannel: readonly ChannelCost[];
  /** Media whose messages have no cost in the budget: they count as free. */
  readonly withoutCost: readonly ChannelKind[];
}

/** The cost of so many messages by channel. */
export function costOf(budget: Budget, messages: ReadonlyMap<ChannelKind, number>): LaunchCost {
  const { amount: most, currency, costPerMessage } = budget;
  const costs = [...messages].map(([kind, n]) => parseDecimal(costPerMessage[kind] ?? '0') * BigInt(n));
  const amount = costs.reduce((sum, cost) => sum + cost, 0n);
  const byChannel = [...messages].map(([channel, n], index) => ({
    channel,
    messages: n,
    costPerMessage: costPerMessage[channel] ?? null,
    amount: formatDecimal(costs[index] ?? 0n),
  }));
  const withoutCost = [...messages.keys()].filter((kind) => costPerMessage[kind] === undefined);
  const exceeded = amount > parseDecimal(most);
  return { amount: formatDecimal(amount), currency, budget: most, exceeded, byChannel, withoutCost };
}
