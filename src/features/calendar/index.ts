import { expandCalendarText } from "./operations/expand.ts";

export { expandCalendarText } from "./operations/expand.ts";

export const calendarOperations = [expandCalendarText];
