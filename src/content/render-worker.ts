import { parentPort, workerData } from 'node:worker_threads';
import { EmailRenderer } from './email-renderer';
import { READY, type Rendered, type ToWorker, type WorkerBirth } from './render-job';

/** The thread in which templates run: whatever they do, only this thread is lost. */
function work({ publicUrl, keys, progress }: WorkerBirth): void {
  const renderer = new EmailRenderer(publicUrl, keys);
  parentPort?.on('message', (order: ToWorker) => {
    if (order.kind === 'learn') renderer.learn(order.hash, order.compiled);
    else if (order.kind === 'forget') renderer.forget(order.hash);
    else parentPort?.postMessage(renderAll(renderer, order, progress));
  });
  parentPort?.postMessage(READY);
}

function renderAll(renderer: EmailRenderer, { jobs }: ToWorker & { kind: 'render' }, progress: Int32Array): Rendered[] {
  return jobs.map((job, index) => {
    // Written before the job: if this thread dies, the job it names is the one that killed it.
    Atomics.store(progress, 0, index);
    return renderer.render(job);
  });
}

work(workerData);
