/** From the first minute on, up to the last and not beyond. */
export interface OpenHours {
  readonly opens: Date;
  readonly closes: Date;
}

export type OpenHoursByZone = ReadonlyMap<string, readonly OpenHours[]>;

/** When both are open; each of them in order. */
export const shared = (one: readonly OpenHours[], other: readonly OpenHours[]): readonly OpenHours[] =>
  one.flatMap((hours) =>
    other.flatMap((also) => {
      const opens = hours.opens > also.opens ? hours.opens : also.opens;
      const closes = hours.closes < also.closes ? hours.closes : also.closes;
      return opens < closes ? [{ opens, closes }] : [];
    }),
  );
