import { DomainError } from '../shared/errors';
import { changeSettings, type OrganizationSettings, readSettings, type SettingsChange } from './organization-settings';

/** A tenant and what holds for all its campaigns. */
export class Organization {
  organizationNo!: number;
  id!: string;
  storedSettings!: object;
  version!: number;
  createdAt!: Date;

  /** The settings in force: what was never set has its default. */
  effectiveSettings(): OrganizationSettings {
    return readSettings(this.storedSettings);
  }

  /** Changes some settings; refuses a change that was made from an older version. */
  change(change: SettingsChange, expectedVersion: number | undefined): void {
    if (expectedVersion !== undefined && expectedVersion !== this.version) {
      const message = `version ${expectedVersion} is not the present one; the settings are at version ${this.version}`;
      throw new DomainError('CONFLICT', message, 'version');
    }
    this.storedSettings = changeSettings(this.storedSettings, change);
    this.version += 1;
  }
}
