import { type ChildProcess, fork } from 'node:child_process';

/** A program of a benchmark that answers one question after another. */
export interface Askable<Questions extends Record<string, [unknown, unknown]>> {
  ask<Name extends keyof Questions & string>(name: Name, question: Questions[Name][0]): Promise<Questions[Name][1]>;
  stop(): Promise<void>;
}

interface Letter {
  readonly name: string;
  readonly body: unknown;
}

/** Starts a program; its first word must be `ready`. */
export async function startAskable<Questions extends Record<string, [unknown, unknown]>>(
  program: string,
  settings: object,
  flags: readonly string[] = [],
): Promise<Askable<Questions> & { readonly ready: unknown }> {
  const child = fork(program, [JSON.stringify(settings)], { execArgv: [...flags], serialization: 'advanced' });
  const ready = (await heard(child, 'ready')).body;
  return {
    ready,
    ask: async (name, body) => {
      const answer = heard(child, name);
      child.send({ name, body } satisfies Letter);
      return (await answer).body as never;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function heard(child: ChildProcess, name: string): Promise<Letter> {
  return new Promise((resolve, reject) => {
    const hear = (letter: unknown) => {
      if ((letter as Letter).name !== name) return;
      child.off('message', hear);
      child.off('exit', gone);
      resolve(letter as Letter);
    };
    const gone = (code: number | null) => reject(new Error(`${child.spawnargs[1]} ended with ${code} before ${name}`));
    child.on('message', hear);
    child.once('exit', gone);
  });
}

/** The other side: answers each question by its name. */
export function answerParent(answers: Readonly<Record<string, (body: never) => unknown>>, ready: unknown): void {
  process.on('message', async ({ name, body }: Letter) => {
    process.send?.({ name, body: await answers[name]?.(body as never) } satisfies Letter);
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ name: 'ready', body: ready } satisfies Letter);
}
