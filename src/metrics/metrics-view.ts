import type { CampaignMetricsType, ChannelMetricsType, VariantMetricsType } from './metrics.types';
import { metricsByArm, metricsByChannel, type Tally, totalMetrics } from './metrics-reader';

/** The three cuts of one tally, as the graph shows them. */
export interface MetricsView {
  readonly metrics: CampaignMetricsType;
  readonly variantMetrics: VariantMetricsType[];
  readonly channelMetrics: ChannelMetricsType[];
}

export const viewMetrics = (tally: Tally): MetricsView => ({
  metrics: viewTotal(tally),
  variantMetrics: viewByVariant(tally),
  channelMetrics: metricsByChannel(tally) as ChannelMetricsType[],
});

export const viewTotal = (tally: Tally): CampaignMetricsType => totalMetrics(tally) as CampaignMetricsType;

export const viewByVariant = (tally: Tally): VariantMetricsType[] =>
  metricsByArm(tally).map(({ arm, metrics }) => ({
    variantId: arm.id,
    name: arm.name,
    metrics: metrics as CampaignMetricsType,
  }));
