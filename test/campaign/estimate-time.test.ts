import { estimateAudience } from '../../src/campaign/audience-estimation';
import { openWorld, type World } from './campaign-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('an estimate counts days back from its own clock, not from the database', async () => {
  const scope = await world.scopeOf('estimate-time');
  await scope.write((em) =>
    em.execute(
      `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, attributes)
       values (?, 'c-1', 'a@example.com', true, true, '{"lastVisit": "2030-05-01T00:00:00Z"}')`,
      [scope.viewer.organizationNo],
    ),
  );
  const rules = { field: 'attributes.lastVisit', operator: 'within_last', value: 10 };
  const countAt = async (now: string) => {
    world.now = new Date(now);
    const { perAudience, sent } = await estimateAudience(scope, { audiences: [{ kind: 'INCLUDE', rules }] });
    return { perAudience, sent };
  };
  expect(await countAt('2030-05-08T00:00:00Z')).toEqual({ perAudience: [1], sent: 1 });
  expect(await countAt('2030-05-12T00:00:00Z')).toEqual({ perAudience: [0], sent: 0 });
});
