import { parentPort, workerData } from 'node:worker_threads';
import { ContentRenderer } from './content-renderer';
import { type MailBatch, MailPacker } from './mail-batch';
import { READY, type ToWorker, type WorkerBirth } from './render-job';

/** The thread in which templates run: whatever they do, only this thread is lost. */
function work({ publicUrl, shortUrl, keys, progress }: WorkerBirth): void {
  const renderer = new ContentRenderer({ publicUrl, shortUrl }, keys);
  parentPort?.on('message', (order: ToWorker) => {
    if (order.kind === 'learn') renderer.learn(order.hash, order.compiled);
    else if (order.kind === 'forget') renderer.forget(order.hash);
    else answer(renderAll(renderer, order, progress));
  });
  parentPort?.postMessage(READY);
}

// Handed over, not copied: this thread has the bytes no more.
const answer = (batch: MailBatch): void => parentPort?.postMessage(batch, [batch.bytes.buffer]);

function renderAll(
  renderer: ContentRenderer,
  { jobs }: ToWorker & { kind: 'render' },
  progress: Int32Array,
): MailBatch {
  const mails = new MailPacker(Math.ceil(jobs.length * bytesEach * 1.1));
  jobs.forEach((job, index) => {
    // Written before the job: if this thread dies, the job it names is the one that killed it.
    Atomics.store(progress, 0, index);
    mails.add(renderer.render(job));
  });
  const batch = mails.take();
  bytesEach = batch.bytes.length / jobs.length;
  return batch;
}

/** Of a mail in the last order: the next ones are probably of the same campaign. */
let bytesEach = 10_000;

work(workerData);
