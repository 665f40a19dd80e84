/** A reading that was not believed, or that came to nothing. The text that was read before stays. `message` names no address. */
export class ReadingTrouble extends Error {
  readonly code: string;
  /** True when asking again is of no use before its owner has done something. */
  readonly stops: boolean;

  constructor(code: string, message: string, stops = false) {
    super(message);
    this.name = "ReadingTrouble";
    this.code = code;
    this.stops = stops;
  }
}

/** What an answer of a calendar address means, by its status; undefined when it is a calendar as far as the status tells. */
export function troubleOfStatus(host: string, status: number): ReadingTrouble | undefined {
  if (status === 200) return undefined;
  if (status === 404 || status === 410)
    return new ReadingTrouble(
      "gone",
      `${host} has no calendar at this address any more (${status}). Its secret address was probably renewed: copy the new one from there.`,
      true,
    );
  if (status === 401 || status === 403)
    return new ReadingTrouble(
      "refused",
      `${host} refuses to hand the calendar out (${status}). Look whether it is still shared by its address.`,
    );
  if (status === 429) return new ReadingTrouble("busy", `${host} asks for fewer requests (429). It is tried again later.`);
  if (status >= 500)
    return new ReadingTrouble("server", `${host} is out of order at the moment (${status}). It is tried again later.`);
  return new ReadingTrouble("status", `${host} answered with ${status} instead of a calendar. It is tried again later.`);
}

interface ReadText {
  readonly text: string;
  readonly isCalendar: boolean;
  readonly isComplete: boolean;
}

const LOOKS_LIKE_A_PAGE = /^\s*<(?:!doctype|html|head|\?xml)/iu;

/** What a text shows at first sight, before anything is unrolled: nothing at all, a web page, something else. */
export function troubleAtSight(from: string, text: string): ReadingTrouble | undefined {
  return troubleOfText(from, { text, isCalendar: /^BEGIN:V(?:CALENDAR|EVENT)/imu.test(text), isComplete: true });
}

/** Whether a text can be believed to be a whole calendar: nothing, a web page and half a file are not. `from` names where it comes from. */
export function troubleOfText(from: string, { text, isCalendar, isComplete }: ReadText): ReadingTrouble | undefined {
  if (text.trim() === "") return new ReadingTrouble("nothing", `${from} sent nothing at all instead of the calendar.`);
  if (LOOKS_LIKE_A_PAGE.test(text))
    return new ReadingTrouble("web_page", `${from} sent a web page instead of the calendar, such as a page to log in on.`);
  if (!isCalendar) return new ReadingTrouble("not_a_calendar", `What ${from} sent is not a calendar.`);
  return isComplete ? undefined : new ReadingTrouble("half", `${from} sent half a calendar: its end is missing.`);
}
