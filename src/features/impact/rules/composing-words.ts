import type { Dimension } from "../schema.ts";

/**
 * Every word that a composed text may hold beside the person's own. There are few on purpose: a "so" or a "because" between two
 * sentences would claim a connection that nobody claimed, so sentences are only set one after the other.
 */

/** Set before an answer that only names somebody: "the ward" becomes "for the ward". The question asked whom it is for. */
export const FOR_WHOM = "for";
export const connectingWords: readonly string[] = [FOR_WHOM];

/** What is missing, as it stands in a draft until somebody says it. */
export const gapTexts: Readonly<Record<Dimension, string>> = {
  action: "[what did you do?]",
  outcome: "[what changed?]",
  beneficiary: "[who uses it?]",
  evidence: "[how does one know?]",
  comparison: "[compared with what?]",
  extension: "[what lasts?]",
};

/** Beside a figure that nobody has said the source of. */
export const SOURCE_MARK = "(source?)";
export const SOURCE_GAP = "[source?]";
export const DATE_GAP = "[date?]";

/** What the six dimensions are called beside the words that belong to them: on the card and on the coach's page. */
export const dimensionLabels: Readonly<Record<Dimension, string>> = {
  action: "What was done",
  outcome: "What changed",
  beneficiary: "Who uses it",
  evidence: "How one can tell",
  comparison: "Compared with",
  extension: "What lasts",
};

export const SOURCE_LABEL = "Source";
export const DATE_LABEL = "Date";

/** Answers that begin so go on with the sentence before them. The value: how they begin when they come first, or null when they cannot. */
export const goingOn: Readonly<Record<string, string | null>> = {
  "so that ": "",
  "and so ": "",
  "so ": "",
  "and ": "",
  "which ": null,
  "who ": null,
  "because ": null,
  "instead of ": null,
  "rather than ": null,
  "for ": null,
  "to ": null,
};

/** Those that hardly ever begin a whole sentence: they go on even where a phone has made the first letter a capital. */
export const alwaysGoingOn: ReadonlySet<string> = new Set(["so that ", "and so ", "so ", "and ", "which ", "who ", "because "]);

/** A sentence that begins so points back at one before it. */
export const pointingBack: ReadonlySet<string> = new Set(
  "it its it's this that that's these those they they're their he she his her hers him them here there then".split(" "),
);

/** Past forms that do not end in -ed; after "I" they can stand without it: "I built it" and "Built it" say the same. */
export const irregularPasts: ReadonlySet<string> = new Set(
  "began bought brought broke built came caught chose cut did drew dropped drove felt fought found gave got grew had held kept knew laid led left let lost made met paid put ran read rebuilt redid reran reset rewrote rose said saw sent set shot shut sold spent split spoke spread stood stuck swept taught thought threw told took went withdrew won wrote understood undid".split(
    " ",
  ),
);

/** What may stand between "I" and its verb. */
export const betweenSubjectAndVerb: ReadonlySet<string> = new Set("also then first later again personally already".split(" "));

/** A phrase that begins so is written with a small letter when it stands behind something. */
export const determiners: ReadonlySet<string> = new Set("the a an our all every each both my their this these those".split(" "));

/** A number behind one of these is a name: "ward 4". */
export const numberedThings: ReadonlySet<string> = new Set(
  "ward room page unit level phase step line floor team version chapter class grade year gate store site route section item task issue ticket no nr number station bay lot block shift batch form building area zone group plant module release sprint week day".split(
    " ",
  ),
);
