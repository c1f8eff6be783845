import { DomainError } from '../../src/shared/errors';
import { hostileTemplates, reaches } from './hostile-templates';
import { emailOf, jobOf, openRenderer } from './render-jobs';

const variables = { first_name: 'Ada', attributes: { list: [{ a: 1 }, { a: 2 }] }, campaign: { name: 'x' } };
/** Two tries of a template's own limit, or two threads that are ended, with what starting another takes. */
const MOST_MS = 5_000;

/** Words of files and of what stands behind objects. */
const LEAKED = /root:|native code|function|"dependencies"/;

/** A template that is refused when it is saved is not rendered. */
function compiled(html: string) {
  try {
    return jobOf({ subject: 'x', html }, variables, 1);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'CONTENT_TEMPLATE') return undefined;
    throw error;
  }
}

test('there are at least 150 hostile templates, each with a name of its own', () => {
  expect(new Set(hostileTemplates.map(([name]) => name)).size).toBe(hostileTemplates.length);
  expect(hostileTemplates.length).toBeGreaterThanOrEqual(150);
});

test('each is refused when saved or ends within its limits, reads no file, and harms nobody after it', async () => {
  const renderer = openRenderer(300, 2);
  const wrong: string[] = [];
  for (const [name, html] of hostileTemplates) {
    const job = compiled(html);
    if (!job) continue;
    const begun = performance.now();
    const [rendered] = await renderer.render([job]);
    const took = performance.now() - begun;
    if (took > MOST_MS) wrong.push(`${name}: ${took} ms`);
    if (rendered?.ok && LEAKED.test(emailOf(rendered).html))
      wrong.push(`${name}: ${emailOf(rendered).html.slice(0, 100)}`);
  }
  const [after] = await renderer.render([jobOf({ subject: 'x', html: 'after' }, variables, 2)]);
  await renderer.close();
  expect(wrong).toEqual([]);
  expect(emailOf(after).html).toContain('after');
}, 120_000);

test('loops end by their own limit, twice, before their thread would be ended', async () => {
  const renderer = openRenderer(300, 1);
  const loops = hostileTemplates.filter(([name]) => name.endsWith('loops in each other'));
  const jobs = loops.flatMap(([, html]) => compiled(html) ?? []);
  const ends: unknown[] = [];
  for (const job of jobs) ends.push(...(await renderer.render([job])));
  await renderer.close();
  expect(ends).toEqual(jobs.map(() => expect.objectContaining({ ok: false, reason: 'limit_exceeded' })));
  expect(jobs).toHaveLength(3);
}, 30_000);

test('what is not a value of its own is nothing to a template', async () => {
  const renderer = openRenderer();
  const rendered = await renderer.render(reaches.map(([, html]) => jobOf({ subject: 'x', html }, variables, 1)));
  await renderer.close();
  expect(rendered.map((one) => one.ok && emailOf(one).text)).toEqual(reaches.map(() => ''));
});
