import type {
  CreateCampaignInput,
  CreateSegmentInput,
  UpdateOrganizationSettingsInput,
} from '../schema/generated/operations';
import { mensEmail, POSTAL_ADDRESS, womensEmail } from './emails';
import { ORDER, VISIT } from './outcomes-file';

/** The defaults would spread 64,000 e-mails over hours and sleep at night: this demo switches both off. */
export const demoSettings: UpdateOrganizationSettingsInput = {
  limits: { enabled: false },
  quietHours: { enabled: false },
  postalAddress: POSTAL_ADDRESS,
};

const ARM = 'attributes.segment';

/** The same key each time: a second run finds the segment of the first. */
export const everybody: CreateSegmentInput = {
  idempotencyKey: 'demo-everybody',
  name: 'Everybody in the experiment',
  rules: { field: ARM, operator: 'exists' },
};

/** The real experiment: who gets which e-mail was randomized by its authors and is an attribute of each customer. */
export const campaign = (name: string, segmentId: string): CreateCampaignInput => ({
  name,
  description: 'The e-mail experiment that Kevin Hillstrom published in 2008.',
  type: 'ONE_TIME',
  audiences: [{ segmentId }],
  assignment: { kind: 'ATTRIBUTE', field: ARM },
  conversionGoals: [
    { eventType: VISIT, windowDays: 14 },
    { eventType: ORDER, valueField: 'value', currencyField: 'currency', windowDays: 14 },
  ],
  variants: [
    { name: 'Mens E-Mail', attributeValue: 'Mens E-Mail', email: { content: mensEmail } },
    { name: 'Womens E-Mail', attributeValue: 'Womens E-Mail', email: { content: womensEmail } },
    { name: 'No E-Mail', attributeValue: 'No E-Mail', isControl: true },
  ],
});
