/** Executions of the past that rules ask about, with how many messages they have. */
export interface PastExecutions {
  readonly execNos: readonly number[];
  readonly messages: number;
}

/** Past executions of an organization: by campaign, and of all campaigns together. Trials are no campaign. */
export interface OrganizationPast {
  readonly ofCampaign: ReadonlyMap<string, PastExecutions>;
  readonly ofAny: PastExecutions;
}

const none: PastExecutions = { execNos: [], messages: 0 };

/** Whom sets are made of. */
export interface SetsOf {
  readonly past: OrganizationPast;
  /** More messages than these are dearer to read as a whole than to look people up in; any number when absent. */
  readonly mostMessages?: number;
  /** Only of people with such numbers, as a condition on one: `between … and …`; asked where it is written. */
  readonly range?: (() => string) | undefined;
}

/**
 * Sets of people that one statement about many holds each contact `c` against: each is read and joined once, while a
 * look-up costs every person the same again and keeps PostgreSQL from dividing the work.
 */
export class PeopleSets {
  readonly range: (() => string) | undefined;
  readonly #past: OrganizationPast;
  readonly #mostMessages: number;
  readonly #joins: string[] = [];

  constructor({ past, mostMessages = Number.POSITIVE_INFINITY, range }: SetsOf) {
    this.range = range;
    this.#past = past;
    this.#mostMessages = mostMessages;
  }

  /** The executions of a campaign, or of any; nothing where people are to be looked up. */
  executionsOf(campaignId?: string): readonly number[] | undefined {
    const { execNos, messages } =
      campaignId === undefined ? this.#past.ofAny : (this.#past.ofCampaign.get(campaignId) ?? none);
    return messages > this.#mostMessages ? undefined : execNos;
  }

  /** Joins the people whose `contact_no` a query answers; the condition that a contact is one of them. */
  join(people: string): string {
    const name = `set_${this.#joins.length + 1}`;
    this.#joins.push(
      `left join (select distinct contact_no from (${people}) p) ${name} on ${name}.contact_no = c.contact_no`,
    );
    return `(${name}.contact_no is not null)`;
  }

  /** What stands behind `c` in the statement's FROM. */
  get joins(): string {
    return this.#joins.join('\n');
  }
}
