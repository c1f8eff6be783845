import { type FigureName, type Figures, figureNames, figuresOf, type LedgerCell } from './ledger-cell';
import { addMoney } from './money';

/** What people did towards a goal, counted by assignment: everyone of the slice counts, sent to or not. */
export interface GoalOutcome {
  readonly goal: string;
  readonly people: number;
  readonly events: number;
  readonly value: string;
  /** Of the eligible people. */
  readonly rate: number | null;
}

/** Shares of their base; nothing where the base is nobody. Derived at reading, never stored. */
export interface Rates {
  readonly delivery: number | null;
  readonly open: number | null;
  readonly click: number | null;
  readonly clickToOpen: number | null;
  readonly bounce: number | null;
  readonly unsubscribe: number | null;
  readonly complaint: number | null;
}

/** The figures of one slice (a campaign, an execution, a variant, a channel), with what follows from them. */
export interface Metrics extends Figures {
  readonly bounced: number;
  readonly outcomes: readonly GoalOutcome[];
  readonly rates: Rates;
}

/** Adds the cells of a slice; `goals` are named even where nobody reached them. */
export function metricsOf(cells: readonly LedgerCell[], goals: readonly string[]): Metrics {
  const figures = addFigures(cells.filter((cell) => cell.goal === null));
  const outcomes = goals.map((goal) => outcomeOf(goal, cells, figures.eligible));
  return { ...figures, bounced: figures.bouncedHard + figures.bouncedSoft, outcomes, rates: ratesOf(figures) };
}

/** Sums every figure. */
export function addFigures(cells: readonly Figures[]): Figures {
  const total = figuresOf(() => 0) as Record<FigureName, number>;
  for (const cell of cells) for (const name of figureNames) total[name] += cell[name];
  return total;
}

function outcomeOf(goal: string, cells: readonly LedgerCell[], eligible: number): GoalOutcome {
  const reached = cells.filter((cell) => cell.goal === goal);
  const people = reached.reduce((sum, cell) => sum + cell.outcomes, 0);
  return {
    goal,
    people,
    events: reached.reduce((sum, cell) => sum + cell.outcomeEvents, 0),
    value: addMoney(reached.map((cell) => cell.outcomeValue)),
    rate: share(people, eligible),
  };
}

function ratesOf(figures: Figures): Rates {
  const { sent, delivered, opened, clicked } = figures;
  return {
    delivery: share(delivered, sent),
    open: share(opened, delivered),
    click: share(clicked, delivered),
    clickToOpen: share(clicked, opened),
    bounce: share(figures.bouncedHard + figures.bouncedSoft, sent),
    unsubscribe: share(figures.unsubscribed, delivered),
    complaint: share(figures.complained, delivered),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
