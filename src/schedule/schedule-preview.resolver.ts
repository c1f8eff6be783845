import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import { attempt } from '../graphql/user-errors';
import { SchedulePreviewInput, SchedulePreviewPayload, toRecurrence } from './schedule.types';
import type { PreviewRequest } from './schedule-preview';
import { previewSchedule } from './schedule-preview';

@Resolver()
export class SchedulePreviewResolver {
  @Query(() => SchedulePreviewPayload, { description: 'The next times at which a campaign, or a recurrence, is due.' })
  async schedulePreview(
    @Arg('input', () => SchedulePreviewInput, { description: 'Of what, and how many.' }) input: SchedulePreviewInput,
    @Ctx() { scope }: GraphContext,
  ): Promise<SchedulePreviewPayload> {
    const { value, userErrors } = await attempt(() => previewSchedule(scope, readRequest(input)));
    const { occurrences = [], timeZone = 'UTC' } = value ?? {};
    const clock = clockOf(timeZone);
    return { occurrences: occurrences.map((at) => ({ at, localTime: clock.format(at) })), userErrors };
  }
}

const readRequest = ({ campaignId, recurrence, after, endAt, first }: SchedulePreviewInput): PreviewRequest => ({
  first,
  ...(campaignId != null && { campaignId }),
  ...(recurrence != null && { recurrence: toRecurrence(recurrence) }),
  ...(after != null && { after }),
  ...(endAt != null && { endAt }),
});

const clockOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  });
