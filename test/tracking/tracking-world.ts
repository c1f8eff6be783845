import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { type Bus, openBus } from '../../src/adapters/nats';
import { readConfig } from '../../src/config';
import { compileEmail } from '../../src/content/compile-email';
import { usualContentLimits } from '../../src/content/content-limits';
import { ContentRenderer } from '../../src/content/content-renderer';
import { shortTokens } from '../../src/content/short-token';
import { openSliceRenderer } from '../../src/delivery/slice-rendering';
import { type Ingest, startIngest } from '../../src/events/ingest';
import { readContent } from '../../src/medium/media';
import { createHttpServer } from '../../src/operations/http-server';
import { encodeMessageId, messageIdKeys, messageIdsOf } from '../../src/shared/message-id';
import { openLateRenderer } from '../../src/tracking/late-renderer';
import { mountTracking } from '../../src/tracking/tracking-routes';
import { type DeliveryWorld, openDeliveryWorld, startExecution } from '../delivery/delivery-world';
import { type OwnNatsServer, quietLog, startOwnNatsServer, until } from '../events/own-nats-server';

const trackingSecret = 'a-tracking-secret-of-this-test-with-32-bytes';
export const keys = messageIdKeys(trackingSecret);
const idSecret = 'an-id-secret-of-this-test-with-32-bytes-or-more';
const idKeys = messageIdKeys(idSecret);
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

export const compiled = compileEmail({
  subject: 'News',
  html: `<p>{{ first_name }}</p><a href="https://shop.example/a?x=1&amp;y=2">A</a><a href="https://shop.example/b">B</a>
    <a href="{{ unsubscribe_url }}">out</a><i>{{ attributes.note }}</i><i>{{ locale }}</i><a href="{{ view_in_browser_url }}">see</a>`,
});

/** Real PostgreSQL, NATS, ingest and HTTP, and mails as a sender renders them. */
export interface TrackingWorld {
  readonly delivery: DeliveryWorld;
  readonly url: string;
  /** A running campaign with that mail to so many people. */
  campaign(people: number): ReturnType<typeof startExecution>;
  /** The same by text messages, and where those lead. */
  texts(people: number): Promise<{ readonly execNo: number; path(seq: number, link?: number): string }>;
  /** The addresses at our door in one person's mail, in their order. */
  addresses(execNo: number, seq: number): { clicks: string[]; open: string; unsubscribe: string; view: string };
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The same doors where the bus is gone. */
  withoutBus(): Promise<{ url: string; warnings: string[]; close(): Promise<void> }>;
  /** Resolves when so many touches of the execution are in the ledger. */
  touches(execNo: number, count: number): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openTrackingWorld(): Promise<TrackingWorld> {
  const delivery = await openDeliveryWorld();
  const { dispatcher } = delivery.database;
  const nats = await startOwnNatsServer();
  const bus = await openBus({ url: nats.url, name: 'test', log: quietLog });
  await bus.ensureStreams();
  const clock = () => delivery.now;
  const ingest = await startIngest({ database: dispatcher, bus, log: quietLog, clock, ids: idKeys, lanes: 1 });
  const serve = (over: Bus, log = quietLog) => listen(delivery, over, log);
  const { url, app } = await serve(bus);
  return {
    delivery,
    url,
    campaign: (people) => campaign(delivery, people),
    texts: (people) => texts(delivery, people),
    addresses,
    ask: (path, init) => ask(url, path, init),
    withoutBus: () => withoutBus(nats, serve),
    touches: async (execNo, count) => {
      const read = () =>
        dispatcher.query('select seq, kind, link, verdict from campaign.touch where exec_no = $1 order by at', [
          execNo,
        ]);
      await until(async () => (await read()).length >= count);
      return read();
    },
    close: () => closeAll(app, ingest, bus, nats, delivery),
  };
}

async function closeAll(app: FastifyInstance, ingest: Ingest, bus: Bus, nats: OwnNatsServer, world: DeliveryWorld) {
  await app.close();
  await ingest.stop();
  await bus.close();
  await nats.close();
  await world.close();
}

async function listen(delivery: DeliveryWorld, bus: Bus, log: typeof quietLog) {
  const app = createHttpServer(quietLog);
  const clock = () => delivery.now;
  const database = delivery.database.dispatcher;
  const settings = { DATABASE_URL: delivery.database.url, NATS_URL: 'nats://unused', PUBLIC_URL: 'http://unused' };
  const config = readConfig({ ...settings, TRACKING_SECRET: trackingSecret, ID_SECRET: idSecret });
  const renderer = openLateRenderer(() => openSliceRenderer(database, config, quietLog));
  app.addHook('onClose', () => renderer.close());
  await mountTracking(app, { database, bus, log, renderer, clock, keys, ids: messageIdsOf(idSecret) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` };
}

async function withoutBus(nats: OwnNatsServer, serve: (bus: Bus, log: typeof quietLog) => ReturnType<typeof listen>) {
  const warnings: string[] = [];
  const gone = await openBus({ url: nats.url, name: 'test gone', log: quietLog });
  await gone.close();
  const log = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
  const { app, url } = await serve(gone, log);
  return { url, warnings, close: () => app.close() };
}

async function campaign(delivery: DeliveryWorld, people: number) {
  const started = await startExecution(delivery, people);
  await delivery.database.dispatcher.query(
    `insert into campaign.content (org_no, hash, channel, source, compiled, created_at)
     values ($1, 'h', 1, '{}', $2, $3)`,
    [started.orgNo, compiled, delivery.now],
  );
  return started;
}

async function texts(delivery: DeliveryWorld, people: number) {
  const { execNo, orgNo } = await campaign(delivery, people);
  const { dispatcher } = delivery.database;
  const { compiled: sms } = readContent('sms', { body: 'https://shop.example/sms' }, 'content', usualContentLimits);
  await dispatcher.query(
    `insert into campaign.content (org_no, hash, channel, source, compiled, created_at)
     values ($1, 'sms', 2, '{}', $2, $3)`,
    [orgNo, sms, delivery.now],
  );
  await dispatcher.query('update campaign.message set channel = 2 where exec_no = $1', [execNo]);
  await dispatcher.query(
    `update campaign.execution set plan = jsonb_set(plan, '{variants}', (
       select jsonb_agg(jsonb_set(v, '{content,sms}', '"sms"')) from jsonb_array_elements(plan -> 'variants') v))
     where exec_no = $1`,
    [execNo],
  );
  const token = (seq: number) => shortTokens(keys, encodeMessageId(idKeys, execNo, seq));
  return {
    execNo,
    path: (seq: number, link?: number) => `/${link === undefined ? 'u' : 'c'}/${token(seq)?.(link)}`,
  };
}

function addresses(execNo: number, seq: number) {
  const renderer = new ContentRenderer({ publicUrl: '' }, keys);
  renderer.learn('h', compiled);
  const messageId = encodeMessageId(idKeys, execNo, seq);
  const tracks = { trackClicks: true, trackOpens: true };
  const rendered = renderer.render({ hash: 'h', messageId, variables: {}, renderTime: new Date(0), ...tracks });
  if (!rendered.ok) throw new Error(rendered.message);
  const found = (place: string) =>
    [...String(JSON.parse(rendered.json).html).matchAll(new RegExp(`"(/${place}/[^"]+)"`, 'g'))].map(
      (match) => match[1] ?? '',
    );
  return {
    clicks: found('t/c'),
    open: found('t/o')[0] ?? '',
    unsubscribe: found('u')[0] ?? '',
    view: found('v')[0] ?? '',
  };
}

/** As a person's browser would, unless told otherwise. */
export const ask = (url: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { 'user-agent': BROWSER, ...init.headers } });
