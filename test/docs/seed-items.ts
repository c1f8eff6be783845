/** What the five documents list themselves, by kind: each has a row in docs/seeds.md. Written down from them, never from the map. */
const names = (text: string): readonly string[] => text.trim().split(/\s+/);
const lines = (text: string): readonly string[] => text.trim().split(/\s*\n\s*/);

export const endpoints = lines(`
  POST /api/v1/campaigns
  GET /api/v1/campaigns
  GET /api/v1/campaigns/{id}
  PATCH /api/v1/campaigns/{id}
  PUT /api/v1/campaigns/{id}
  DELETE /api/v1/campaigns/{id}
  POST /api/v1/campaigns/{id}/schedule
  POST /api/v1/campaigns/{id}/activate
  POST /api/v1/campaigns/{id}/start
  POST /api/v1/campaigns/{id}/pause
  POST /api/v1/campaigns/{id}/resume
  POST /api/v1/campaigns/{id}/cancel
  POST /api/v1/campaigns/{id}/clone
  GET /api/v1/campaigns/{id}/metrics
  GET /api/v1/campaigns/{id}/stats
  GET /api/v1/campaigns/{id}/recipients
  POST /api/v1/campaigns/{id}/variants
  POST /api/v1/campaigns/{id}/ab-test
  POST /api/v1/campaigns/{id}/ab-test/winner
  POST /api/v1/campaigns/{id}/audiences/estimate
  POST /api/v1/campaigns/{id}/preview
  /api/v1/campaigns/{id}/audiences/*
  /api/v1/campaigns/{id}/variants/*
  /api/v1/campaigns/{id}/executions/*
  /api/v1/campaigns/{id}/metrics/*
  GET /health
  GET /health/ready
  POST /api/v1/segments/{id}/resolve
  GET /api/v1/segments/{id}/estimate
  GET /api/v1/users/{id}/profile
  POST /api/v1/users/profiles/batch
  POST /api/v1/tasks
  DELETE /api/v1/tasks/{id}
  POST /api/v1/notifications/send`);

export const methods = names(`
  CreateCampaign GetCampaign ListCampaigns UpdateCampaign DeleteCampaign StartCampaign StopCampaign GetCampaignMetrics`);

export const serviceMethods = names(`
  create_campaign get_campaign update_campaign delete_campaign list_campaigns clone_campaign schedule_campaign
  activate_campaign pause_campaign resume_campaign cancel_campaign start_execution process_execution pause_execution
  resume_execution complete_execution queue_messages send_message handle_delivery_status evaluate_trigger
  check_frequency_limit check_quiet_hours schedule_triggered_send resolve_audience estimate_audience_size apply_holdout
  check_user_eligibility record_metric get_campaign_metrics calculate_rates calculate_statistical_significance
  get_metrics_time_series resolve_segment estimate_segment_size get_user_profile get_user_profiles_batch
  cancel_scheduled_task send_campaign_message resolve_audience_cached process_messages_batch
  aggregate_metrics_periodically check_campaign_access health_check readiness_check`);

export const published = names(`
  campaign.created campaign.updated campaign.scheduled campaign.activated campaign.started campaign.paused campaign.resumed
  campaign.completed campaign.cancelled campaign.message.queued campaign.message.sent campaign.message.delivered
  campaign.message.opened campaign.message.clicked campaign.message.converted campaign.message.bounced
  campaign.message.unsubscribed campaign.metric.updated
  CampaignCreatedEvent CampaignScheduledEvent CampaignStartedEvent CampaignPausedEvent CampaignResumedEvent
  CampaignCompletedEvent CampaignCancelledEvent CampaignMessageSentEvent CampaignMessageDeliveredEvent
  CampaignMessageOpenedEvent CampaignMessageClickedEvent CampaignMessageBouncedEvent
  CampaignCreated CampaignUpdated CampaignActivated CampaignPaused CampaignCompleted CampaignCancelled CampaignDeleted`);

export const subscribed = names(`
  user.created user.deleted user.preferences.updated subscription.created subscription.upgraded subscription.cancelled
  order.completed notification.delivered notification.failed notification.opened notification.clicked task.executed
  event.stored`);

export const jobs = names(`
  campaign-scheduler campaign-stats-refresh campaign-ab-test-evaluator campaign-recurring-trigger`);

export const figures = names(`
  campaigns_created_total campaigns_completed_total campaign_execution_duration_seconds campaign_messages_sent_total
  trigger_evaluations_total trigger_evaluation_duration_seconds api_request_duration_seconds api_request_total`);

export const settingNames = names(`
  CAMPAIGN_SERVICE_PORT CAMPAIGN_SERVICE_HOST POSTGRES_HOST POSTGRES_PORT DATABASE_POOL_SIZE NATS_GRPC_HOST NATS_GRPC_PORT
  REDIS_URL CONSUL_ENABLED CONSUL_HOST CONSUL_PORT ISA_DATA_URL ISA_CREATIVE_URL NOTIFICATION_SERVICE_URL TASK_SERVICE_URL
  EVENT_SERVICE_URL MESSAGE_RATE_LIMIT_PER_MINUTE MESSAGE_RATE_LIMIT_PER_HOUR PORT DB_HOST DB_PORT DB_USER DB_PASSWORD DB_NAME
  DB_SSLMODE NATS_URL NATS_USERNAME NATS_PASSWORD NATS_TOKEN RULES_SERVICE_URL CAMPAIGN_DB_URL CAMPAIGN_REDIS_URL
  CAMPAIGN_LOG_LEVEL CAMPAIGN_API_PORT CAMPAIGN_QUEUE_URL database.pool_size database.max_idle database.max_lifetime
  cache.ttl.campaign cache.ttl.campaign_list cache.ttl.metrics cache.ttl.rules cache.ttl.events delivery.max_rate
  delivery.batch_size delivery.retry_limit targeting.max_rules targeting.max_segments targeting.max_test_groups
  analytics.update_interval analytics.retention_days analytics.metrics_precision
  create_campaign update_campaign list_campaigns get_metrics`);

/** Tables with their columns, those of the same thing in several documents together. */
export const tables: Readonly<Record<string, readonly string[]>> = {
  campaigns: names(`
    id campaign_id organization_id name description campaign_type status schedule_type scheduled_at cron_expression timezone
    throttle_per_minute throttle_per_hour send_window_start send_window_end exclude_weekends enable_ab_testing
    auto_winner_enabled auto_winner_metric auto_winner_confidence auto_winner_min_sample winner_variant_id
    conversion_event_type attribution_window_days attribution_model holdout_percentage task_id tags metadata created_by
    updated_by paused_by paused_at cancelled_by cancelled_at cancelled_reason cloned_from_id created_at updated_at deleted_at
    master_id type start_time end_time target_audience content schedule metrics
    tenantId channel templateId segmentIds excludeSegmentIds scheduledAt recurringSchedule settings abTestConfig
    throttleConfig startedAt completedAt createdBy createdAt updatedAt deletedAt
    targeting_rules start_date end_date budget_amount budget_currency version`),
  campaign_audiences: names(`
    id audience_id campaign_id segment_type segment_id segment_query name estimated_size created_at updated_at`),
  campaign_variants: names(`
    id variant_id campaign_id name description allocation_percentage is_control created_at updated_at
    campaignId variantId templateId subject weight isWinner`),
  campaign_channels: names(`
    id channel_id campaign_id variant_id channel_type enabled priority email_subject email_body_html email_body_text
    email_sender_name email_sender_email email_reply_to sms_body whatsapp_body whatsapp_template_id in_app_title in_app_body
    in_app_action_url in_app_icon webhook_url webhook_method webhook_headers webhook_payload_template template_id created_at
    updated_at`),
  campaign_triggers: names(`
    id trigger_id campaign_id event_type conditions delay_minutes delay_days frequency_limit frequency_window_hours
    quiet_hours_start quiet_hours_end quiet_hours_timezone enabled created_at updated_at`),
  campaign_executions: names(`
    id execution_id campaign_id execution_type trigger_event_id status total_audience_size holdout_size messages_queued
    messages_sent messages_delivered messages_failed started_at completed_at paused_at created_at updated_at`),
  campaign_messages: names(`
    id message_id campaign_id execution_id variant_id user_id channel_type recipient_address status notification_id
    provider_message_id queued_at sent_at delivered_at opened_at clicked_at bounced_at failed_at unsubscribed_at error_message
    bounce_type metadata tenantId campaignId contactId variantId sentAt deliveredAt openedAt clickedAt failedAt failureReason
    messageId`),
  campaign_metrics: names(`
    id metric_id campaign_id execution_id variant_id channel_type segment_id metric_type count rate value bucket_start
    bucket_end created_at updated_at campaignId variantId totalRecipients sentCount deliveredCount openedCount clickedCount
    bouncedCount unsubscribedCount complaintCount updatedAt`),
  campaign_conversions: names(`
    id conversion_id campaign_id execution_id message_id user_id conversion_event_type conversion_event_id conversion_value
    attribution_model attribution_weight converted_at created_at`),
  campaign_unsubscribes: names(`
    id unsubscribe_id campaign_id message_id user_id channel_type reason source unsubscribed_at synced_to_account_at`),
  campaign_trigger_history: names(`
    id history_id campaign_id trigger_id event_id event_type user_id triggered skip_reason execution_id evaluated_at
    scheduled_send_at`),
  campaign_events: names('id campaign_id user_id event_type metadata created_at'),
};

const rulesOf = { '001': 8, '002': 7, '003': 9, '004': 7, '005': 7, '006': 7, '007': 7, '008': 5 };

export const rules = Object.entries(rulesOf).flatMap(([group, most]) =>
  Array.from({ length: most }, (_, index) => `BR-CAM-${group}.${index + 1}`),
);

export const limits = lines(`
  5 running campaigns per tenant
  1 million recipients per campaign
  Minimum 100 messages per hour
  Maximum 5 variants per A/B test
  Minimum interval is 1 hour
  Availability
  API p99
  Start within 60 s
  Trigger response
  100,000 messages a minute per organization
  Zero message loss
  Metrics within 1 %`);

export const errors = lines(`
  Invalid configuration
  Schedule conflict
  Resource limit
  Status transition
  Invalid rules
  Empty segment
  Test group error
  Targeting conflict
  Channel unavailable
  Rate limit
  Content error
  Schedule error`);
