import { type Msg, type NatsConnection, nanos, nuid, type Subscription } from '@nats-io/transport-node';

/** The server keeps the message's own subject on delivery, so only a subscription of its own tells a pull's answers. */
interface Pull {
  owed: number;
  readonly subscription: Subscription;
  readonly timer: NodeJS.Timeout;
}

export interface PullsOptions {
  readonly connection: NatsConnection;
  readonly stream: string;
  readonly durable: string;
  readonly received: (offer: Msg) => void;
  /** A pull ended that may be asked again. */
  readonly ended: () => void;
  /** Stream or consumer may be gone. */
  readonly lost: () => void;
}

const PULL_MS = 5_000;
const GRACE_MS = 1_500;
const LOOK_AGAIN_MS = 100;

/**
 * The open requests of one consumer for messages; long-lived, so an idle consumer costs one request in five seconds.
 * What each still owes is known, and one that died with its server is given up by time.
 */
export class Pulls {
  readonly #open = new Set<Pull>();

  constructor(private readonly options: PullsOptions) {}

  /** Messages that were asked for and have not come. */
  get owed(): number {
    let owed = 0;
    for (const pull of this.#open) owed += pull.owed;
    return owed;
  }

  ask(wanted: number): void {
    const { connection, stream, durable } = this.options;
    const inbox = `_INBOX.${nuid.next()}`;
    const callback = (error: Error | null, reply: Msg) => {
      if (!error) this.#answered(pull, reply);
    };
    const pull: Pull = {
      owed: wanted,
      subscription: connection.subscribe(inbox, { callback }),
      timer: setTimeout(() => this.#abandoned(pull), PULL_MS + GRACE_MS),
    };
    this.#open.add(pull);
    const request = JSON.stringify({ batch: wanted, expires: nanos(PULL_MS) });
    connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, request, { reply: inbox });
  }

  forgetAll(): void {
    for (const pull of this.#open) this.#forget(pull);
  }

  #answered(pull: Pull, reply: Msg): void {
    if (!reply.reply) {
      this.#word(pull, reply);
      return;
    }
    if (--pull.owed === 0) this.#forget(pull);
    this.options.received(reply);
  }

  /** 404, 408 and 409 batch completed are ordinary ends; the other words mean that the consumer must be looked at. */
  #word(pull: Pull, reply: Msg): void {
    const code = reply.headers?.code ?? 0;
    const description = reply.headers?.description ?? '';
    if (code === 100) return;
    this.#forget(pull);
    const ordinary = code === 404 || code === 408 || /batch completed|exceeded/i.test(description);
    if (ordinary) this.options.ended();
    else setTimeout(this.options.lost, LOOK_AGAIN_MS).unref();
  }

  /** No word at all, not even its end. */
  #abandoned(pull: Pull): void {
    this.#forget(pull);
    if (!this.options.connection.isClosed()) this.options.lost();
  }

  #forget(pull: Pull): void {
    clearTimeout(pull.timer);
    if (!this.options.connection.isClosed()) pull.subscription.unsubscribe();
    this.#open.delete(pull);
  }
}
