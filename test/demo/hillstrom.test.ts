import { join } from 'node:path';
import { type HillstromOutcome, hillstromContacts, hillstromOutcomes, openHillstrom } from '../../demo/hillstrom';

const file = join(__dirname, '../data/hillstrom.csv.gz');
const arms = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'];

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const totals = (outcomes: readonly HillstromOutcome[]) =>
  arms.map((segment) => {
    const arm = outcomes.filter((outcome) => outcome.segment === segment);
    const cents = arm.reduce((sum, { spend }) => sum + Math.round(Number(spend) * 100), 0);
    const count = (done: 'visit' | 'conversion') => arm.filter((outcome) => outcome[done]).length;
    return [arm.length, count('visit'), count('conversion'), cents / 100];
  });

const published = [
  [21_307, 3894, 267, 30_311.69],
  [21_387, 3238, 189, 23_038.11],
  [21_306, 2262, 122, 13_908.33],
];

jest.setTimeout(180_000);

describe('the real experiment', () => {
  it('has the published figures', async () => {
    expect(totals(await collect(hillstromOutcomes(openHillstrom(file))))).toEqual(published);
  });

  it('has them in any order, and people keep what they are', async () => {
    const contacts = await collect(hillstromContacts(openHillstrom(file), { seed: 7 }));
    const outcomes = await collect(hillstromOutcomes(openHillstrom(file), { seed: 7 }));
    expect(totals(outcomes)).toEqual(published);
    expect(contacts.map((contact) => contact.attributes.segment)).toEqual(outcomes.map((outcome) => outcome.segment));
    expect(contacts[0]?.externalId).toBe('customer-00001');
    const unpermuted = await collect(hillstromContacts(openHillstrom(file)));
    expect(contacts.slice(0, 20).map((contact) => contact.attributes)).not.toEqual(
      unpermuted.slice(0, 20).map((contact) => contact.attributes),
    );
  });

  it('may keep a tenth of what people did to itself', async () => {
    const told = await collect(hillstromOutcomes(openHillstrom(file), { withhold: 0.1 }));
    const permuted = await collect(hillstromOutcomes(openHillstrom(file), { withhold: 0.1, seed: 3 }));
    expect(told).toHaveLength(57_600);
    expect(totals(told)).not.toEqual(published);
    expect(totals(permuted)).toEqual(totals(told));
  });

  it('never gives an outcome away with a contact', async () => {
    const [first] = await collect(hillstromContacts(openHillstrom(file)));
    expect(first).toEqual({
      externalId: 'customer-00001',
      email: 'customer-00001@example.com',
      emailOptedIn: true,
      attributes: {
        recency: 10,
        history_segment: '2) $100 - $200',
        history: 142.44,
        mens: 1,
        womens: 0,
        zip_code: 'Surburban',
        newbie: 0,
        channel: 'Phone',
        segment: 'Womens E-Mail',
      },
    });
  });
});
