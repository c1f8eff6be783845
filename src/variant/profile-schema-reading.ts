import { textsOf } from '../medium/whole-content';
import type { ProfileSchema } from '../profile/profile-schemas';
import type { Scope } from '../scope';
import type { VariantDraft } from './variant-draft';

const SPEAKS_OF_PROFILES = /\bprofile\s*[.[]/;

/**
 * Has the profile service say what profiles hold, where content speaks of them: before a transaction, which must not wait
 * for anybody. `anyway`: the content that is there already may.
 */
export async function askForProfileSchema(
  { profileSchemas, viewer }: Scope,
  variants: readonly VariantDraft[] = [],
  anyway = false,
): Promise<void> {
  const contents = variants.flatMap(({ channels = [] }) => channels.map(({ content }) => content));
  const texts = contents.flatMap((content) => textsOf(content, 'content'));
  if (anyway || texts.some(({ text }) => SPEAKS_OF_PROFILES.test(text)))
    await profileSchemas?.refresh(viewer.organizationId);
}

/** What it said last. */
export const profileSchemaOf = ({ profileSchemas, viewer }: Scope): ProfileSchema | undefined =>
  profileSchemas?.known(viewer.organizationId);
