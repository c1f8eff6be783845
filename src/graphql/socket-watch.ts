import type { Clock } from '../shared/clock';
import { FORBIDDEN_CLOSE } from './socket-sessions';

/** What the watch asks of a socket: a WebSocket of `ws` has it all. */
export interface WatchedSocket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  readonly OPEN: number;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'pong' | 'close', listener: (this: WatchedSocket) => void): unknown;
}

/** What is known of a socket under watch. */
interface Watched {
  /** Sockets are asked in turn, not all at once. */
  readonly turn: number;
  lastHeard: number;
  backlogSince: number | undefined;
  /** The tick by which the first message must have come; endless once it has. */
  greetBy: number;
  expiresAt: number;
}

const TICK_MS = 1_000;
/** A ping every 12 s; silence of twice that means nobody is there, or nobody who reads. */
const PING_TICKS = 12;
const SILENCE_TICKS = 24;
/** A reader may owe us this much, for this long. */
const BACKLOG_BYTES = 1_048_576;
const BACKLOG_TICKS = 5;

/** For the first message to come. */
const GREETING_TICKS = 3;
const NO_GREETING_CLOSE = 4408;

/** One timer for all sockets: closes who does not greet, cuts who does not answer, who does not read, and whose token has ended. */
export interface SocketWatch {
  watch(socket: WatchedSocket): void;
  /** The first message has come. */
  greeted(socket: WatchedSocket): void;
  /** The socket ends with its token. */
  endAt(socket: WatchedSocket, time: Date): void;
  close(): void;
}

export function createSocketWatch(now: Clock): SocketWatch {
  const watched = new Map<WatchedSocket, Watched>();
  let tick = 0;
  const timer = setInterval(() => {
    tick += 1;
    const time = now().getTime();
    for (const [socket, state] of watched) look(socket, state, tick, time);
  }, TICK_MS).unref();
  const hear = function (this: WatchedSocket): void {
    const state = watched.get(this);
    if (state) state.lastHeard = tick;
  };
  const forget = function (this: WatchedSocket): void {
    watched.delete(this);
  };
  return {
    watch: (socket) => {
      const turn = watched.size % PING_TICKS;
      const ever = Number.POSITIVE_INFINITY;
      const greetBy = tick + GREETING_TICKS;
      watched.set(socket, { turn, lastHeard: tick, backlogSince: undefined, greetBy, expiresAt: ever });
      socket.on('pong', hear);
      socket.on('close', forget);
    },
    greeted: (socket) => {
      const state = watched.get(socket);
      if (state) state.greetBy = Number.POSITIVE_INFINITY;
    },
    endAt: (socket, time) => {
      const state = watched.get(socket);
      if (state) state.expiresAt = time.getTime();
    },
    close: () => clearInterval(timer),
  };
}

function look(socket: WatchedSocket, state: Watched, tick: number, time: number): void {
  if (time >= state.expiresAt) socket.close(FORBIDDEN_CLOSE, 'token expired');
  if (tick >= state.greetBy) socket.close(NO_GREETING_CLOSE, 'no greeting came');
  if (socket.bufferedAmount <= BACKLOG_BYTES) state.backlogSince = undefined;
  else state.backlogSince ??= tick;
  const slow = state.backlogSince !== undefined && tick - state.backlogSince >= BACKLOG_TICKS;
  // Not closed with a handshake: who does not read would not read that either.
  if (slow || tick - state.lastHeard >= SILENCE_TICKS) socket.terminate();
  else if (tick % PING_TICKS === state.turn && socket.readyState === socket.OPEN) socket.ping();
}
