/** Seats of one kind, so many for each holder. */
export interface Seats {
  /** Takes one; the answer gives it back, and says whether it still had it. Nothing when all are taken. */
  take(holder: number): (() => boolean) | undefined;
}

export function createSeats(perHolder: number): Seats {
  const taken = new Map<number, number>();
  const change = (holder: number, step: 1 | -1): void => {
    const now = (taken.get(holder) ?? 0) + step;
    if (now === 0) taken.delete(holder);
    else taken.set(holder, now);
  };
  return {
    take: (holder) => {
      if ((taken.get(holder) ?? 0) >= perHolder) return undefined;
      change(holder, 1);
      let held = true;
      return () => {
        const given = held;
        if (given) change(holder, -1);
        held = false;
        return given;
      };
    },
  };
}
