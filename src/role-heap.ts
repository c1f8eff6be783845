import type { RoleName } from './config';

/**
 * Flags of Node for a process that has one role. Left alone, V8 lets a busy heap grow to several times of what lives in
 * it. The dispatcher keeps little alive whatever the size of an audience, and is told to collect sooner: 154 MB instead of
 * 313, paid for with CPU (docs/performance.md).
 */
export const nodeFlags: Readonly<Record<RoleName, readonly string[]>> = {
  api: [],
  dispatcher: ['--max-semi-space-size=8', '--max-old-space-size=192'],
  sender: [],
};
