/** Who does something, and when: what the audit fields of a row are filled from. */
export interface Actor {
  readonly userId: string;
  readonly at: Date;
}
