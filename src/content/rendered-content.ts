import { type CompiledContent, isCompiledEmail } from './compiled-content';
import { JsonEmail, type RenderedEmail } from './rendered-email';
import { RenderedFields } from './rendered-fields';

/** What one person is sent, by whatever medium: nothing in it is a template any more. */
export type RenderedContent = RenderedEmail | RenderedFields;

/** Whether it is an e-mail. */
export const isRenderedEmail = (content: RenderedContent): content is RenderedEmail =>
  !(content instanceof RenderedFields);

/** What a renderer wrote of a content; none of it is read yet. */
export const contentOf = (compiled: CompiledContent, json: Uint8Array): RenderedContent =>
  isCompiledEmail(compiled) ? new JsonEmail(json) : new RenderedFields(compiled.kind, json);

/** The JSON object that a provider is given. */
export const jsonOf = (content: RenderedContent): Uint8Array =>
  content instanceof JsonEmail || content instanceof RenderedFields
    ? content.json
    : Buffer.from(JSON.stringify(content));
