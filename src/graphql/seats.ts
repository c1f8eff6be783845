/** One place of a holder. */
export interface Seat {
  /** Gives it back; once is enough. */
  release(): void;
}

/** Seats of one kind, so many for each holder. */
export interface Seats {
  /** Takes one; nothing when all are taken. */
  take(holder: number): Seat | undefined;
}

export function createSeats(perHolder: number): Seats {
  const taken = new Map<number, number>();
  return {
    take: (holder) => {
      const now = taken.get(holder) ?? 0;
      if (now >= perHolder) return undefined;
      taken.set(holder, now + 1);
      return new TakenSeat(taken, holder);
    },
  };
}

class TakenSeat implements Seat {
  private held = true;

  constructor(
    private readonly taken: Map<number, number>,
    private readonly holder: number,
  ) {}

  release(): void {
    if (!this.held) return;
    this.held = false;
    const left = (this.taken.get(this.holder) ?? 0) - 1;
    if (left > 0) this.taken.set(this.holder, left);
    else this.taken.delete(this.holder);
  }
}
