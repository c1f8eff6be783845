import type { EntityManager } from '@mikro-orm/postgresql';
import { differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import type { Campaign } from '../campaign/campaign';
import { loadParts, lockCampaign } from '../campaign/campaign-loading';
import { openExecution } from '../campaign/execution-opening';
import { STATUS_TRANSITION } from '../campaign/transitions';
import { once } from '../idempotency/once';
import { lockOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { crashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { publicId } from '../shared/public-id';
import { storeContent } from '../variant/content-store';
import { expectAllowance } from './test-allowance';
import { findNamed, type NamedPeople, recipientsOf, sampleOf } from './test-people';
import { freezeTest, type TestedVariant, testedVariants } from './test-plan';
import { checkRequest, type TestRequest } from './test-request';
import { testRows, WRITE_TEST_SQL } from './test-rows';

/** The execution that is the test, and how many messages it has. */
export interface SentTest {
  readonly executionId: string;
  readonly messages: number;
}

/**
 * Sends a campaign to people who are named, as an execution of its own that no figure of the campaign counts
 * (docs/decisions/0016). One transaction: crash before its commit, and nothing of it is there; after it, the dispatcher
 * finds the execution, and the same key answers it.
 */
export async function sendTest(scope: Scope, asked: TestRequest, idempotencyKey?: string): Promise<SentTest> {
  const request = checkRequest(asked, scope.maxTestRecipients);
  const people = await findNamed(scope, request);
  const repeatable = { operation: 'sendTest', key: idempotencyKey, body: request };
  const sent = await scope.write((em) => once(em, scope, repeatable, () => send(em, scope, request, people)));
  crashPoint('test-send:after-commit');
  return sent;
}

async function send(em: EntityManager, scope: Scope, request: TestRequest, people: NamedPeople): Promise<SentTest> {
  // Tests of one organization queue here, so that what it may send in an hour is exact.
  const organization = await lockOrganization(em, scope);
  const campaign = await lockCampaign(em, scope, request.campaignId, 'campaignId');
  expectTestable(campaign);
  expectServed(scope, request.channel);
  const tested = testedVariants(await loadParts(em, campaign), request);
  const sample = sampleOf(people, request);
  const recipients = await recipientsOf(em, scope, request, people);
  const rows = testRows(recipients, tested, { kind: request.channel, sampleLocale: sample?.locale ?? null });
  await expectAllowance(em, scope, organization.effectiveSettings(), rows.length);
  await storeTested(em, scope, request.channel, tested);
  const now = scope.now();
  const plan = freezeTest(campaign, organization, tested, {
    kind: request.channel,
    sampleContactNo: sample?.contactNo ?? null,
  });
  const place = { campaignNo: campaign.campaignNo, organizationNo: campaign.organizationNo, updatedAt: now };
  const occurrence = `test:${publicId('exe', now)}`;
  const { execNo, id } = await openExecution(em, place, { plan, kind: 'TEST', occurrence, status: 'running' });
  const values = [execNo, campaign.organizationNo, plan.expiresAfterHours, now, JSON.stringify(rows)];
  await em.execute(WRITE_TEST_SQL, values);
  await audit(em, scope, request, { executionId: id, messages: rows.length });
  crashPoint('test-send:before-commit');
  return { executionId: id, messages: rows.length };
}

/** What is over can be cloned only. */
function expectTestable({ status }: Campaign): void {
  if (status !== 'completed' && status !== 'cancelled') return;
  throw new DomainError(STATUS_TRANSITION, `a ${status} campaign sends no test: clone it`, 'campaignId');
}

function expectServed({ servedChannels }: Scope, channel: ChannelKind): void {
  if (servedChannels.includes(channel)) return;
  const message = `no transport here carries ${channel}: have PROVIDER_URL name a provider`;
  throw new DomainError('CONTENT_CHANNEL_UNAVAILABLE', message, 'channel');
}

async function storeTested(
  em: EntityManager,
  scope: Scope,
  channel: ChannelKind,
  tested: readonly TestedVariant[],
): Promise<void> {
  const at = scope.now();
  for (const { content } of tested)
    await storeContent(em, scope.viewer.organizationNo, { ...content, kind: CHANNEL[channel], at });
}

/** Addresses and ids are kept as digests. */
function audit(
  em: EntityManager,
  scope: Scope,
  { campaignId, channel, addresses, userIds, sampleUserId, variantId, subject }: TestRequest,
  sent: SentTest,
): Promise<void> {
  const state = stateOf({
    ...sent,
    channel: CHANNEL[channel],
    recipients: [...addresses, ...userIds],
    sampleUserId,
    variantId,
    subject,
  });
  const changes = differences(nothing, state);
  return recordAudit(em, scope, { action: 'sendTest', objectType: 'Campaign', objectId: campaignId, changes });
}
