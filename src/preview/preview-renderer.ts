import { randomBytes } from 'node:crypto';
import { createRenderer, type Rendered, type RenderJob } from '../content/renderer';
import { messageIdKeys } from '../shared/message-id';

/** Renders single mails that nobody is sent. */
export interface PreviewRenderer {
  render(job: RenderJob): Promise<Rendered>;
  close(): Promise<void>;
}

/**
 * One thread, begun at the first preview. Its key is a process's own and kept nowhere: links of a preview have the shape
 * of real ones, and no door opens to them.
 */
export function openPreviewRenderer(publicUrl: string, shortUrl?: string): PreviewRenderer {
  const open = () =>
    createRenderer({ publicUrl, shortUrl, keys: messageIdKeys(randomBytes(32).toString('base64url')), threads: 1 });
  let opened: ReturnType<typeof open> | undefined;
  return {
    render: async (job) => {
      opened ??= open();
      const [rendered] = await opened.render([job]);
      if (!rendered) throw new Error('the renderer gave no answer');
      return rendered;
    },
    close: async () => opened?.close(),
  };
}
