import { listMeetings, listSeries, showMeeting } from "./operations/reading.ts";

export {
  awaitingAnswer,
  growthBlockIn,
  heldMeetingsBefore,
  listMeetings,
  listSeries,
  meetingsBefore,
  meetingsIn,
  nextMeeting,
  previousMeeting,
  requireMeeting,
  showMeeting,
  useMeeting,
} from "./operations/reading.ts";
export { type Meeting, type MeetingState, meetingStates, type Series } from "./schema.ts";

export const meetingsOperations = [listMeetings, showMeeting, listSeries];
