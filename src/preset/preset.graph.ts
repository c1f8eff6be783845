import type { NounGraph } from '../graphql/noun-graph';
import { PresetResolver } from './preset.resolver';

/** What presets add to the graph. */
export const presetGraph: NounGraph = { resolvers: [PresetResolver], references: {} };
