import type { AuditChange } from '../../src/audit/audit-changes';
import { activateCampaign } from '../../src/campaign/activate-campaign';
import { decideApproval, submitForApproval } from '../../src/campaign/approve-campaign';
import { type CampaignFields, defaultFields } from '../../src/campaign/campaign-fields';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { createCampaign } from '../../src/campaign/create-campaign';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import type { VariantDraft } from '../../src/variant/variant-draft';
import { createReady, email, openWorld, readyDraft, readyScope, type World } from './campaign-world';

let world: World;
let organizations = 0;
const organization = () => readyScope(world, `org-${++organizations}`);

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Row {
  status: string;
  version: number;
  paused_from: string | null;
}
const rows = <R extends object>(scope: Scope, sql: string, values: unknown[] = []) =>
  scope.read((transaction) => transaction.query<R>(sql, values));
const campaignRow = async (scope: Scope, id: string): Promise<Row> =>
  (await rows<Row>(scope, 'select * from campaign.campaign where id = $1', [id]))[0] as Row;
const executions = (scope: Scope) =>
  rows<{ id: string; status: string; plan: Record<string, unknown>; occurrence: string }>(
    scope,
    'select * from campaign.execution order by exec_no',
  );
const kinds = async (scope: Scope) =>
  (await rows<{ kind: string }>(scope, 'select kind from campaign.outbox order by outbox_no')).map((row) => row.kind);
const everything = async (scope: Scope) =>
  JSON.stringify(
    await Promise.all(
      ['campaign', 'variant', 'channel', 'audience', 'execution', 'outbox', 'content', 'idempotency'].map((table) =>
        rows(scope, `select * from campaign.${table} t order by t::text`),
      ),
    ),
  );
/** The work is refused with this code, and nothing is different afterwards. */
async function refused(scope: Scope, code: string, work: () => Promise<unknown>): Promise<void> {
  const before = await everything(scope);
  await expect(work()).rejects.toMatchObject({ name: 'DomainError', code });
  expect(await everything(scope)).toBe(before);
}

describe('creating', () => {
  test('a campaign is kept with its parts and announced in the same transaction', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    expect(await campaignRow(scope, id)).toMatchObject({ status: 'draft', version: 1 });
    expect(await rows(scope, 'select * from campaign.channel')).toHaveLength(1);
    expect(await kinds(scope)).toEqual(['campaign.created']);
  });

  test('the same key and input answer the same campaign, another input is a conflict', async () => {
    const scope = await organization();
    const draft = readyDraft();
    const ids = await Promise.all([1, 2, 3, 4].map(() => createCampaign(scope, draft, 'key-1')));
    expect(new Set(ids).size).toBe(1);
    await refused(scope, 'IDEMPOTENCY_CONFLICT', () => createCampaign(scope, readyDraft(), 'key-1'));
  });

  test.each([
    ['CAMPAIGN_INVALID', { fields: { name: '  ' } }],
    ['CAMPAIGN_INVALID', { fields: { name: 'x', holdoutHundredths: 2_001 } }],
    ['CAMPAIGN_INVALID_VARIANT', { variants: [{ name: 'A', allocation: 33.333 }] }],
    ['CAMPAIGN_INVALID_VARIANT', { variants: [{ name: 'A' }, { name: 'a' }] }],
    [
      'AUDIENCE_INVALID_RULE',
      { audiences: [{ kind: 'INCLUDE', rules: { field: 'shoe', operator: 'equals', value: 1 } }] },
    ],
    [
      'CONTENT_INVALID',
      { variants: [{ name: 'A', channels: [{ kind: 'email', content: { subject: 'a\nBcc: b', html: 'x' } }] }] },
    ],
    ['CONTENT_TEMPLATE', { variants: [{ name: 'A', channels: [email('{{ first_name')] }] }],
  ] as const)('is refused with %s, and nothing is kept', async (code, over) => {
    const scope = await organization();
    await refused(scope, code, () => createReady(scope, over));
  });

  test('a name that a living campaign has is refused', async () => {
    const scope = await organization();
    await createReady(scope, { fields: { name: 'Autumn' } });
    await refused(scope, 'CAMPAIGN_NAME_TAKEN', () => createReady(scope, { fields: { name: 'AUTUMN' } }));
  });
});

describe('editing', () => {
  test('a change from the present version is kept, one from an older version is a conflict', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    await editCampaign(scope, { id, version: 1, fields: { name: 'Other', tags: ['a', 'b'] } });
    expect(await campaignRow(scope, id)).toMatchObject({ name: 'Other', version: 2, tags: ['a', 'b'] });
    await refused(scope, 'CONFLICT', () => editCampaign(scope, { id, version: 1, fields: { name: 'Third' } }));
  });

  test('variants that stay keep their ids, whatever moves around them', async () => {
    const scope = await organization();
    const id = await createReady(scope, {
      variants: [
        { name: 'A', allocation: 50 },
        { name: 'B', allocation: 50 },
      ],
    });
    const variant = async (name: string) =>
      (await rows<{ id: string }>(scope, 'select id from campaign.variant where name = $1', [name]))[0]?.id ?? '';
    const [a, b] = [await variant('A'), await variant('B')];
    await editCampaign(scope, {
      id,
      version: 1,
      variants: [
        { id: b, name: 'A' },
        { id: a, name: 'B' },
      ],
    });
    expect([await variant('A'), await variant('B')]).toEqual([b, a]);
  });

  test('a name that a variant gives up is free for another; an id is there once, and one of this campaign', async () => {
    const scope = await organization();
    const half = { allocation: 50, channels: [email()] };
    const id = await createReady(scope, {
      variants: [
        { name: 'A', ...half },
        { name: 'B', ...half },
      ],
    });
    const named = () =>
      rows<{ id: string; name: string }>(scope, 'select id, name from campaign.variant order by variant_no');
    const [a, b] = await named();
    const edit = (version: number, ...variants: VariantDraft[]) => editCampaign(scope, { id, version, variants });
    await edit(1, { id: a?.id ?? '', name: 'C', ...half }, { name: 'A', ...half });
    expect(await named()).toEqual([
      { id: a?.id, name: 'C' },
      { id: expect.not.stringContaining(b?.id ?? ''), name: 'A' },
    ]);
    await expect(edit(2, { id: a?.id ?? '', name: 'C' }, { id: a?.id ?? '', name: 'D' })).rejects.toMatchObject({
      code: 'CAMPAIGN_INVALID_VARIANT',
      path: 'variants[1].id',
    });
    await expect(edit(2, { name: 'C' }, { id: b?.id ?? '', name: 'D' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      path: 'variants[1].id',
    });
    await expect(edit(2, { name: '\u0130' }, { name: 'i' })).rejects.toMatchObject({
      code: 'CAMPAIGN_INVALID_VARIANT',
    });
  });

  test('a guard leads to where a variant stands, not to where it stood', async () => {
    const scope = await organization();
    const half = { allocation: 50, channels: [email()] };
    const id = await createReady(scope, {
      variants: [
        { name: 'A', ...half },
        { name: 'B', ...half },
      ],
    });
    const silent = { kind: 'email' as const, content: { subject: 'No way out', html: '<p>None</p>' } };
    await editCampaign(scope, { id, version: 1, variants: [{ name: 'B', channels: [silent] }] });
    await expect(startCampaign(scope, { id })).rejects.toMatchObject({
      code: 'CONTENT_UNSUBSCRIBE_LINK',
      path: 'variants[0].email',
    });
  });

  test('with an execution open only what it did not freeze may change', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    await startCampaign(scope, { id });
    await pauseCampaign(scope, { id });
    await editCampaign(scope, { id, version: 3, fields: { throttle: { perMinute: 60 } } });
    expect((await executions(scope))[0]?.plan).toMatchObject({ throttle: { perMinute: 60 } });
    await refused(scope, 'CAMPAIGN_LOCKED', () =>
      editCampaign(scope, { id, version: 4, fields: { holdoutHundredths: 100 } }),
    );
    await refused(scope, 'CAMPAIGN_LOCKED', () => editCampaign(scope, { id, version: 4, variants: [] }));
    await refused(scope, 'CAMPAIGN_LOCKED', () => editCampaign(scope, { id, version: 4, audiences: [] }));
  });

  test('what is locked, and what has changed, is named as the caller names it', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    const { delivery } = defaultFields;
    await editCampaign(scope, {
      id,
      version: 1,
      fields: { holdoutHundredths: 100, delivery: { ...delivery, trackOpens: false, expiresAfterHours: 5 } },
    });
    const [updated] = await rows<{ facts: { changedFields: string[] } }>(
      scope,
      "select payload as facts from campaign.outbox where kind = 'campaign.updated'",
    );
    expect(updated?.facts.changedFields.toSorted()).toEqual(['expiresAfterHours', 'holdoutPercentage', 'trackOpens']);
    await startCampaign(scope, { id });
    await pauseCampaign(scope, { id });
    const lockedAt = (fields: Partial<CampaignFields>) =>
      editCampaign(scope, { id, version: 4, fields }).then(
        () => 'open',
        ({ code, path }) => `${code} ${path}`,
      );
    expect(await lockedAt({ holdoutHundredths: 200 })).toBe('CAMPAIGN_LOCKED holdoutPercentage');
    expect(await lockedAt({ delivery: { ...delivery, trackOpens: false, expiresAfterHours: 6 } })).toBe(
      'CAMPAIGN_LOCKED expiresAfterHours',
    );
    expect(await lockedAt({ audienceCap: 5 })).toBe('CAMPAIGN_LOCKED audienceCap');
  });

  test('names and tags that look the same are the same', async () => {
    const scope = await organization();
    const decomposed = 'Cafe\u0301';
    const id = await createReady(scope, { fields: { name: ` ${decomposed}\n`, tags: [` ${decomposed} `] } });
    expect(await campaignRow(scope, id)).toMatchObject({ name: 'Caf\u00e9', tags: ['Caf\u00e9'] });
    const taken = () => createReady(scope, { fields: { name: 'caf\u00e9' } });
    await expect(taken()).rejects.toMatchObject({ code: 'CAMPAIGN_NAME_TAKEN' });
    const twice = { tags: ['Caf\u00e9', decomposed] };
    await expect(editCampaign(scope, { id, version: 1, fields: twice })).rejects.toMatchObject({ path: 'tags[1]' });
    // The same name again is no change, so it is no version.
    await editCampaign(scope, { id, version: 1, fields: { name: decomposed } });
    expect(await campaignRow(scope, id)).toMatchObject({ version: 1 });
  });

  test('the log tells of each setting by itself, from what to what', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    const budget = (amount: string) => ({ amount, currency: 'EUR', costPerMessage: { email: '0.002' } });
    const delivery = { ...defaultFields.delivery, trackOpens: false };
    await editCampaign(scope, { id, version: 1, fields: { budget: budget('10.00'), delivery } });
    await editCampaign(scope, { id, version: 2, fields: { budget: budget('12.50'), throttle: { perHour: 500 } } });
    const entries = await rows<{ changes: string }>(
      scope,
      "select changes::text as changes from campaign.audit_entry where action = 'updateCampaign' order by seq",
    );
    const told = entries.map(({ changes }) =>
      JSON.parse(changes).map(({ field, before, after }: AuditChange) => [field, before, after]),
    );
    expect(told).toEqual([
      [
        ['budget.amount', null, '10.00'],
        ['budget.costPerMessage.email', null, '0.002'],
        ['budget.currency', null, 'EUR'],
        ['delivery.trackOpens', 'true', 'false'],
        ['version', '1', '2'],
      ],
      [
        ['budget.amount', '10.00', '12.50'],
        ['throttle.perHour', null, '500'],
        ['version', '2', '3'],
      ],
    ]);
  });

  test('a budget is in one currency from the first start on', async () => {
    const scope = await organization();
    const budget = { amount: '1', currency: 'EUR', costPerMessage: {} };
    const id = await createReady(scope, { fields: { name: 'In euros', budget } });
    await startCampaign(scope, { id });
    await pauseCampaign(scope, { id });
    const dollars = { budget: { ...budget, currency: 'USD' } };
    await expect(editCampaign(scope, { id, version: 3, fields: dollars })).rejects.toMatchObject({
      code: 'CAMPAIGN_LOCKED',
      path: 'budget.currency',
    });
    await editCampaign(scope, { id, version: 3, fields: { budget: { ...budget, amount: '2' } } });
  });
});

describe('starting', () => {
  test('opens one execution with its frozen plan', async () => {
    const scope = await organization();
    const id = await createReady(scope, { fields: { name: 'Frozen', throttle: { perHour: 10_000 } } });
    const { executionId } = await startCampaign(scope, { id });
    const [execution, ...others] = await executions(scope);
    expect(others).toEqual([]);
    expect(execution).toMatchObject({ id: executionId, status: 'running', occurrence: 'manual:1' });
    expect(execution?.plan).toMatchObject({
      campaignId: id,
      salt: id,
      channels: ['email'],
      throttle: { perMinute: 166 },
      quietHours: { from: '21:00', until: '08:00', timeZone: 'UTC', skips: false },
    });
    expect(await campaignRow(scope, id)).toMatchObject({ status: 'running' });
    expect(await rows(scope, 'select hash from campaign.content')).toHaveLength(1);
    expect(await kinds(scope)).toEqual(['campaign.created', 'campaign.started']);
  });

  test.each([undefined, 'start-1'])('eight starts at once with key %s open one execution', async (key) => {
    const scope = await organization();
    const id = await createReady(scope);
    const started = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => startCampaign(scope, { id }, key)));
    expect(new Set(started.map(({ executionId }) => executionId)).size).toBe(1);
    expect(await executions(scope)).toHaveLength(1);
    expect(await kinds(scope)).toEqual(['campaign.created', 'campaign.started']);
  });

  test.each([
    ['AUDIENCE_MISSING', { audiences: [] }],
    ['CONTENT_MISSING', { variants: [{ name: 'A', allocation: 100 }] }],
    ['CONTENT_MISSING', { variants: [{ name: 'A', isControl: true, allocation: 100 }] }],
    ['CAMPAIGN_ALLOCATION', { variants: [{ name: 'A', allocation: 99.99, channels: [email()] }] }],
    [
      'CONTENT_UNSUBSCRIBE_LINK',
      { variants: [{ name: 'A', channels: [{ kind: 'email', content: { subject: 's', html: 'h' } }] }] },
    ],
    ...[
      '<!-- {{ unsubscribe_url }} -->',
      '{% comment %}{{ unsubscribe_url }}{% endcomment %}',
      '<!-- {{ unsubscribe_url }}',
    ].map(
      (html) =>
        [
          'CONTENT_UNSUBSCRIBE_LINK',
          { variants: [{ name: 'A', channels: [{ kind: 'email', content: { subject: 's', html } }] }] },
        ] as const,
    ),
    ['CAMPAIGN_ASSIGNMENT', { fields: { name: 'x', assignment: { kind: 'ATTRIBUTE', field: 'attributes.segment' } } }],
    ['CAMPAIGN_STATUS_TRANSITION', { type: 'TRIGGERED' }],
    ['SCHEDULE_OUTSIDE_PERIOD', { fields: { name: 'x', endAt: new Date('2020-01-01T00:00:00Z') } }],
    ['SCHEDULE_OUTSIDE_PERIOD', { fields: { name: 'x', startAt: new Date('2120-01-01T00:00:00Z') } }],
  ] as const)('is refused with %s while the campaign is not ready', async (code, over) => {
    const scope = await organization();
    const id = await createReady(scope, over);
    await refused(scope, code, () => startCampaign(scope, { id }));
  });

  test('allocations need no sum when an attribute decides', async () => {
    const scope = await organization();
    const fields = { name: 'By attribute', assignment: { kind: 'ATTRIBUTE', field: 'attributes.segment' } } as const;
    const variants = [
      { name: 'Mens', attributeValue: 'Mens E-Mail', channels: [email()] },
      { name: 'None', attributeValue: 'No E-Mail', isControl: true },
    ];
    const id = await createReady(scope, { fields, variants });
    await startCampaign(scope, { id });
    expect((await executions(scope))[0]?.plan).toMatchObject({ assignment: fields.assignment });
  });

  test('needs the postal address of the organization', async () => {
    const scope = await world.scopeOf(`org-${++organizations}`);
    const id = await createReady(scope);
    await refused(scope, 'CAMPAIGN_POSTAL_ADDRESS', () => startCampaign(scope, { id }));
  });

  test('needs a free place among the running, also when many start at once', async () => {
    const scope = await organization();
    const ids = await Promise.all(Array.from({ length: 8 }, () => createReady(scope)));
    const starts = await Promise.allSettled(ids.map((id) => startCampaign(scope, { id })));
    const started = starts.map((start) => (start.status === 'fulfilled' ? start.value.executionId : 'refused'));
    expect(started.filter((executionId) => executionId?.startsWith('exe_'))).toHaveLength(5);
    expect(started.filter((executionId) => executionId === null)).toHaveLength(3);
    expect(await executions(scope)).toHaveLength(5);
  });

  test('sends without a limit when the organization has switched its limits off', async () => {
    const scope = await organization();
    await updateOrganizationSettings(scope, { limits: { enabled: false } });
    await startCampaign(scope, { id: await createReady(scope) });
    expect((await executions(scope))[0]?.plan).toMatchObject({ throttle: null });
  });
});

describe('pause, resume and cancel', () => {
  test('take the open execution with them', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    await startCampaign(scope, { id });
    const states = async () => [(await campaignRow(scope, id)).status, (await executions(scope))[0]?.status];
    await pauseCampaign(scope, { id }, 'a typo');
    expect(await states()).toEqual(['paused', 'paused']);
    await resumeCampaign(scope, { id });
    expect(await states()).toEqual(['running', 'running']);
    await cancelCampaign(scope, { id }, 'wrong offer');
    expect(await states()).toEqual(['cancelled', 'cancelled']);
    expect((await kinds(scope)).slice(2)).toEqual(['campaign.paused', 'campaign.resumed', 'campaign.cancelled']);
  });

  test('wake whoever waits, after the commit and only then', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    const before = world.committed.length;
    await refused(scope, 'CAMPAIGN_STATUS_TRANSITION', () => pauseCampaign(scope, { id }));
    expect(world.committed).toHaveLength(before);
    await startCampaign(scope, { id });
    expect(world.committed.slice(before)).toEqual([[id]]);
  });

  test('an illegal one changes nothing', async () => {
    const scope = await organization();
    const id = await createReady(scope);
    await refused(scope, 'CAMPAIGN_STATUS_TRANSITION', () => pauseCampaign(scope, { id }));
    await refused(scope, 'CAMPAIGN_STATUS_TRANSITION', () => resumeCampaign(scope, { id }));
    await cancelCampaign(scope, { id }, 'no need');
    await refused(scope, 'CAMPAIGN_STATUS_TRANSITION', () => startCampaign(scope, { id }));
  });
});

test('with approval demanded a campaign starts only as somebody else approved it', async () => {
  const scope = await organization();
  const other = await world.scopeOf(scope.viewer.organizationId, 'usr_grace');
  await updateOrganizationSettings(scope, { approvalRequired: true });
  const id = await createReady(scope);
  const approve = (by: Scope) => decideApproval(by, { id }, { approval: 'approved', comment: null });
  await refused(scope, 'CAMPAIGN_APPROVAL_REQUIRED', () => startCampaign(scope, { id }));
  await refused(scope, 'CAMPAIGN_APPROVAL', () => approve(other));
  await submitForApproval(scope, { id });
  await refused(scope, 'FORBIDDEN', () => approve(scope));
  await approve(other);
  const { version } = await campaignRow(scope, id);
  await editCampaign(scope, { id, version, fields: { holdoutHundredths: 100 } });
  await refused(scope, 'CAMPAIGN_APPROVAL_REQUIRED', () => startCampaign(scope, { id }));
  await submitForApproval(scope, { id });
  await approve(other);
  await startCampaign(scope, { id });
  expect(await campaignRow(scope, id)).toMatchObject({ status: 'running', approval: 'approved' });
});

test('a pause is no way round what an activation asks for', async () => {
  const scope = await organization();
  const other = await world.scopeOf(scope.viewer.organizationId, 'usr_grace');
  await updateOrganizationSettings(scope, { approvalRequired: true });
  const triggers = [{ eventType: 'order.completed' }];
  const id = await createReady(scope, { type: 'TRIGGERED', triggers });
  const approved = async () => {
    await submitForApproval(scope, { id });
    await decideApproval(other, { id }, { approval: 'approved', comment: null });
  };
  const edited = async (change: object) => {
    const { version } = await campaignRow(scope, id);
    await editCampaign(scope, { id, version, ...change });
  };
  await approved();
  await activateCampaign(scope, { id });
  await pauseCampaign(scope, { id });
  await edited({ triggers: [] });
  await refused(scope, 'CAMPAIGN_TRIGGER_MISSING', () => resumeCampaign(scope, { id }));
  await edited({ triggers });
  await refused(scope, 'CAMPAIGN_APPROVAL_REQUIRED', () => resumeCampaign(scope, { id }));
  await approved();
  await resumeCampaign(scope, { id });
  expect(await campaignRow(scope, id)).toMatchObject({ status: 'active', approval: 'approved' });
});

test('a clone has everything but history', async () => {
  const scope = await organization();
  const id = await createReady(scope);
  await startCampaign(scope, { id });
  const copy = await cloneCampaign(scope, { id, name: 'Again' });
  expect(await campaignRow(scope, copy)).toMatchObject({
    status: 'draft',
    version: 1,
    cloned_from: id,
    started_at: null,
  });
  await startCampaign(scope, { id: copy });
  const [first, second] = await executions(scope);
  expect(second?.plan).toMatchObject({ include: first?.plan.include, channels: ['email'] });
});

test("another organization's campaign does not exist", async () => {
  const scope = await organization();
  const id = await createReady(scope);
  const stranger = await organization();
  const acts: ((target: { id: string }) => Promise<unknown>)[] = [
    (target) => startCampaign(stranger, target),
    (target) => pauseCampaign(stranger, target),
    (target) => resumeCampaign(stranger, target),
    (target) => cancelCampaign(stranger, target, 'x'),
    ({ id }) => cloneCampaign(stranger, { id, name: 'mine' }),
    ({ id }) => editCampaign(stranger, { id, version: 1, fields: { name: 'mine' } }),
  ];
  for (const act of acts) {
    await refused(scope, 'NOT_FOUND', () => act({ id }));
    await expect(act({ id: 'cmp_nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});
