import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';

/** What a person needs on a channel, as conditions on their contact `c`, and where the message goes. */
interface Needs {
  readonly consented: string;
  readonly reachable: string;
  readonly address: string;
}

/** A number as every network understands it: a plus, the country's code, 15 digits at most. */
export const E164 = /^\+[1-9]\d{6,14}$/;
export const VALID_PHONE = `c.phone is not null and c.phone ~ '^\\+[1-9][0-9]{6,14}$'`;

// Found by the organization's own id of a person: nobody is out of reach.
const byExternalId: Needs = { consented: 'true', reachable: 'true', address: 'c.external_id' };

const NEEDS: Readonly<Record<ChannelKind, Needs>> = {
  email: { consented: 'c.email_opted_in', reachable: 'c.email is not null and c.email_valid', address: 'c.email' },
  sms: { consented: 'c.sms_opted_in', reachable: VALID_PHONE, address: 'c.phone' },
  whatsapp: { consented: 'true', reachable: `c.whatsapp_verified and ${VALID_PHONE}`, address: 'c.phone' },
  push: { consented: 'true', reachable: 'c.push_token is not null', address: 'c.push_token' },
  in_app: byExternalId,
  webhook: byExternalId,
  web: byExternalId,
  social: byExternalId,
  display: byExternalId,
};

/** Whether a campaign sells, or only answers. */
export interface Purpose {
  readonly commercial?: boolean;
}

/** What a person agreed to; who lives in Canada is sent nothing commercial without express consent (CASL). */
export const consentedSql = (kind: ChannelKind, { commercial = false }: Purpose): string =>
  commercial
    ? `${NEEDS[kind].consented} and (c.country is distinct from 'CA' or c.express_consent)`
    : NEEDS[kind].consented;

export const reachableSql = (kind: ChannelKind): string => NEEDS[kind].reachable;

export const addressSql = (kind: ChannelKind): string => NEEDS[kind].address;

/** Whether something keeps the person from being written to there; who is not to be sold to gets nothing commercial (CCPA). */
export const suppressedSql = (kind: ChannelKind, contactNo: string, { commercial = false }: Purpose): string => {
  const suppressed = `exists (select 1 from campaign.suppression s where s.contact_no = ${contactNo} and s.channel in (0, ${CHANNEL[kind]}))`;
  return commercial ? `(${suppressed} or c.do_not_sell)` : suppressed;
};
