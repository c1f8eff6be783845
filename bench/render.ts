import { compileEmail } from '../src/content/compile-email';
import { ContentRenderer } from '../src/content/content-renderer';
import { readEmailSource } from '../src/content/email-content';
import { LiquidEngine } from '../src/content/liquid-engine';
import { PlainPage } from '../src/content/page';
import { createRenderer, type RenderJob } from '../src/content/renderer';
import { messageIdKeys } from '../src/shared/message-id';
import { twentyKilobytes } from './emails';
import { machineLoad } from './ground';
import type { BenchOptions, BenchResult } from './options';

const email = compileEmail(readEmailSource(twentyKilobytes('A')));
const birth = { publicUrl: 'https://mail.example.com', keys: messageIdKeys('a secret of the benchmark, long enough') };
const WARM = 1_000;

/** CPU of making one 20 KB mail: by liquidjs, by compiled functions, with its links, and with the way between threads. */
export async function renderBench(options: BenchOptions): Promise<BenchResult> {
  const count = Math.min(options.recipients, 10_000);
  const engines = { html: new LiquidEngine('html'), plain: new LiquidEngine('plain') };
  const liquidjs = await microsEach(count, byLiquidjs(engines));
  const compiled = await microsEach(count, byFunctions(engines));
  const mail = await microsEach(count, wholeMail());
  const renderer = createRenderer(birth);
  const threaded = await microsEach(count, (n) => renderer.render(jobs(n)), 100);
  await renderer.close();
  const figures = { liquidjs, compiled, mail, threaded, ratio: Math.round((liquidjs / compiled) * 10) / 10 };
  return {
    table: [
      `html, text and subject of a 20 KB e-mail, ${count.toLocaleString('en')} times; core-µs each:`,
      `liquidjs ${liquidjs}, compiled ${compiled}: ${figures.ratio} times cheaper`,
      `with links and tokens, as JSON: ${mail}; through the render thread and back: ${threaded}`,
      `load of the machine: ${machineLoad()}`,
    ],
    figures: { ...figures, load: machineLoad() },
  };
}

type Engines = Readonly<Record<'html' | 'plain', LiquidEngine>>;
const parts = (engines: Engines) =>
  [
    { engine: engines.plain, source: email.subject },
    { engine: engines.html, source: email.html },
    { engine: engines.plain, source: email.text },
  ] as const;

function byLiquidjs(engines: Engines): (n: number) => void {
  const parsed = parts(engines).map(({ engine, source }) => ({ engine, templates: engine.parse(source) }));
  return (n) => {
    const { variables, renderTime } = job(n);
    for (const { engine, templates } of parsed) engine.render(templates, variables, renderTime);
  };
}

function byFunctions(engines: Engines): (n: number) => void {
  const programs = parts(engines).map(({ engine, source }) => ({ engine, program: engine.compile(source) }));
  return (n) => {
    const { variables, renderTime } = job(n);
    for (const { engine, program } of programs) engine.run(program, variables, renderTime, new PlainPage());
  };
}

function wholeMail(): (n: number) => void {
  const renderer = new ContentRenderer(birth, birth.keys);
  renderer.learn('mail', email);
  return (n) => {
    if (!renderer.render(job(n)).ok) throw new Error('not rendered');
  };
}

const jobs = (n: number): RenderJob[] => Array.from({ length: 100 }, (_, at) => job(n + at));

const job = (n: number): RenderJob => ({
  hash: 'mail',
  compiled: email,
  messageId: `msg_${n}`,
  variables: {
    external_id: `p${n}`,
    email: `person${n}@example.com`,
    first_name: `First${n}`,
    last_name: `Last${n}`,
    locale: 'en',
    attributes: { group: n % 10 === 0 ? 'other' : 'reachable' },
    campaign: { id: 'cmp_1', name: 'Bench' },
  },
  renderTime: new Date(0),
  trackClicks: true,
  trackOpens: true,
});

/** Of all threads of this process, after a warm-up; the clock of the wall says nothing on a shared machine. */
async function microsEach(count: number, work: (n: number) => unknown, step = 1): Promise<number> {
  for (let n = 0; n < WARM; n += step) await work(n);
  const before = process.cpuUsage();
  for (let n = 0; n < count; n += step) await work(n);
  const { user, system } = process.cpuUsage(before);
  return Math.round(((user + system) / count) * 10) / 10;
}
