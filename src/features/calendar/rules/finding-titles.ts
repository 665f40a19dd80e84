/** A title as titles are compared: lower case, without accents, one kind of dash and of white space. */
export function folded(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/ß/gu, "ss")
    .replace(/[‐-―−]/gu, "-")
    .replace(/[’‘`´]/gu, "'")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}

/** Words that say "just the two of us", in English, German and French. Matched on folded titles. */
const ONE_TO_ONE: readonly RegExp[] = [
  /(?<![\d.:/-])1 ?[:x] ?1(?:s|er|'s)?(?![\d:/.])/u,
  /(?<![\w.:/-])1 ?[/-] ?1(?:s|er|'s)?(?![\w:/.-])/u,
  /\b1 ?-? ?(?:on|to|o|a) ?-? ?1(?:s|'s)?\b|\b1-2-1\b/u,
  /(?<!\b(?:room|raum|salle|zimmer|building|floor) )\b121s?\b/u,
  /\bone ?-? ?(?:on|to|2|:) ?-? ?one(?:s|'s)?\b/u,
  /\bo2o\b|\boneonone\b/u,
  /\b(?:4|vier) ?-? ?augen(?: ?-? ?gesprach)?\b/u,
  /\b(?:einzel|mitarbeiter|mitarbeiterinnen|personal)gesprach\b/u,
  /\b(?:en )?tete[ -]a[ -]tete\b/u,
  /\b(?:entretien|point|echange|suivi) (?:individuel|bilateral|perso|personnel)\b/u,
  /\bbila(?:t|teral|terale|terales)?\b/u,
  /\bun a un\b|\buno a uno\b/u,
  /\bskip[ -]?level\b/u,
];

/** Words for a talk that is often, but not always, one to one. */
const TALK: readonly RegExp[] = [
  /\bcatch[ -]?ups?\b/u,
  /\bcheck[ -]?ins?\b/u,
  /\bjours?[ -]fixes?\b|\bjf\b/u,
  /\b(?:re-?)?sync(?:[ -]?ups?)?\b/u,
  /\btouch ?-?(?:base|points?)\b/u,
  /\brucksprache\b|\bregeltermin\b|\baustausch\b|\babstimmung\b|\bfeedback(?:gesprach)?\b/u,
  /\bpoint (?:hebdo\w*|mensuel|regulier|bi-?mensuel)\b|\bpoint (?:avec|d'etape)\b|\bsuivi\b|\bechange\b/u,
  /\bmentor(?:ing|at|ship)?\b|\bcoaching\b/u,
  /\bweekly\b|\bbi-?weekly\b|\bfortnightly\b|\bmonthly\b|\bwochentlich\w*\b|\bhebdo\w*\b/u,
];

/** Words for something else: more people, a course, time for oneself. */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/\bteam(?!s\b)|\bequipe\b|\bsquad\b|\btribe\b|\bchapter\b|\bguild\b|\bcrew\b/u, "names a team"],
  [
    /\ball[ -]?hands\b|\btown ?hall\b|\bvollversammlung\b|\bcompany (?:meeting|update|weekly)\b|\beveryone\b/u,
    "is for everybody",
  ],
  [/\bstand[ -]?ups?\b|\bdaily\b|\bscrum\b|\bmelee\b|\bhuddle\b/u, "is a stand-up"],
  [/\bretros?\b|\bretrospe[ck]ti\w+\b|\bpost[ -]?mortem\b/u, "is a retrospective"],
  [
    /\bplanning\b|\bplanung\b|\bplanification\b|\bgrooming\b|\brefinement\b|\bbacklog\b|\bsprint\b|\bkick[ -]?off\b|\bdemo\b|\bshowcase\b/u,
    "is a round of planning",
  ],
  [/\binterviews?\b|\bbewerb\w+\b|\bvorstellungsgesprach\b|\bcandidat\w*\b|\bhiring\b|\brecruit\w*\b/u, "is about an interview"],
  [/\bbirthdays?\b|\bgeburtstag\w*\b|\banniversa\w+\b|\bbday\b/u, "is a birthday"],
  [
    /\bfocus\b|\bfokus\w*\b|\bdeep work\b|\bno meetings?\b|\bblocker\b|\bblocked\b|\bconcentration\b|\bheads[ -]?down\b/u,
    "is time for oneself",
  ],
  [
    /\blunch\b|\bmittag\w*\b|\bdejeuner\b|\bbreakfast\b|\bfruhstuck\b|\bdinner\b|\bbreak\b|\bpause\b|\bapero\b|\bdrinks\b/u,
    "is a meal or a break",
  ],
  [/\bholidays?\b|\burlaub\b|\bconges?\b|\bvacances\b|\bvacation\b|\booo\b|\bout of office\b|\bfeiertag\b/u, "is time off"],
  [
    /\btraining\b|\bworkshop\b|\bwebinar\b|\bseminar\b|\bclass\b|\blessons?\b|\bkurs\b|\w+kurs\b|\bcours\b|\bunterricht\b|\byoga\b|\bgym\b|\bpilates\b/u,
    "is a course",
  ],
  [/\boffice hours?\b|\bsprechstunde\b|\bpermanence\b/u, "is open to anybody"],
  [
    /\bboard\b|\bsteering\b|\bcommittee\b|\bcomite\b|\bcodir\b|\bcopil\b|\bgremium\b|\blenkungskreis\b|\bbeirat\b/u,
    "is a committee",
  ],
  [
    /\bdentist\b|\bdoctor\b|\bphysio\w*\b|\btherap\w+\b|\bzahnarzt\b|\barzt\w*\b|\bdentiste\b|\bmedecin\b|\bkita\b|\bschool\b|\bschule\b|\becole\b/u,
    "is private",
  ],
  [
    /\bpair(?:ing)?\b|\bmob(?:bing)?\b|\bcode review\b|\bdesign review\b|\bcritique\b|\brehearsal\b|\bprobe\b|\bhandover\b|\bon-?call\b/u,
    "is work done together",
  ],
  [
    /\bclients?\b|\bcustomers?\b|\bkunden?\w*\b|\bvendor\b|\blieferant\w*\b|\bsales call\b|\bprospect\b|\bpartner call\b/u,
    "is with a customer or supplier",
  ],
  [
    /\breminder\b|\berinnerung\b|\brappel\b|\bpay ?roll\b|\btimesheets?\b|\bdeadline\b|\bbackup\b|\bdeploy\w*\b|\brelease\b/u,
    "is a reminder",
  ],
];

/** Halves of a title that look like two names and are not. */
const NO_NAMES = new Set(
  `design research sales marketing backend frontend product engineering finance legal ops operations support success data science analytics people
   culture hr it qa test dev devops security growth brand content social media strategy planning review retro lunch learn show tell plan build run
   ship health safety fit fun questions answers q a r d risk compliance supply demand input output front back web mobile ios android cloud infra
   platform core api apps team teams group weekly monthly daily sync update updates status project projekt projet meeting call kickoff demo sprint
   release budget forecast okr okrs goals roadmap backlog bugs triage incident incidents training onboarding offboarding hiring interview lead leads
   leadership management board wine cheese coffee kaffee tea cake kuchen yoga pilates run running gym bike sauna family friends kids home office
   north south east west emea apac us uk eu dach berlin paris london hamburg zurich wien munich munchen lyon new york monday tuesday wednesday
   thursday friday montag dienstag mittwoch donnerstag freitag lundi mardi mercredi jeudi vendredi am pm vertrieb einkauf technik recht personal
   entwicklung produkt forschung lehre ventes achats produit recherche juridique technique arts crafts black white research development trial error
   pros cons ups downs open close bring buy mix match drop in out on off up down all hands brown bag happy hour pull push ci cd sd wan`
    .split(/\s+/u)
    .filter(Boolean),
);

const NAME = String.raw`\p{Lu}[\p{L}'’.-]*(?: (?:\p{Lu}[\p{L}'’.-]*|de|da|dos|van|von|der|del|la|el))*`;
const BETWEEN = String.raw`\s*(?:\/|<>|<->|<=>|&|\+|\||↔|⇄|⟷|×|:|–|—|-(?=\s)|\s[xX]\s|\s(?:and|und|et|vs|meets)\s)\s*`;
const PAIR = new RegExp(String.raw`(?<a>${NAME})${BETWEEN}(?<b>${NAME})`, "u");
const WITH = new RegExp(String.raw`(?:^|\s)(?:with|w\/|mit|avec|met|con|@)\s*(?<name>${NAME})`, "u");
const WORD = /[\p{L}\p{N}'’]+/gu;

/** Words that stand beside a name in such titles. */
const BESIDE_NAMES =
  /\b(?:1 ?[:x/-] ?1(?:s|er|'s)?|1 ?-? ?(?:on|to|2|o|a) ?-? ?1s?|121|one ?-? ?(?:on|to|2|:) ?-? ?one|meeting|call|chat|talk|gespräch|termin|rdv|regular|recurring|weekly|bi-?weekly|fortnightly|monthly|quarterly|wöchentlich\w*|hebdo\w*|catch[ -]?up|check[ -]?in|sync(?:-?up)?|jour[ -]fixe|jf|touch ?-?(?:base|point)|mentoring|mentor|coaching|coffee|kaffee|skip[ -]?level|manager|boss|chef|lead|report|career|feedback|update|status|development|zoom|teams|remote|online|virtual|vor ort|bilat\w*|bila|point|suivi|échange|rücksprache|austausch|abstimmung|regeltermin|regeltermine|vier-?augen(?:-?gespräch)?|tête-à-tête|entretien|individuel|my|our|the|with|mit|avec|et|und|and|w)\b/giu;

function isName(text: string): boolean {
  const words = folded(text).replace(/[.]/gu, "").split(" ");
  return words.length <= 3 && words.every((word) => !NO_NAMES.has(word)) && !ONE_TO_ONE.some((one) => one.test(folded(text)));
}

/** What a title says about who meets. */
export interface TitleSigns {
  /** The words that say "one to one", as they stand in the title, or null. */
  readonly oneToOne: string | null;
  readonly talk: string | null;
  /** Why it is something else, in words. */
  readonly otherwise: readonly string[];
  /** Two names side by side, as in "Anna / Ben". */
  readonly pair: readonly [string, string] | null;
  /** A single name beside words for a talk: "1:1 Dana", "Catch-up with Dana". */
  readonly name: string | null;
}

function firstMatch(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found) return found[0].trim();
  }
  return null;
}

/** Takes what the title says around a pair away, so that "1:1 Anna / Ben" gives Anna and Ben. */
function pairIn(title: string): readonly [string, string] | null {
  const bare = title.replace(BESIDE_NAMES, " ").replace(/[()[\]{}"“”„#*!?,.;]+|^\W+/gu, " ");
  const { a, b } = PAIR.exec(bare.replace(/\s+/gu, " ").trim())?.groups ?? {};
  if (!a || !b || !isName(a) || !isName(b) || folded(a) === folded(b)) return null;
  return [a.trim(), b.trim()];
}

function nameIn(title: string): string | null {
  const named = WITH.exec(title)?.groups?.["name"];
  if (named && isName(named)) return named;
  const rest = title.replace(BESIDE_NAMES, " ");
  const words = [...rest.matchAll(WORD)].map(([word]) => word).filter((word) => !/^\d+$/u.test(word));
  const isCalled = words.length > 0 && words.length <= 2 && words.every((word) => /^\p{Lu}/u.test(word) && isName(word));
  return isCalled ? words.join(" ") : null;
}

export function readTitle(title: string): TitleSigns {
  const text = folded(title);
  const oneToOne = firstMatch(ONE_TO_ONE, text);
  const talk = firstMatch(TALK, text);
  const pair = pairIn(title);
  return {
    oneToOne,
    talk,
    otherwise: OTHERWISE.filter(([pattern]) => pattern.test(text)).map(([, why]) => why),
    pair,
    name: pair === null && (oneToOne ?? talk) !== null ? nameIn(title) : null,
  };
}
