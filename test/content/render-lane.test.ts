import { Quarantine } from '../../src/content/quarantine';
import { RenderLane } from '../../src/content/render-lane';
import { jobOf, keys } from './render-jobs';

test('a thread that does not come up for a while is tried again', async () => {
  // More than a thread may hold: it dies before its first word.
  const tooMany = { current: 1, secrets: new Map(Array.from({ length: 1_000_000 }, (_, no) => [no, `secret ${no}`])) };
  let broken = true;
  const options = {
    publicUrl: 'https://mail.example',
    killAfterMs: 500,
    get keys() {
      return broken ? tooMany : keys;
    },
  };
  const lane = new RenderLane(options, new Quarantine());
  await expect(lane.render([jobOf({ subject: 'Hi', html: '<p>Hi</p>' })])).rejects.toThrow('does not come up');
  broken = false;
  expect(await lane.render([jobOf({ subject: 'Hi', html: '<p>Hi</p>' })])).toMatchObject([{ ok: true }]);
  await lane.close();
}, 60_000);
