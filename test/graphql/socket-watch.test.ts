import { EventEmitter } from 'node:events';
import { createSocketWatch, type SocketWatch } from '../../src/graphql/socket-watch';

/** A socket whose other end does what a test says. */
class DistantSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  answers = true;
  pings = 0;
  ended: string | number | undefined = undefined;

  ping(): void {
    this.pings += 1;
    if (this.answers) this.emit('pong');
  }
  close(code: number): void {
    this.end(code);
  }
  terminate(): void {
    this.end('cut');
  }
  private end(how: string | number): void {
    this.ended ??= how;
    this.readyState = 3;
    this.emit('close');
  }
}

let watch: SocketWatch;
let socket: DistantSocket;
const seconds = (n: number) => jest.advanceTimersByTime(n * 1_000);

beforeEach(() => {
  jest.useFakeTimers();
  watch = createSocketWatch(() => new Date());
  socket = new DistantSocket();
  watch.watch(socket);
  watch.greeted(socket);
});
afterEach(() => {
  watch.close();
  jest.useRealTimers();
});

describe('a socket under watch', () => {
  it('is asked every twelve seconds, and stays as long as it answers', () => {
    seconds(600);
    expect(socket).toMatchObject({ pings: 50, ended: undefined });
  });

  it('is cut after 24 seconds of silence', () => {
    socket.answers = false;
    seconds(23);
    expect(socket.ended).toBeUndefined();
    seconds(2);
    expect(socket.ended).toBe('cut');
  });

  it('is cut when it owes more than a megabyte for five seconds, and not before', () => {
    socket.bufferedAmount = 1_048_577;
    seconds(4);
    socket.bufferedAmount = 1_048_576;
    seconds(1);
    socket.bufferedAmount = 2_000_000;
    seconds(5);
    expect(socket.ended).toBeUndefined();
    seconds(1);
    expect(socket.ended).toBe('cut');
  });

  it('is closed when nothing is said on it for three seconds', () => {
    const silent = new DistantSocket();
    watch.watch(silent);
    seconds(2);
    expect(silent.ended).toBeUndefined();
    seconds(1);
    expect(silent.ended).toBe(4408);
  });

  it('ends with its token, within a second', () => {
    watch.endAt(socket, new Date(Date.now() + 10_000));
    seconds(9);
    expect(socket.ended).toBeUndefined();
    seconds(2);
    expect(socket.ended).toBe(4403);
  });

  it('is forgotten when it has closed', () => {
    socket.close(1000);
    seconds(100);
    expect(socket).toMatchObject({ pings: 0, ended: 1000 });
  });
});
