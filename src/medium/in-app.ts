import { z } from 'zod';
import { appFields, appWords } from './app-words';
import { fromTemplate } from './field-shapes';
import { fieldsMedium } from './fields-medium';

const schema = z.strictObject({ ...appWords, ...fromTemplate });

/** A message inside an application: its words and its address are templates. */
export const inApp = fieldsMedium('in_app', schema, (words) => ({ fields: appFields(words) }));
