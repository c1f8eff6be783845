import { DomainError, type ErrorCode } from './errors';

/** A percentage as whole hundredths (33.34 % is 3334): sums of them are exact, sums of floats are not. */
export function toHundredths(percentage: number, code: ErrorCode, path: string): number {
  const hundredths = Math.round(percentage * 100);
  if (Number.isFinite(percentage) && Math.abs(hundredths - percentage * 100) < 1e-6) return hundredths;
  throw new DomainError(code, `${percentage} has more than two decimals`, path);
}

/** The percentage that callers see. */
export const fromHundredths = (hundredths: number): number => hundredths / 100;
