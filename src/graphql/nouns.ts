import { audienceGraph } from '../audience/audience.graph';
import { auditGraph } from '../audit/audit.graph';
import { campaignGraph } from '../campaign/campaign.graph';
import { contactGraph } from '../contact/contact.graph';
import { contentBlockGraph } from '../content-block/content-block.graph';
import { executionGraph } from '../execution/execution.graph';
import { experimentGraph } from '../experiment/experiment.resolver';
import { guardrailGraph } from '../guardrail/guardrail.resolver';
import { launchPlanGraph } from '../launch-plan/launch-plan.graph';
import { messageGraph } from '../message/message.graph';
import { metricsGraph } from '../metrics/metrics.resolver';
import { organizationGraph } from '../organization/organization.graph';
import { presetGraph } from '../preset/preset.graph';
import { previewGraph } from '../preview/preview.graph';
import { scheduleGraph } from '../schedule/schedule.graph';
import { ruleWaitGraph } from '../scheduling-rule/rule-wait.graph';
import { segmentGraph } from '../segment/segment.graph';
import { suppressionGraph } from '../suppression/suppression.graph';
import { testSendGraph } from '../test-send/test-send.graph';
import { variantGraph } from '../variant/variant.graph';
import { winnerGraph } from '../winner/winner.resolver';
import type { NounGraph } from './noun-graph';

/** Everything that the graph is made of. */
export const nouns: readonly NounGraph[] = [
  campaignGraph,
  variantGraph,
  audienceGraph,
  segmentGraph,
  contactGraph,
  suppressionGraph,
  organizationGraph,
  auditGraph,
  launchPlanGraph,
  scheduleGraph,
  ruleWaitGraph,
  presetGraph,
  previewGraph,
  contentBlockGraph,
  testSendGraph,
  executionGraph,
  messageGraph,
  metricsGraph,
  experimentGraph,
  winnerGraph,
  guardrailGraph,
];
