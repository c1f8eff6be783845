import type { SliceRenderer } from '../delivery/sender-parts';

type ClosingRenderer = SliceRenderer & { close(): Promise<void> };

/** Opens its renderer at the first mail: an api whose mails nobody looks at in a browser keeps no thread for it. */
export function openLateRenderer(open: () => ClosingRenderer): ClosingRenderer {
  let opened: ClosingRenderer | undefined;
  return {
    render: (execution, messages) => {
      opened ??= open();
      return opened.render(execution, messages);
    },
    close: async () => opened?.close(),
  };
}
