import { stopFollowing, trustHours } from "./operations/following.ts";
import { endWith, handOver } from "./operations/handover.ts";
import {
  cancelMeeting,
  markHeld,
  markNotHeld,
  moveMeeting,
  restoreMeeting,
  skipDays,
  unmarkMeeting,
} from "./operations/meetings.ts";
import { listMeetings, listSeries, showMeeting } from "./operations/reading.ts";
import { editSeries, endSeries, moveFollowing, pauseSeries, resumeSeries, scheduleSeries } from "./operations/series.ts";

export { endWith, handOver } from "./operations/handover.ts";
export {
  cancelMeeting,
  markHeld,
  markNotHeld,
  moveMeeting,
  noteHeld,
  noteNotHeld,
  restoreMeeting,
  skipDays,
  unmarkMeeting,
} from "./operations/meetings.ts";
export {
  type Followed,
  followInstances,
  type Lead,
  leadOf,
  leadSeriesWith,
  leadsOf,
  stopFollowing,
  stopLead,
  trustHours,
} from "./operations/following.ts";
export { keepMeetingsAhead } from "./operations/planning.ts";
export {
  awaitingAnswer,
  comingMeetings,
  growthBlockIn,
  heldMeetingsBefore,
  listMeetings,
  listSeries,
  meetingsBefore,
  meetingsIn,
  nextMeeting,
  pastMeetings,
  previousMeeting,
  requireMeeting,
  showMeeting,
  useMeeting,
} from "./operations/reading.ts";
export { editSeries, endSeries, moveFollowing, pauseSeries, resumeSeries, scheduleSeries } from "./operations/series.ts";
export { meetingsPages } from "./pages/index.ts";
export { hourDoubt } from "./pages/lead.ts";
export { seriesFields, seriesInput, seriesValues, zoneField, zoneList } from "./pages/parts.ts";
export { agreedTime } from "./rules/clock.ts";
export { hasGrowthBlock, LONGEST_MEETING_MINUTES } from "./rules/meeting.ts";
export type { LedInstance } from "./rules/following.ts";
export { ruleOn } from "./rules/rhythm.ts";
export {
  Meeting,
  type MeetingState,
  meetingStates,
  minutesLong,
  ScheduleInput,
  Series,
  type SeriesLead,
  weeksApart,
} from "./schema.ts";

export const meetingsOperations = [
  listMeetings,
  showMeeting,
  listSeries,
  scheduleSeries,
  editSeries,
  pauseSeries,
  resumeSeries,
  endSeries,
  moveMeeting,
  moveFollowing,
  cancelMeeting,
  restoreMeeting,
  skipDays,
  markHeld,
  markNotHeld,
  unmarkMeeting,
  handOver,
  endWith,
  stopFollowing,
  trustHours,
];
