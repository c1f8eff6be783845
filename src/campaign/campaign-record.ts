import type { Decision } from '../experiment/decision';
import type { Experiment } from '../experiment/experiment';
import type { GuardrailTrip } from '../guardrail/guardrail-trip';
import type { Guardrails } from '../guardrail/guardrails';
import type { Schedule } from '../schedule/calendar';
import type { LocalTime } from '../send-window/local-time';
import type { SendWindow } from '../send-window/send-window';
import type { Actor } from '../shared/actor';
import { DomainError } from '../shared/errors';
import type { Approval, ApprovalRecord } from './approval';
import type {
  Assignment,
  Budget,
  CampaignKind,
  CampaignPurpose,
  ConversionGoal,
  DeliverySettings,
  Throttle,
} from './campaign-fields';
import type { CampaignStatus } from './transitions';

/** What is kept of a campaign. Its version rises with every change. */
export abstract class CampaignRecord {
  campaignNo!: number;
  id!: string;
  organizationNo!: number;
  name!: string;
  description!: string | null;
  type!: CampaignKind;
  purpose!: CampaignPurpose;
  status!: CampaignStatus;
  pausedFrom!: 'scheduled' | 'active' | 'running' | null;
  approval!: Approval;
  approvalRecord!: ApprovalRecord | null;
  schedule!: Schedule | null;
  throttle!: Throttle | null;
  delivery!: DeliverySettings;
  sendWindows!: readonly SendWindow[];
  excludeWeekends!: boolean;
  localTime!: LocalTime | null;
  assignment!: Assignment;
  experiment!: Experiment | null;
  winner!: Decision | null;
  conversionGoals!: readonly ConversionGoal[];
  audienceCap!: number | null;
  holdoutHundredths!: number;
  budget!: Budget | null;
  guardrails!: Guardrails | null;
  /** Why it stopped by itself the last time. */
  guardrailTrip!: GuardrailTrip | null;
  priority!: number;
  tags!: readonly string[];
  metadata!: Readonly<Record<string, unknown>>;
  startAt!: Date | null;
  endAt!: Date | null;
  version!: number;
  createdBy!: string;
  createdAt!: Date;
  updatedBy!: string;
  updatedAt!: Date;
  pausedBy!: string | null;
  pausedAt!: Date | null;
  pauseReason!: string | null;
  cancelledBy!: string | null;
  cancelledAt!: Date | null;
  cancelReason!: string | null;
  startedAt!: Date | null;
  completedAt!: Date | null;
  clonedFrom!: string | null;
  archivedAt!: Date | null;

  /** Refuses a change that was made from an older version: nothing is lost, the caller reads again. */
  expectVersion(expected: number | undefined): void {
    if (expected === undefined || expected === this.version) return;
    const message = `version ${expected} is not the present one; the campaign is at version ${this.version}`;
    throw new DomainError('CONFLICT', message, 'version');
  }

  protected touch(by: Actor): void {
    this.version += 1;
    this.updatedBy = by.userId;
    this.updatedAt = by.at;
  }
}
