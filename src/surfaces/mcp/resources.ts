import type { AnyOperation } from "../../platform/operation.ts";
import type { Invoke } from "./server.ts";

interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  read(run: (name: string, input: object) => Promise<unknown>, now: Temporal.Instant): Promise<unknown>;
}

const RECENT_ENTRIES = 50;

/** What an assistant can read without asking for anything in particular: the same operations, called for it. */
export const resources: readonly Resource[] = [
  {
    uri: "throughline://agenda/next",
    name: "The coming agenda",
    description: "The next meeting and what is prepared for it so far",
    async read(run, now) {
      // A day earlier in UTC is early enough for every zone; what has ended since is left out below.
      const from = now.toZonedDateTimeISO("UTC").toPlainDate().subtract({ days: 1 }).toString();
      const { meetings } = (await run("meetings.list", { from })) as {
        meetings: { id: string; state: string; startsAt: string; endsAt: string }[];
      };
      const coming = meetings.filter(
        (meeting) => meeting.state === "planned" && Temporal.Instant.compare(meeting.endsAt, now) > 0,
      );
      const next = coming.sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))[0];
      return next ? { meeting: next, agenda: await run("agenda.show", { meetingId: next.id }) } : { meeting: null, agenda: null };
    },
  },
  {
    uri: "throughline://record",
    name: "The recent record",
    description: "What was captured, told, decided and promised lately, newest first",
    read: (run) => run("record.timeline", { limit: RECENT_ENTRIES }),
  },
];

/** The content of a resource; undefined when there is none by that address. Throws AppError as its operations do. */
export async function readResource(
  uri: string,
  offered: readonly AnyOperation[],
  invoke: Invoke,
  now: Temporal.Instant,
): Promise<unknown> {
  const run = (name: string, input: object): Promise<unknown> => {
    const operation = offered.find((one) => one.name === name);
    if (!operation) throw new Error(`${name} is not offered to assistants, but the resource ${uri} is made of it`);
    return invoke(operation, input);
  };
  return resources.find((one) => one.uri === uri)?.read(run, now);
}
