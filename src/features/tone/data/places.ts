import type { ElsewhereRule } from "../schema.ts";

/** A part of the page "This belongs elsewhere". Plain, short, for any country; it names people to turn to, never laws. */
export interface ElsewherePart {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly ElsewhereRule[];
  readonly why: string;
  readonly instead: readonly string[];
  /** Who is there for it. */
  readonly who: string;
}

export const elsewhereParts: readonly ElsewherePart[] = [
  {
    id: "wrong",
    title: "Something is wrong, or unsafe",
    rules: ["legal"],
    why: "Being treated worse for who you are, being threatened or touched, being punished for speaking up, something that breaks the law: a mail to your manager sets both sides before anybody has helped you, and it cannot be taken back.",
    instead: [
      "If somebody is in danger, leave the place and call the emergency number. Everything else can wait.",
      "Write down for yourself what happened, with day, hour, place and who was there. Keep it as you first wrote it.",
      "Talk to one person from the list before you write to anybody at work, best from a private address.",
    ],
    who: "A lawyer for employment law, your union, the works council, HR, the office for equal treatment or the ombudsperson, a hotline for reports.",
  },
  {
    id: "health",
    title: "Health",
    rules: ["health"],
    why: "Your manager needs to know what changes for the work, not what you have. What others have is not yours to tell. A mail is kept and passed on for years.",
    instead: [
      "Say from when until when you are away or do less, and what should happen with your work meanwhile.",
      "The reason is yours. If you want to tell it, do so in person, to somebody you choose.",
    ],
    who: "Your doctor, occupational health, HR for leave and adjustments, the representative for people with disabilities.",
  },
  {
    id: "private-life",
    title: "Family, belief, papers",
    rules: ["private_life"],
    why: "Family, religion, whom you love, how you vote, your permit to stay: none of it is part of the work, and once written it is read by strangers.",
    instead: [
      "Say what you need and for how long: other hours, a few days, a call instead of a journey.",
      "For a document with a deadline, such as a permit, go to HR; they keep such things apart from your manager.",
    ],
    who: "HR, the works council, a counselling service, a lawyer for residence questions.",
  },
  {
    id: "union",
    title: "Union and works council",
    rules: ["union"],
    why: "Being a member and asking for advice is your right in most places. It stays safest where your employer does not read along.",
    instead: [
      "Write to your union or works council from a private address and a private device.",
      "Bring to your 1:1 what you need for the work, not whom you asked.",
    ],
    who: "Your union, the works council, a shop steward.",
  },
  {
    id: "others",
    title: "What others are paid and how they work",
    rules: ["others_pay", "others_performance"],
    why: "Somebody who is not in the room cannot answer. What you write about them stays, and it moves the talk away from you.",
    instead: [
      "For your pay: what you did, what you would like, and the question which numbers would help.",
      "For work that waits on others: what you need, by when, and what happens to the date without it.",
      "For something about a person: talk to that person first; if that is not possible, talk to your manager, face to face.",
    ],
    who: "The person themselves, HR, the works council for questions about a pay system.",
  },
  {
    id: "people-you-serve",
    title: "Clients, patients, pupils",
    rules: ["identifier"],
    why: "They trusted your organisation with their name, and a mail leaves the system that protects it.",
    instead: [
      "Write “one patient”, “a client”, “a pupil in my class”, and what it means for the work.",
      "Whoever must know the name finds it in the system that is made for it.",
    ],
    who: "Your data protection officer.",
  },
  {
    id: "secrets",
    title: "Passwords, keys and tokens",
    rules: ["credential"],
    why: "A mail is copied to more machines than anybody can count. Whoever reads it can get in.",
    instead: [
      "Share it through the password store that your employer uses.",
      "If it was sent before, change it today and tell the security officer; that is routine for them.",
    ],
    who: "The security officer or the IT desk.",
  },
  {
    id: "figures",
    title: "Figures and plans that are not public",
    rules: ["unreleased_figures"],
    why: "Revenue, deals, closures and the like can be under rules about who may know them, and when.",
    instead: [
      "Name the report and its date and leave the figures out.",
      "If you are not sure whether something is public, treat it as if it were not, and ask.",
    ],
    who: "Your manager in person, finance, compliance.",
  },
];

export function partFor(rule: string): ElsewherePart | undefined {
  return elsewhereParts.find(({ rules }) => (rules as readonly string[]).includes(rule));
}
