import { test } from "node:test";
import { fuzzCalendars } from "../../../test/support/calendar-fuzz.ts";

// The long run is test/slow/calendar-fuzz.test.ts.
const SEED = 4_000_000;

test(`2,000 damaged calendars do not crash, hang or cost an event that was whole (seed ${SEED})`, () => {
  fuzzCalendars(2_000, SEED);
});
