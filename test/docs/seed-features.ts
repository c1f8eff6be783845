/** Features as the five documents list them: what they have, what they plan, what the law asks. Each has a row in docs/seeds.md. */
export const features: readonly string[] = `
  Campaign creation
  content management
  status tracking
  One-time scheduled
  Recurring scheduled
  Frequency once, daily, weekly, monthly
  Event-triggered
  Transactional
  Time windows
  Timezone support
  Campaign types of purpose
  Optimistic locking
  Budget
  cost tracking
  Soft delete
  Event sourcing
  audit trail
  Content approval
  approval workflows
  Campaign collaboration
  Campaign templates
  Location-based pricing
  i18n
  User segmentation
  targeting rules
  Rule priority
  Excluded users
  Test groups
  Audience analytics
  Dynamic rules
  real-time targeting
  Behavioral targeting
  Holdout
  Rules Engine
  Lookalike audiences
  Add to welcome audiences
  Email
  SMS
  WhatsApp
  push
  in-app
  webhook
  Web, social, display
  Content personalization
  Dynamic content blocks
  Multi-language support
  Template resolution
  Preview
  trackOpens
  trackClicks
  fromName
  fromEmail
  replyTo
  Storage, media and image services
  Rate control
  throttling
  Batch sending
  Retry strategy
  Message deduplication
  Quiet hours
  Cross-campaign frequency capping
  Campaign reply handling
  Provider webhooks
  Integration with external ESP APIs
  Send time optimization per recipient
  Journeys
  drip sequences
  A/B testing
  Winner criteria
  test duration
  test sample
  Statistical significance
  Bandit algorithms
  Multivariate testing
  Impressions
  Engagement tracking
  Conversion analysis
  Revenue
  CTR
  conversion rate
  ROAS
  ROI
  cost per click
  cost per conversion
  Attribution modeling
  Customer journey tracking
  Automated campaign performance alerts
  Predictive analytics
  content by AI
  JWT token validation
  Role-based access control
  API key authentication
  Audit logging
  PII handling
  CSRF protection
  Input validation
  SQL injection prevention
  Non-root user
  CAN-SPAM
  GDPR
  TCPA
  CCPA
  CASL
  Unsubscribe
  Cache keys
  Log lines
  Correlation IDs
  Service registration
  Usage tracking for billing
  Horizontal scaling
  Sharding
  Kubernetes
  OpenAPI and proto
  Gherkin
  dependency injection`
  .trim()
  .split(/\s*\n\s*/);
