const DECIMALS = 4;

/** Adds exact decimals as whole ten-thousandths: sums of money never pass through a float. */
export function addMoney(amounts: readonly string[]): string {
  return formatMoney(amounts.reduce((sum, amount) => sum + parseMoney(amount), 0n));
}

function parseMoney(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
}

function formatMoney(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0{1,2}$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${fraction}`;
}
