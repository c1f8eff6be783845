import { changeSettings, type OrganizationSettings, readSettings, type SettingsChange } from './organization-settings';

/** A tenant and what holds for all its campaigns. */
export class Organization {
  organizationNo!: number;
  id!: string;
  storedSettings!: object;
  createdAt!: Date;

  /** The settings in force: what was never set has its default. */
  effectiveSettings(): OrganizationSettings {
    return readSettings(this.storedSettings);
  }

  change(change: SettingsChange): void {
    this.storedSettings = changeSettings(this.effectiveSettings(), change);
  }
}
