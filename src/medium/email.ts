import { compileEmail } from '../content/compile-email';
import { emailHash, readEmailSource } from '../content/email-content';
import type { Medium } from './medium';

/** An e-mail: subject, HTML and text are templates, and links in the HTML are tracked. */
export const email: Medium = {
  read(content, path) {
    const source = readEmailSource(content, path);
    return { source, compiled: compileEmail(source, path), hash: emailHash(source) };
  },
  // Who sends it is the same in every language, unless a language says otherwise.
  inherit({ senderName, senderEmail, replyTo }, own) {
    const sender = Object.entries({ senderName, senderEmail, replyTo }).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(sender), ...own };
  },
};
