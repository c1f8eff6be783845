import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars';
import { fromHundredths } from '../shared/hundredths';
import type { GuardrailTrip } from './guardrail-trip';
import type { Guardrails } from './guardrails';

export const GUARDRAIL_KINDS = {
  BUDGET: 'BUDGET',
  COMPLAINT: 'COMPLAINT',
  HARD_BOUNCE: 'HARD_BOUNCE',
  UNSUBSCRIBE: 'UNSUBSCRIBE',
  FAILURE: 'FAILURE',
} as const;
registerEnumType(GUARDRAIL_KINDS, {
  name: 'GuardrailKind',
  description: 'What a campaign stops at by itself.',
  valuesConfig: {
    BUDGET: { description: 'What is left of the budget does not pay the next message.' },
    COMPLAINT: { description: 'Too many complaints.' },
    HARD_BOUNCE: { description: 'Too many addresses that do not exist.' },
    UNSUBSCRIBE: { description: 'Too many unsubscribe.' },
    FAILURE: { description: 'The transport refuses too many messages.' },
  },
});
type GuardrailKind = keyof typeof GUARDRAIL_KINDS;

@ObjectType('Guardrails', { description: 'What a campaign watches of itself. What has no limit is not watched.' })
export class GuardrailsType {
  @Field(() => Float, { nullable: true, description: 'The most complaints, in percent of the delivered.' })
  complaintPercentage?: number | null;

  @Field(() => Float, { nullable: true, description: 'The most hard bounces, in percent of the sent.' })
  hardBouncePercentage?: number | null;

  @Field(() => Float, { nullable: true, description: 'The most unsubscribes, in percent of the delivered.' })
  unsubscribePercentage?: number | null;

  @Field(() => Float, { nullable: true, description: 'The most refusals, in percent of those handed over.' })
  failurePercentage?: number | null;

  @Field(() => Int, { description: 'Messages before anything is judged.' })
  minimumSample!: number;
}

@ObjectType('GuardrailTrip', { description: 'Why a campaign stopped by itself.' })
export class GuardrailTripType {
  @Field(() => GUARDRAIL_KINDS, { description: 'At what.' })
  kind!: GuardrailKind;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Date;

  @Field(() => Float, { nullable: true, description: 'The share that was seen, in percent; nothing of a budget.' })
  observedPercentage?: number | null;

  @Field(() => Float, { nullable: true, description: 'The limit that it is over; nothing of a budget.' })
  limitPercentage?: number | null;

  @Field(() => Int, { nullable: true, description: 'Of how many messages; nothing of a budget.' })
  sample?: number | null;
}

/** Guardrails in the graph's words. */
export function viewGuardrails({ minimumSample, ...limits }: Guardrails): GuardrailsType {
  const percentage = (limit: number | undefined) => (limit === undefined ? null : fromHundredths(limit));
  return {
    complaintPercentage: percentage(limits.complaint),
    hardBouncePercentage: percentage(limits.hardBounce),
    unsubscribePercentage: percentage(limits.unsubscribe),
    failurePercentage: percentage(limits.failure),
    minimumSample,
  };
}

const kindOf: Readonly<Record<GuardrailTrip['kind'], GuardrailKind>> = {
  budget: 'BUDGET',
  complaint: 'COMPLAINT',
  hardBounce: 'HARD_BOUNCE',
  unsubscribe: 'UNSUBSCRIBE',
  failure: 'FAILURE',
};

/** A stop in the graph's words. */
export const viewTrip = ({ kind, at, share, limit }: GuardrailTrip): GuardrailTripType => ({
  kind: kindOf[kind],
  at: new Date(at),
  observedPercentage: share ? Math.round((10_000 * share.cases) / share.sample) / 100 : null,
  limitPercentage: limit === undefined ? null : fromHundredths(limit),
  sample: share?.sample ?? null,
});
