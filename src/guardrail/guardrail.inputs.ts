import { Field, Float, InputType, Int } from 'type-graphql';
import { toHundredths } from '../shared/hundredths';
import { type Guardrails, minimumSample } from './guardrails';

@InputType({
  description:
    'What a campaign watches of itself: it is paused where a share is over its limit, beyond what chance explains.',
})
export class GuardrailsInput {
  @Field(() => Float, { nullable: true, description: 'Complaints of delivered messages, 0.01 to 99 percent.' })
  complaintPercentage?: number | null;

  @Field(() => Float, { nullable: true, description: 'Hard bounces of sent messages, 0.01 to 99 percent.' })
  hardBouncePercentage?: number | null;

  @Field(() => Float, { nullable: true, description: 'Unsubscribes of delivered messages, 0.01 to 99 percent.' })
  unsubscribePercentage?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Messages that the transport refused for good, of those handed over, 0.01 to 99 percent.',
  })
  failurePercentage?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Messages before anything is judged, 50 to 1,000,000; 500 when missing.',
  })
  minimumSample?: number | null;
}

/** The same in our words. */
export function readGuardrails(input: GuardrailsInput): Guardrails {
  const limit = (value: number | null | undefined, field: string) =>
    value == null ? undefined : toHundredths(value, 'CAMPAIGN_INVALID', `guardrails.${field}`);
  const limits = {
    complaint: limit(input.complaintPercentage, 'complaintPercentage'),
    hardBounce: limit(input.hardBouncePercentage, 'hardBouncePercentage'),
    unsubscribe: limit(input.unsubscribePercentage, 'unsubscribePercentage'),
    failure: limit(input.failurePercentage, 'failurePercentage'),
  };
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  return { ...given, minimumSample: input.minimumSample ?? minimumSample.default };
}
