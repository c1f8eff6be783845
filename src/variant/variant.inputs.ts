import { Field, Float, ID, InputType } from 'type-graphql';
import { ChannelsInput, toChannelDrafts } from './channels.inputs';
import type { VariantDraft } from './variant-draft';

@InputType({
  description: 'One arm of a campaign. With the id or the name of a present variant it stays that variant.',
})
export class VariantInput extends ChannelsInput {
  @Field(() => ID, { nullable: true, description: 'Which present variant this is.' })
  id?: string | null;

  @Field(() => String, { description: 'Its name within the campaign, 1 to 100 characters.' })
  name!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'True: its people are counted and get nothing.' })
  isControl: boolean = false;

  @Field(() => Float, { nullable: true, description: 'Its share in percent, two decimals; a single variant has 100.' })
  allocation?: number | null;

  @Field(() => String, { nullable: true, description: 'With assignment by attribute: the value whose people get it.' })
  attributeValue?: string | null;
}

/** The caller's variant in our words. */
export function toVariantDraft(variant: VariantInput): VariantDraft {
  const { id, allocation, name, isControl, attributeValue } = variant;
  return {
    name,
    isControl,
    attributeValue: attributeValue ?? null,
    ...(id != null && { id }),
    ...(allocation != null && { allocation }),
    channels: toChannelDrafts(variant),
  };
}
