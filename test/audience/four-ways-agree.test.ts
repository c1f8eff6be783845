import { askAllFour, makeAudienceCampaign } from '../../bench/audience-agreement';
import { makeAudience } from '../../bench/audience-people';
import { openWorld, type World } from '../campaign/campaign-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('a query written by hand, an estimate, a launch plan and an execution come to the same people', async () => {
  const scope = await world.scopeOf('four-ways');
  const place = { orgNo: scope.viewer.organizationNo, people: 4_000, at: world.now };
  const history = await makeAudience(world.ledger, place);
  const campaignId = await makeAudienceCampaign(scope, history);
  const { plain, estimate, plan, execution } = await askAllFour(scope, world.ledger, history, campaignId);
  // Somebody for every gate: two that agree on nobody prove nothing.
  expect(Object.keys(plain.outcomes)).toEqual(['held_out', 'no_consent', 'not_eligible', 'queued', 'suppressed']);
  for (const { outcomes } of [estimate, plan, execution]) expect(outcomes).toEqual(plain.outcomes);
});
