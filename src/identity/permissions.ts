import type { Right } from '../shared/viewer';

/** Names of fields, separated by white space, by the right that each needs. */
export type FieldRights = { readonly [Name in Right]?: string };

/**
 * Who may use which field of which type, on whatever way it is reached: root field, nested, entity reference,
 * subscription or payload. What has no row here is allowed to nobody, and the schema is not built (P-31).
 * An entity may be fetched by reference by whoever may read its `id`.
 */
export const permissions: Readonly<Record<string, FieldRights>> = {
  Query: {
    administer: 'auditLog webhookSecrets',
    edit: 'contentPreview',
    look: `
      _entities _service campaign campaignMetrics campaignPreset campaignPresets campaigns compareArms contentBlock contentBlocks estimateAudience execution executionProgress
      experimentAnalysis explain launchPlan message namedUsers organization sampleSize schedulePreview segment segments suppressions`,
  },
  Mutation: {
    approve: 'approveCampaign rejectCampaign',
    edit: `
      activateCampaign archiveCampaign archiveCampaignPreset archiveSegment cancelCampaign cloneCampaign createCampaign createCampaignFromPreset createCampaignPreset createContentBlock createSegment declareWinner
      deleteContentBlock importContacts importSuppressions pauseCampaign refreshCampaignBlocks
      liftSuppressions resumeCampaign retryFailed scheduleCampaign sendTest startCampaign submitForApproval suppressUsers unscheduleCampaign updateCampaign updateCampaignPreset updateContentBlock updateSegment`,
    administer: 'updateOrganizationSettings',
  },
  Subscription: { look: 'campaignChanged campaignMetrics executionProgress messageEvents' },
  ApprovalRecord: { look: 'comment decidedAt decidedBy planHash submittedAt submittedBy' },
  ArmAnalysis: { look: 'interval name people probabilityBest rate successes valuePerPerson' },
  ArmComparison: {
    look: `
      adjustedPValue against alwaysValidPValue difference differenceInterval logPValue name pValue peopleNeeded
      peopleStillNeeded power relativeLift relativeLiftInterval value`,
  },
  Assignment: { look: 'field kind' },
  Audience: { look: 'id kind named remoteRuleId remoteSegmentId rules segment' },
  AudienceEstimate: {
    look: 'channels control heldOut messages overCap people perAudience reach remoteLists sent skipped variants',
  },
  AuditChange: { administer: 'after before field' },
  AuditEntry: { administer: 'action actor at changes hash objectId objectType previousHash requestId role seq' },
  AuditEntryConnection: { administer: 'edges pageInfo' },
  AuditEntryEdge: { administer: 'cursor node' },
  Budget: { look: 'amount costPerMessage currency' },
  Campaign: {
    look: `
      allowedActions approval approvalRecord archivedAt assignment audiences budget cancelReason cancelledAt cancelledBy channelMetrics
      clonedFrom completedAt conversionGoals createdAt createdBy description endAt excludeWeekends executions experiment expiresAfterHours onQuietHours
      guardrails guardrailTrip outdatedBlocks channelStrategy spent
      audienceCap holdoutPercentage id localTime metadata metrics missedReason name organizationId pauseReason pausedAt pausedBy pausedFrom
      personalizationRuleId priority purpose recurrence scheduledAt schedulingRuleId sendWindows startAt startedAt status strictVariables tags throttle trackClicks trackOpens triggers type updatedAt
      updatedBy variantMetrics variants version waitsForPlace waitsForRule winner`,
  },
  CampaignChange: { look: 'campaign cursor' },
  CampaignConnection: { look: 'edges pageInfo' },
  CampaignEdge: { look: 'cursor node' },
  CampaignMetrics: {
    look: `
      audience bounced bouncedHard bouncedSoft cancelled clicked clickedMachine clicks complained control delivered
      eligible failed heldOut inFlight opened openedMachine opens outcomes people queued rates replied sent skipped
      unknown unsubscribed`,
  },
  CampaignMetricsUpdate: { look: 'campaign channelMetrics cursor metrics variantMetrics' },
  CampaignPayload: { look: 'campaign userErrors' },
  CampaignPreset: {
    look: 'campaignType createdAt createdBy definition description id name updatedAt updatedBy version',
  },
  CampaignPresetConnection: { look: 'edges pageInfo' },
  CampaignPresetEdge: { look: 'cursor node' },
  CampaignPresetPayload: { look: 'preset userErrors' },
  Channel: {
    look: `blocks contentHash display email enabled id inApp kind locale locales priority push sms social web webhook
      whatsapp`,
  },
  ChannelLocale: { look: 'display email inApp locale push sms social web whatsapp' },
  ChannelChoice: { look: 'channel chosen reason seen' },
  ChannelEligibility: { look: 'channel reason wouldBeSent' },
  ChannelCost: { look: 'amount channel costPerMessage messages' },
  ChannelMetrics: { look: 'channel metrics' },
  CompareArmsPayload: { look: 'sampleRatio test userErrors' },
  ContentBlock: {
    look: 'content createdAt createdBy description id key kind updatedAt updatedBy uses version',
  },
  ContentBlockConnection: { look: 'edges pageInfo' },
  ContentBlockEdge: { look: 'cursor node' },
  ContentBlockPayload: { look: 'contentBlock userErrors' },
  ContentPreview: {
    edit: 'channel fields html locale replyTo senderEmail senderName smsSize subject text variantId warnings',
  },
  ContentPreviewPayload: { edit: 'preview userErrors' },
  ContentWarning: { edit: 'code message' },
  ConversionGoal: { look: 'currencyField eventType valueField windowDays' },
  Eligibility: { look: 'channels gates reason variant wouldBeSent' },
  EmailContent: { look: 'html preheader replyTo senderEmail senderName subject templateId templateVersion text' },
  EstimateAudiencePayload: { look: 'estimate userErrors' },
  EstimatedChannel: { look: 'channel messages reachable stopped' },
  EstimatedReason: { look: 'count reason' },
  EstimatedVariant: { look: 'count id' },
  Execution: {
    look: `
      campaign channelMetrics completedAt createdAt decision id kind messages metrics occurrence reason reconciliation remoteLists round
      stalledReason startedAt status variantMetrics waitingFor`,
  },
  ExecutionConnection: { look: 'edges pageInfo' },
  ExecutionEdge: { look: 'cursor node' },
  ExecutionProgress: { look: 'cursor execution metrics reconciliation status' },
  ExperimentAnalysis: { look: 'arms automaticWinner clicks holdoutLift opens sampleRatio tests' },
  Experiment: {
    look: `
      automaticWinner batchMinutes batches confidence floorPercentage ifUndecided metric minimumPerArm mode
      testDurationMinutes testSamplePercentage`,
  },
  ExperimentArm: { look: 'assigned delivered goals isControl name sent skipped variant' },
  ExperimentDecision: { look: 'decidedAt decidedBy metric pValue reason variant' },
  Explanation: { look: 'asOf channels gates message' },
  Gate: { look: 'gate reason result seen' },
  GoalOutcome: { look: 'events goal people rate value' },
  GoalTest: { look: 'arms chiSquare comparisons degreesOfFreedom goal logPValue pValue primary' },
  Guardrails: {
    look: 'complaintPercentage failurePercentage hardBouncePercentage minimumSample unsubscribePercentage',
  },
  GuardrailTrip: { look: 'at kind limitPercentage observedPercentage sample' },
  HoldoutGroup: { look: 'interval people rate successes' },
  HoldoutLift: {
    look: `
      difference differenceInterval goal heldOut incremental incrementalInterval logPValue pValue relativeLift
      relativeLiftInterval treated`,
  },
  ImportContactsPayload: { look: 'report userErrors' },
  ImportRejection: { look: 'line reason' },
  ImportSuppressionsPayload: { edit: 'report userErrors' },
  NamedUser: { look: 'isKnown userId' },
  NamedUserConnection: { look: 'edges pageInfo' },
  NamedUserEdge: { look: 'cursor node' },
  SuppressionReport: { edit: 'accepted added present rejected rejections' },
  ImportReport: { look: 'accepted created rejected rejections unchanged updated' },
  InAppContent: { look: 'actionUrl body icon templateId templateVersion title' },
  Interval: { look: 'high low' },
  LaunchChannel: { look: 'channel exclusions messages' },
  LaunchCost: { look: 'amount budget byChannel currency exceeded' },
  LaunchLocale: { look: 'channel locale people variantId' },
  LaunchExclusion: { look: 'count reason' },
  LaunchPlan: {
    look: `
      asOf awaitingLogin campaign channels cost excludedByAudience overCap exclusions finishesAt hash limits locales messages outsideWindowSkipped people quietHoursSkipped refusals sent
      undecided variants warnings waves wouldFail`,
  },
  LaunchVariant: { look: 'channel id isControl name people' },
  LaunchWarning: { look: 'code message people share' },
  LaunchWave: { look: 'channel dueAt localTime people timeZone' },
  PinnedBlock: { look: 'key version' },
  OutdatedBlock: { look: 'key pinnedVersion presentVersion' },
  PaceLimit: { look: 'channel perMinute scope' },
  LocalTime: { look: 'at ifPast' },
  Message: {
    look: `
      attempt awaitsLoginUntil bouncedAt channel clickedAt complainedAt deliveredAt disposition eligible execution guardedAt id
      judgedAt notification openedAt reason recipient sentAt status testAddress unsubscribedAt variant`,
  },
  MessageConnection: { look: 'edges pageInfo' },
  MessageEdge: { look: 'cursor node' },
  MessageEvent: { look: 'at kind machine message' },
  MessageEvents: { look: 'cursor events skipped' },
  MetricRates: { look: 'bounce click clickToOpen complaint delivery open unsubscribe' },
  Notification: { look: 'campaignMessage id' },
  Organization: { look: 'id settings version' },
  OrganizationLimits: { look: 'emailsPerHour enabled messagesPerHour runningCampaigns smsPerHour testMessagesPerHour' },
  OrganizationPayload: { look: 'organization userErrors' },
  OrganizationSettings: {
    look: 'approvalRequired assetBaseUrl controlGroupPercentage limits postalAddress quietHours timeZone',
  },
  PageInfo: { look: 'endCursor hasNextPage hasPreviousPage startCursor' },
  PlacementContent: { look: 'actionUrl body imageUrl templateId templateVersion title' },
  PushContent: { look: 'actionUrl body data icon templateId templateVersion title' },
  QuietHours: { look: 'commercialSms enabled from timeZone until' },
  Occurrence: { look: 'at localTime' },
  RuleWait: { look: 'answered askedAt asksAgainAt reason ruleId until' },
  Recurrence: { look: 'count cron passed timeZone' },
  SchedulePreviewPayload: { look: 'occurrences userErrors' },
  ReasonCount: { look: 'count reason' },
  Reconciliation: {
    look: `
      audience balanced cancelled control failed heldOut inFlight notSentByReason people queued sent skipped
      skippedByReason unknown`,
  },
  RemoteList: { look: 'ageSeconds people readAt remoteId source unknown' },
  RetryFailedPayload: { look: 'execution messages userErrors' },
  SampleRatio: { look: 'mismatch pValue statistic' },
  SampleSizePayload: { look: 'peoplePerArm userErrors' },
  Segment: { look: 'archivedAt createdAt description id name rules updatedAt version' },
  SegmentConnection: { look: 'edges pageInfo' },
  SegmentEdge: { look: 'cursor node' },
  SegmentPayload: { look: 'segment userErrors' },
  SmsContent: { look: 'body maxSegments templateId templateVersion' },
  SmsSize: { edit: 'encoding segments units' },
  StartCampaignPayload: { look: 'campaign execution userErrors' },
  Suppression: { look: 'channel reason since user' },
  SuppressionConnection: { look: 'edges pageInfo' },
  SuppressionEdge: { look: 'cursor node' },
  SuppressionPayload: { edit: 'changed unchanged userErrors' },
  SendWindow: { look: 'days from until' },
  SendTestPayload: { edit: 'execution messages userErrors' },
  Throttle: { look: 'perDay perHour perMinute' },
  Trigger: {
    look: 'conditions delayMinutes enabled eventType frequencyCount frequencyHours heedsQuietHours id',
  },
  TriggerCondition: { look: 'field operator value' },
  User: { look: 'campaignMessages eligibility id suppressions' },
  UserError: { look: 'code message path' },
  ValueComparison: { look: 'degreesOfFreedom difference interval pValue t' },
  Variant: { look: 'allocation attributeValue channels id isControl name' },
  VariantMetrics: { look: 'metrics name variant' },
  // Headers may hold the keys of the program that is asked.
  WebhookContent: { look: 'headers method payloadTemplate url' },
  WebhookHeader: { edit: 'name value' },
  WhatsappContent: { look: 'body providerTemplateId templateId templateVersion' },
  WaitingFor: { look: 'reason until' },
  _Service: { look: 'sdl' },
};
