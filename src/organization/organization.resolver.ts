import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { OrganizationPayload, OrganizationType, UpdateOrganizationSettingsInput } from './organization.types';
import { readOrganizationSettings, updateOrganizationSettings } from './organization-service';
import type { SettingsChange } from './organization-settings';

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, { description: 'The organization of the viewer.' })
  async organization(@Ctx() { scope, viewer }: GraphContext): Promise<OrganizationType> {
    return { id: viewer.organizationId, ...(await readOrganizationSettings(scope)) };
  }

  @Query(() => [String], {
    description:
      'What the webhooks of the organization are signed with (`whsec_…`, Standard Webhooks), the newest first: whoever takes them checks `webhook-signature` by one of these. For administrators.',
  })
  webhookSecrets(@Ctx() { scope }: GraphContext): readonly string[] {
    return scope.webhookSecrets;
  }

  @Mutation(() => OrganizationPayload, { description: 'Changes what holds for all campaigns; for administrators.' })
  async updateOrganizationSettings(
    @Arg('input', () => UpdateOrganizationSettingsInput, { description: 'The change.' })
    input: UpdateOrganizationSettingsInput,
    @Ctx() { scope, viewer }: GraphContext,
  ): Promise<OrganizationPayload> {
    const work = () => updateOrganizationSettings(scope, readChange(input), input.version ?? undefined);
    const { value, userErrors } = await attempt(work);
    return { organization: value && { id: viewer.organizationId, ...value }, userErrors };
  }
}

function readChange(input: UpdateOrganizationSettingsInput): SettingsChange {
  const { limits, quietHours, postalAddress, assetBaseUrl, approvalRequired, timeZone, controlGroupPercentage } = input;
  return {
    ...(limits && { limits: present(limits) }),
    ...(quietHours && { quietHours: present(quietHours) }),
    ...(postalAddress !== undefined && { postalAddress }),
    ...(assetBaseUrl !== undefined && { assetBaseUrl }),
    ...present({ approvalRequired, timeZone, controlGroupPercentage }),
  };
}

/** Only what is there: null is no value of these settings. */
const present = <Given extends object>(given: Given): { [Name in keyof Given]?: NonNullable<Given[Name]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as never;
