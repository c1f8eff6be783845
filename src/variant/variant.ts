/** One arm of a campaign. A control sends nothing; its people are counted all the same. */
export class Variant {
  campaignNo!: number;
  variantNo!: number;
  id!: string;
  organizationNo!: number;
  name!: string;
  isControl!: boolean;
  /** Share of the audience in hundredths of a percent. */
  allocationHundredths!: number;
  /** With assignment by attribute: the value whose people get this variant. */
  attributeValue!: string | null;
}
