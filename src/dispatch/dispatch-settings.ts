import { count } from '../setting-checks';

/** How much the dispatcher takes at a time, and at most. */
export const dispatchSettings = {
  chunkSize: { names: ['CHUNK_SIZE'], unit: 'messages', about: 'size of one chunk', check: count(500, 100_000) },
  expandBatch: {
    names: ['EXPAND_BATCH'],
    unit: 'contacts',
    about: 'contacts judged in one transaction at most; fewer where that takes long',
    check: count(10_000, 100_000),
  },
  outstandingChunks: {
    names: ['OUTSTANDING_CHUNKS'],
    unit: 'chunks',
    about:
      'full chunks hinted or at work at a time, all senders together; of smaller ones more, of the same number of messages',
    check: count(16, 10_000),
  },
  maxAudience: {
    names: ['MAX_AUDIENCE'],
    unit: 'people',
    about: 'largest audience of one execution',
    check: count(1_000_000, 100_000_000),
  },
} as const;
