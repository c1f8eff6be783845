import { readStored } from '../medium/media';
import { refuseVariables } from '../medium/strict-content';
import { type ProfileSchema, unknownToProfiles } from '../profile/profile-schemas';
import type { Statements } from '../statements';
import type { ChannelDraft } from './variant-draft';

/** A draft of content, and where in the input it stands. */
export interface PlacedDraft extends Pick<ChannelDraft, 'kind' | 'content'> {
  readonly path: string;
}

const ATTRIBUTE = /^attributes((?:\.[\w-]+|\[\d+\])+)$/;

/** What is known of people, to hold variables against. */
export interface KnownOfPeople {
  readonly organizationNo: number;
  /** People looked at: where there are more, an attribute that none of these has may still be somebody's. */
  readonly sample: number;
  readonly profileSchema: ProfileSchema | undefined;
}

/**
 * Refuses content of a strict campaign, judged already, that shows what no profile has, or an attribute that nobody in the
 * directory has (BR-CAM-008.2). Where nobody is in it yet, or more people than are looked at, attributes are let be.
 */
export async function expectKnownVariables(
  statements: Statements,
  known: KnownOfPeople,
  drafts: readonly PlacedDraft[],
): Promise<void> {
  for (const { kind, content, path } of drafts) {
    const { variables } = readStored(kind, content).compiled;
    if (known.profileSchema) refuseVariables(unknownToProfiles(known.profileSchema, variables), { content, path });
    const attributes = variables.filter((variable) => ATTRIBUTE.test(variable));
    refuseVariables(await nobodyHas(statements, known, attributes), { content, path });
  }
}

async function nobodyHas(
  statements: Statements,
  { organizationNo, sample }: KnownOfPeople,
  attributes: readonly string[],
): Promise<readonly string[]> {
  if (attributes.length === 0) return [];
  const paths = attributes.map((variable) => ATTRIBUTE.exec(variable)?.[1]?.match(/[\w-]+/g) ?? []);
  const values = [organizationNo, sample + 1, JSON.stringify(paths)];
  const rows = await statements.execute<{ people: number; index: number }[]>(unknown, values);
  const seenAll = rows.filter(({ people }) => Number(people) <= sample);
  return seenAll.map(({ index }) => attributes[Number(index) - 1] ?? '');
}

// Each path is looked for until somebody has it; only what nobody has is looked for among all of them.
const unknown = `with people as materialized (
  select attributes from campaign.contact where org_no = ? and not shadow and erased_at is null limit ?
)
select (select count(*) from people) as people, p.index
from jsonb_array_elements(?::jsonb) with ordinality p (path, index)
where exists (select 1 from people) and not exists (
  select 1 from people
  where people.attributes #> array(select jsonb_array_elements_text(p.path)) is not null
)
order by p.index`;
