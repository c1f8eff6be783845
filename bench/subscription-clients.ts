import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { answerParent } from './child-asking';

export interface SubscriptionClientSettings {
  readonly port: number;
  readonly token: string;
  readonly query: string;
  readonly subscribers: number;
}

/** Arrivals of one value at all clients. */
export interface Arrivals {
  readonly values: number;
  readonly millis: readonly number[];
}

/** One subscriber on a socket of its own. */
interface Subscriber {
  socket: WebSocket;
  /** The newest figure that it was shown; it only grows. */
  last: number;
  steppedBack: boolean;
}

/** One address has ports for 28,000 connections; several are kinder to the machine. */
const ADDRESSES = 20;
const AT_A_TIME = 100;
const figure = /"sent":(\d+)/;

const settings = JSON.parse(process.argv[2] ?? '{}') as SubscriptionClientSettings;
const subscribers: Subscriber[] = [];
const arrivals = new Map<number, number[]>();
const now = () => performance.timeOrigin + performance.now();

answerParent({ open, latencies, reconnect, settled, leave }, null);

async function open(): Promise<void> {
  for (let from = 0; from < settings.subscribers; from += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, settings.subscribers - from);
    subscribers.push(...(await Promise.all(Array.from({ length: count }, (_, index) => enter(from + index)))));
  }
}

/** A machine that is busy may let a greeting wait too long: whoever is refused tries again. */
async function enter(index: number, last = -1): Promise<Subscriber> {
  for (;;) {
    try {
      return await connect(index, last);
    } catch {
      await pause(100);
    }
  }
}

function connect(index: number, last: number): Promise<Subscriber> {
  const socket = new WebSocket(`ws://127.0.0.1:${settings.port}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
    localAddress: `127.0.0.${2 + (index % ADDRESSES)}`,
  });
  const subscriber: Subscriber = { socket, last, steppedBack: false };
  const said = (message: object) => socket.send(JSON.stringify(message));
  return new Promise((resolve, reject) => {
    socket.on('open', () => said({ type: 'connection_init', payload: { authorization: `Bearer ${settings.token}` } }));
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (data: Buffer) => {
      const text = data.toString('latin1');
      if (text.startsWith('{"type":"connection_ack"'))
        return said({ id: '1', type: 'subscribe', payload: { query: settings.query } });
      take(subscriber, Number(figure.exec(text)?.[1] ?? Number.NaN), text);
      resolve(subscriber);
    });
  });
}

function take(subscriber: Subscriber, value: number, text: string): void {
  if (Number.isNaN(value)) throw new Error(`not a figure: ${text.slice(0, 300)}`);
  if (value < subscriber.last) subscriber.steppedBack = true;
  if (value > subscriber.last) arrivalsOf(value).push(now());
  subscriber.last = value;
}

function arrivalsOf(value: number): number[] {
  const known = arrivals.get(value) ?? [];
  arrivals.set(value, known);
  return known;
}

/** How long after its commit each value arrived, in order; and forgets them. */
function latencies(commits: ReadonlyMap<number, number>): Arrivals {
  const millis = [...commits].flatMap(([value, at]) => (arrivals.get(value) ?? []).map((arrived) => arrived - at));
  arrivals.clear();
  return { values: millis.length, millis: millis.toSorted((a, b) => a - b) };
}

let broken = 0;

/** Breaks so many sockets, ten at a time, and subscribes again at once; the next ones each time. */
async function reconnect(count: number): Promise<void> {
  for (let from = 0; from < count; from += 10) {
    await Promise.all(Array.from({ length: 10 }, () => breakOne((broken++ * 7_919) % subscribers.length)));
  }
}

/** All go, each with its subscription open. */
async function leave(): Promise<void> {
  for (const { socket } of subscribers.splice(0)) socket.removeAllListeners('close').terminate();
}

async function breakOne(index: number): Promise<void> {
  const broken = subscribers[index];
  if (!broken) return;
  broken.socket.removeAllListeners('close').terminate();
  subscribers[index] = await enter(index, broken.last);
}

/** Subscribers that have not seen this value, or were shown an older one after a newer one. */
function settled(value: number): { behind: number; steppedBack: number } {
  return {
    behind: subscribers.filter(({ last }) => last !== value).length,
    steppedBack: subscribers.filter(({ steppedBack }) => steppedBack).length,
  };
}
