/** The dictionary form of verbs that people use when somebody did not do something. */
export const baseForms: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "send sent sends sending",
    "give gave given gives giving",
    "share shared shares sharing",
    "deliver delivered delivers delivering",
    "provide provided provides providing",
    "forward forwarded forwards forwarding",
    "hand handed hands handing",
    "supply supplied supplies supplying",
    "submit submitted submits submitting",
    "bring brought brings bringing",
    "show showed shown shows showing",
    "answer answered answers answering",
    "reply replied replies replying",
    "respond responded responds responding",
    "react reacted reacts reacting",
    "acknowledge acknowledged acknowledges acknowledging",
    "read reads reading",
    "review reviewed reviews reviewing",
    "check checked checks checking",
    "approve approved approves approving",
    "sign signed signs signing",
    "decide decided decides deciding",
    "confirm confirmed confirms confirming",
    "finish finished finishes finishing",
    "fix fixed fixes fixing",
    "update updated updates updating",
    "complete completed completes completing",
    "prepare prepared prepares preparing",
    "schedule scheduled schedules scheduling",
    "book booked books booking",
    "order ordered orders ordering",
    "arrange arranged arranges arranging",
    "organise organised organises organising",
    "organize organized organizes organizing",
    "discuss discussed discusses discussing",
    "explain explained explains explaining",
    "tell told tells telling",
    "inform informed informs informing",
    "mention mentioned mentions mentioning",
    "invite invited invites inviting",
    "include included includes including",
    "support supported supports supporting",
    "help helped helps helping",
    "write wrote written writes writing",
    "call called calls calling",
    "do did done does doing",
  ].flatMap((line) => {
    const [base = "", ...forms] = line.split(" ");
    return [base, ...forms].map((form) => [form, base] as const);
  }),
);

/** Verbs whose object is something that one waits for: "I am still without the figures". */
export const handingOver: readonly string[] = [
  "send",
  "give",
  "share",
  "deliver",
  "provide",
  "forward",
  "hand",
  "supply",
  "submit",
];

/** Verbs that answer something: "I have not heard back on my proposal yet". */
export const answering: readonly string[] = ["answer", "reply", "respond", "react", "acknowledge"];

/** Verbs that settle something: "The budget is still open". */
export const settling: readonly string[] = [
  "read",
  "review",
  "check",
  "approve",
  "sign",
  "decide",
  "confirm",
  "finish",
  "fix",
  "update",
  "complete",
  "prepare",
  "schedule",
  "book",
  "order",
  "arrange",
  "organise",
  "organize",
  "discuss",
];
