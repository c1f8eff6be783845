import { parentPort, workerData } from 'node:worker_threads';
import { EmailRenderer } from './email-renderer';
import { type MailBatch, packMails } from './mail-batch';
import { READY, type RenderedJson, type ToWorker, type WorkerBirth } from './render-job';

/** The thread in which templates run: whatever they do, only this thread is lost. */
function work({ publicUrl, keys, progress }: WorkerBirth): void {
  const renderer = new EmailRenderer(publicUrl, keys);
  parentPort?.on('message', (order: ToWorker) => {
    if (order.kind === 'learn') renderer.learn(order.hash, order.compiled);
    else if (order.kind === 'forget') renderer.forget(order.hash);
    else answer(packMails(renderAll(renderer, order, progress)));
  });
  parentPort?.postMessage(READY);
}

// Handed over, not copied: this thread has the bytes no more.
const answer = (batch: MailBatch): void => parentPort?.postMessage(batch, [batch.bytes.buffer]);

function renderAll(
  renderer: EmailRenderer,
  { jobs }: ToWorker & { kind: 'render' },
  progress: Int32Array,
): RenderedJson[] {
  return jobs.map((job, index) => {
    // Written before the job: if this thread dies, the job it names is the one that killed it.
    Atomics.store(progress, 0, index);
    return renderer.render(job);
  });
}

work(workerData);
