import { publicId } from '../../src/shared/public-id';

test('ids carry their prefix and sort by time', () => {
  const ids = [1_000, 2_000, 1_700_000_000_000, 1_700_000_000_001].map((at) => publicId('cmp', new Date(at)));
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^cmp_[0-9a-hjkmnp-tv-z]{26}$/);
});

test('two ids of one moment differ', () => {
  const at = new Date(1_700_000_000_000);
  expect(publicId('seg', at)).not.toBe(publicId('seg', at));
});
