/** A variant's content for one medium. */
export class Channel {
  campaignNo!: number;
  variantNo!: number;
  /** A number of `CHANNEL`. */
  kind!: number;
  id!: string;
  organizationNo!: number;
  enabled!: boolean;
  priority!: number;
  content!: Readonly<Record<string, unknown>>;
  contentHash!: string;
}
