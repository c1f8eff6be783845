import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { z } from 'zod';
import { readSdl } from '../supergraph/subgraph-sdl';

/** A breaking change that somebody decided on: `{"change": "FIELD_REMOVED Query.campaign", "why": "…"}`. */
const acknowledgements = z.array(z.strictObject({ change: z.string(), why: z.string().min(10) }));
export type Acknowledgement = z.infer<typeof acknowledgements>[number];

/** Reads `schema/acknowledged-changes.json`. */
export const readAcknowledgements = (json: unknown): readonly Acknowledgement[] => acknowledgements.parse(json);

/** Changes that break clients and were not decided on, and decisions about changes that are not there. */
export async function openQuestions(
  released: string,
  present: string,
  acknowledged: readonly Acknowledgement[],
): Promise<readonly string[]> {
  const breaking = (await breakingChanges(released, present)).map(nameOf);
  const decided = acknowledged.map(({ change }) => change);
  return [
    ...breaking.filter((change) => !decided.includes(change)),
    ...decided.filter((change) => !breaking.includes(change)).map((change) => `not there: ${change}`),
  ];
}

const nameOf = ({ type, path }: Change): string => `${type} ${path}`;

async function breakingChanges(released: string, present: string): Promise<readonly Change[]> {
  const changes = await diff(build(released), build(present));
  return changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking || losesKey(change));
}

// The library does not know what a key is for: without it gateways cannot reach an entity any more.
const losesKey = ({ type, meta }: Change): boolean =>
  type === 'DIRECTIVE_USAGE_OBJECT_REMOVED' && Object.values(meta).includes('key');

const build = (sdl: string) => buildSchema(`${readSdl('federation')}\n${sdl}`, { assumeValid: true });
