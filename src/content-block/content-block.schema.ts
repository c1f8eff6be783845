import { BigIntType, EntitySchema } from '@mikro-orm/core';
import { ContentBlock } from './content-block';

const instant = { type: 'datetime', columnType: 'timestamptz' } as const;

/** How a {@link ContentBlock} lies in its table. */
export const ContentBlockSchema = new EntitySchema<ContentBlock>({
  class: ContentBlock,
  schema: 'campaign',
  tableName: 'content_block',
  properties: {
    blockNo: { type: new BigIntType('number'), primary: true, autoincrement: true },
    id: { type: 'text' },
    organizationNo: { type: 'integer', fieldName: 'org_no' },
    key: { type: 'text' },
    kind: { type: 'text' },
    description: { type: 'text', nullable: true },
    content: { type: 'text' },
    uses: { type: 'array', columnType: 'text[]' },
    version: { type: 'integer' },
    createdBy: { type: 'text' },
    createdAt: instant,
    updatedBy: { type: 'text' },
    updatedAt: instant,
    deletedAt: { ...instant, nullable: true },
  },
});
