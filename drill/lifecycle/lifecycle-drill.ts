import fc from 'fast-check';
import { type Command, commandNames, type Sequence, sequences, walks } from './commands';
import { type Answer, LifecycleModel, type ModelCampaign, statuses } from './model';
import { type LifecycleWorld, PlayedService, type Seen } from './service';

/** How often each command met each status. */
export type Matrix = ReadonlyMap<string, number>;

export interface LifecycleResult {
  readonly sequences: number;
  readonly commands: number;
  readonly matrix: Matrix;
  /** Pairs that nothing met: none, for every pair has a walk of its own. */
  readonly missed: readonly string[];
}

export interface LifecycleOptions {
  readonly sequences: number;
  readonly seed: number;
  /** Whether a difference is looked for in shorter sequences: that may take minutes. */
  readonly shrinks: boolean;
}

const begin = Date.parse('2026-11-21T10:00:00Z');

/**
 * Plays sequences of commands to the service and to the model at once; throws at the first difference, with the
 * sequence that shows it. The walks come first: each command in each status.
 */
export async function playLifecycles(world: LifecycleWorld, options: LifecycleOptions): Promise<LifecycleResult> {
  const matrix = new Map<string, number>();
  let played = 0;
  let commands = 0;
  const play = async (sequence: Sequence): Promise<void> => {
    played += 1;
    commands += await playOne(world, { sequence, name: `life-${options.seed}-${played}`, matrix });
  };
  for (const walk of walks) await play(walk);
  await fc.assert(fc.asyncProperty(sequences, play), {
    numRuns: options.sequences,
    seed: options.seed,
    endOnFailure: !options.shrinks,
  });
  const pairs = statuses.flatMap((status) => commandNames.map((name) => `${status} ${name}`));
  return { sequences: played, commands, matrix, missed: pairs.filter((pair) => !matrix.has(pair)) };
}

interface Play {
  readonly sequence: Sequence;
  readonly name: string;
  readonly matrix: Map<string, number>;
}

async function playOne(world: LifecycleWorld, { sequence, name, matrix }: Play): Promise<number> {
  const model = new LifecycleModel(sequence, begin);
  const service = await PlayedService.open(world, name, new Date(begin), sequence);
  try {
    for (const [index, command] of sequence.commands.entries()) {
      // Nothing happens twice at the same moment.
      model.now += 1_000;
      if (command.name === 'jump') model.now = model.timeAfter(command.jump);
      service.now = new Date(model.now);
      await step({ model, service, command, matrix, where: `command ${index + 1}, ${command.name}` });
    }
    return sequence.commands.length;
  } finally {
    await service.leave();
  }
}

interface Step {
  readonly model: LifecycleModel;
  readonly service: PlayedService;
  readonly command: Command;
  readonly matrix: Map<string, number>;
  readonly where: string;
}

async function step({ model, service, command, matrix, where }: Step): Promise<void> {
  const target = model.campaigns[command.pick % Math.max(1, model.campaigns.length)];
  for (const status of met(model, command, target)) count(matrix, `${status} ${command.name}`);
  const version = (target?.version ?? 1) - (command.stale ? 1 : 0);
  const answered = await service.play(command, version);
  const expected = expectation(model, command, target);
  if (answered !== expected) throw new Error(`${where}: the service answered ${answered}, the model ${expected}`);
  compare(model.campaigns, await service.see(), where);
}

const count = (matrix: Map<string, number>, pair: string) => matrix.set(pair, (matrix.get(pair) ?? 0) + 1);

/** Whose status a command meets: its campaign's, or that of all where it is for all. */
function met(model: LifecycleModel, { name }: Command, target: ModelCampaign | undefined): readonly string[] {
  const forAll = name === 'due' || name === 'finish' || name === 'jump';
  const campaigns = forAll ? model.campaigns : target ? [target] : [];
  return campaigns.filter(({ archived }) => !archived).map(({ status }) => status);
}

// The dispatcher's own work is not in the hands of the one who crashes.
const uncrashable: ReadonlySet<string> = new Set(['due', 'finish', 'jump']);

function expectation(model: LifecycleModel, command: Command, target: ModelCampaign | undefined): Answer {
  if (!command.crash || uncrashable.has(command.name)) return apply(model, command, target);
  // What would be refused is refused; what would be done is undone, so the model plays on a copy.
  const copy = Object.assign(new LifecycleModel(model.rules, model.now), {
    campaigns: structuredClone(model.campaigns),
  });
  const answer = apply(copy, command, copy.campaigns[command.pick % Math.max(1, copy.campaigns.length)]);
  return answer === 'ok' ? 'crashed' : answer;
}

function apply(model: LifecycleModel, command: Command, target: ModelCampaign | undefined): Answer {
  const { name, stale, by, what, minutes, count: occurrences } = command;
  if (name === 'create') {
    const endAt = command.ends && command.kind !== 'ONE_TIME' ? model.now + 50 * 3_600_000 : null;
    return model.create(command.kind, command.ready, endAt);
  }
  if (name === 'due') return model.due();
  if (name === 'finish') return model.finish();
  if (name === 'jump') return 'ok';
  if (!target) return 'NOT_FOUND';
  if (name === 'edit') return model.edit(target, stale, what);
  if (name === 'schedule') return model.schedule(target, stale, { minutes, count: occurrences });
  if (name === 'submit') return model.submit(target, stale, by);
  if (name === 'approve') return model.decide(target, stale, { by, approval: 'approved' });
  if (name === 'reject') return model.decide(target, stale, { by, approval: 'rejected' });
  return model[name](target, stale);
}

/** The two must agree on everything that the model knows, of every campaign. */
function compare(expected: readonly ModelCampaign[], seen: readonly Seen[], where: string): void {
  const words = (one: ModelCampaign | Seen) => ({
    status: one.status,
    pausedFrom: one.pausedFrom,
    version: one.version,
    approval: one.approval,
    // Of one that is not scheduled it is history.
    at: one.status === 'scheduled' ? one.at : null,
    waits: one.status === 'scheduled' && one.waits,
    archived: one.archived,
    executions: one.executions,
  });
  const [model, service] = [expected.map(words), seen.map(words)].map((all) => all.map((one) => JSON.stringify(one)));
  const different = model?.findIndex((one, index) => one !== service?.[index]) ?? -1;
  if (different < 0 && expected.length === seen.length) return;
  throw new Error(
    `${where}: campaign ${different + 1}\nservice ${service?.[different]}\nmodel   ${model?.[different]}`,
  );
}

/** The matrix as a table: commands by status. */
export function printMatrix(matrix: Matrix): string {
  const width = Math.max(...commandNames.map((name) => name.length));
  const cell = (text: string | number) => String(text).padStart(10);
  const head = `${''.padEnd(width)}${statuses.map(cell).join('')}`;
  const rows = commandNames.map(
    (name) => `${name.padEnd(width)}${statuses.map((status) => cell(matrix.get(`${status} ${name}`) ?? 0)).join('')}`,
  );
  return [head, ...rows].join('\n');
}
