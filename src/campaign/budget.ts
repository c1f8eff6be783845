import { DomainError } from '../shared/errors';
import { CHANNEL } from '../shared/ledger-codes';
import type { Budget } from './campaign-fields';

const AMOUNT = /^\d{1,12}(\.\d{1,4})?$/;
const COST = /^\d{1,6}(\.\d{1,6})?$/;
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Refuses a budget that cannot be money: exact decimals that are not negative, and a currency that exists. */
export function checkBudget({ amount, currency, costPerMessage }: Budget): void {
  if (!AMOUNT.test(amount))
    throw invalid('budget.amount', 'an amount has 1 to 12 digits and at most 4 decimals, and is not negative');
  if (!currencies.has(currency)) throw invalid('budget.currency', 'a currency is a code of ISO 4217, such as EUR');
  for (const [kind, cost] of Object.entries(costPerMessage)) {
    if (!Object.hasOwn(CHANNEL, kind))
      throw invalid(
        'budget.costPerMessage',
        `there is no channel ${kind.slice(0, 40)}: ${Object.keys(CHANNEL).join(', ')}`,
      );
    if (!COST.test(cost))
      throw invalid(
        `budget.costPerMessage.${kind}`,
        'a cost has 1 to 6 digits and at most 6 decimals, and is not negative',
      );
  }
}

const invalid = (path: string, message: string): DomainError => new DomainError('CAMPAIGN_INVALID', message, path);
