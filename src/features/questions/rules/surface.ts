import type { Category } from "../schema.ts";

/** A question that can only be answered with a verdict or a shrug, and where better ones are found. */
export interface Surface {
  readonly surface: string;
  readonly instead: readonly Category[];
}

const FEEDBACK: Surface = { surface: "Any feedback for me?", instead: ["feedback", "expectations"] };
const DOING: Surface = { surface: "How am I doing?", instead: ["expectations", "feedback"] };
const WORK_ON: Surface = { surface: "Is there anything I should be working on?", instead: ["priorities", "team_gaps", "skills"] };
const NEW: Surface = { surface: "Anything new?", instead: ["priorities", "team_gaps", "change"] };
const PROMOTED: Surface = { surface: "When will I be promoted?", instead: ["promotion", "expectations"] };
const MORE: Surface = { surface: "Can I get more responsibility?", instead: ["stretch", "team_gaps"] };

export const surfaces: readonly Surface[] = [FEEDBACK, DOING, WORK_ON, NEW, PROMOTED, MORE];

// Said before or after what is asked without making it more exact. Taken out first, so that the patterns see the bare question.
const FILLERS = [
  /^(?:hi|hey|hello|dear|so|well|ok|okay|and|but|also|just|by the way|finally|one more thing|quick question)\b[ ,]*/u,
  /\b(?:please|thanks|thank you|honestly|frankly|actually|really|just|basically|overall|generally|in general|all in all)\b/u,
  /\b(?:so far|lately|recently|currently|now|right now|at the moment|at present|these days|today|this (?:week|month|quarter|year)|next|in (?:the )?future|soon|already|yet|again|here|at all)\b/u,
  /\b(?:in your (?:opinion|view|eyes)|from your (?:side|point of view|perspective)|according to you|i was wondering|i wonder|i wanted to ask|i want to know|i would like to know|can you tell me|could you tell me|would you say|do you know|for you to say)\b/u,
];

const OK =
  "(?:ok|okay|well|fine|alright|all right|good|great|enough|(?:a )?good (?:enough )?job|good enough|right|correctly|as (?:you )?expected|what you expect(?:ed)?|what is expected)";
const MY_WORK = "(?:me|my (?:work|job|performance|results|progress|output)|how i (?:am doing|work|do)|what i do)";
const NOTES = "(?:feedback|comments?|thoughts|advice|pointers|tips|input|suggestions|remarks|criticism|ideas)";
const IMPROVE =
  "(?:work(?:ing)? on|improv(?:e|ing)(?: on| at)?|focus(?:ing)? on|do(?:ing)? (?:better|differently|more|next|else)|get(?:ting)? better(?: at| in)?|be(?:come)? better(?: at)?|chang(?:e|ing)|develop(?:ing)?|do(?:ing)?|concentrat(?:e|ing) on)";
const FROM_ME =
  "(?:you (?:want|need|expect|wish|would like) me to|should|can|could|must|shall|do|would|need to|have to|might|ought to)";

const PATTERNS: readonly (readonly [Surface, readonly RegExp[]])[] = [
  [
    DOING,
    [
      /^how (?:am|was|have|did|do|are) (?:i|we|things|my things)(?: been)? (?:doing|going|getting on|getting along|perform(?:ing|ed)?|coming along|faring|do|work(?:ing)?|look(?:ing)?)(?: with (?:me|you))?(?: (?:at work|in (?:my|this|the) (?:job|role|team|position|work)))?$/u,
      new RegExp(`^(?:am|was|have|do|did) i(?: been)? (?:doing|do|performing|perform|working|work) ${OK}$`, "u"),
      new RegExp(
        `^(?:is|are|was) (?:everything|things|all|it|${MY_WORK})(?: going)? ${OK}(?: with (?:me|my work|my performance|you))?$`,
        "u",
      ),
      new RegExp(`^are you (?:happy|satisfied|pleased|content|ok|okay|fine) with ${MY_WORK}$`, "u"),
      new RegExp(
        `^(?:what do you think|what is your (?:opinion|view|impression)|how do you feel) (?:of|about|on) ${MY_WORK}$`,
        "u",
      ),
      new RegExp(`^how (?:do|would) you (?:rate|see|judge|find|assess) ${MY_WORK}$`, "u"),
      /^how is my (?:work|job|performance|progress)(?: going| looking)?$/u,
      /^(?:am i|are we) (?:on (?:the right )?track|good|good enough|ok|okay|fine|doing my job|a good (?:employee|engineer|colleague|fit))$/u,
      /^(?:am i meeting|do i meet|have i met)(?: all)?(?: of)?(?: your| the| my)? expectations$/u,
    ],
  ],
  [
    FEEDBACK,
    [
      new RegExp(
        `^(?:(?:do|did|would) you have |have you(?: got)? |is there |are there |got |(?:can|could|may|would) (?:i|you)(?: please)?(?: get| have| give me| share| offer me)? |give me |i would (?:like|love|appreciate)(?: to (?:get|have|hear))? |what is |what )?(?:any|some|more|your|a (?:bit|little) of|the)? ?(?:other |general |honest |more )?${NOTES}(?: do you have)?(?: (?:for|to|on|about) ${MY_WORK})?(?: (?:from|by) you)?$`,
        "u",
      ),
      /^(?:is there )?anything (?:else )?(?:you (?:want|would like|need|wish) to (?:tell|say to|give|share with) me|you would like to say|to (?:tell|say to) me|for me)$/u,
    ],
  ],
  [
    WORK_ON,
    [
      new RegExp(
        `^(?:is there |are there )?(?:anything|something|what|what else|where|which (?:things|areas|skills|skill|topics))(?: else)?(?: (?:is there|that|which|specific|in particular))? ?(?:i |me )?${FROM_ME} (?:i |you |we )?(?:(?:want|like|need|expect|have) )?(?:me )?(?:to )?(?:be )?(?:still )?${IMPROVE}$`,
        "u",
      ),
      new RegExp(`^(?:how|in what way) (?:can|could|should|do|might) i ${IMPROVE}(?: (?:myself|my work|my performance))?$`, "u"),
      /^what (?:are|is|would be) (?:my|some of my) (?:weaknesses|weakness|weak points?|weak spots?|areas? (?:for|of|to) (?:improvement|improve|growth)|development areas?|shortcomings)$/u,
      /^what (?:should|can|could|do|must|shall) (?:i|my) (?:do|goals? be|priorities be|focus be)$/u,
    ],
  ],
  [
    NEW,
    [
      /^(?:is there |are there |do you have |have you (?:got )?)?(?:anything|something|what is|whats|what|any)(?: else)? (?:new|news|going on|up|happening|changed|exciting)(?: (?:with|from|for) (?:you|us|me)| in the (?:team|company|department)| on your (?:side|end)| upstairs)?$/u,
      /^(?:is there |are there |do you have )?(?:any|some) (?:news|updates?|announcements?)(?: (?:for me|from you|from your side|for us|from above))?$/u,
      /^(?:is there )?anything (?:else )?(?:i|we) (?:should|need to|have to|must|ought to) (?:know|be aware of|hear)(?: about)?$/u,
      /^how (?:is it going|are things|are you|is everything|is life)$/u,
    ],
  ],
  [
    PROMOTED,
    [
      /^(?:when|will|can|could|am|do|would|should|might|may|is|are|what about|how (?:do|can|could|long|soon|about))\b(?:(?! (?:what|who|which|whose|criteria|condition|evidence|example|case|seen?|decide[sd]?|decision) ?).)*\b(?:promot(?:ed|ion|e)|(?:pay |salary )?raise|pay rise|salary increase|more (?:money|pay|salary)|(?:the )?next level|senior title)(?: (?:me|possible|coming|on the table|realistic|soon|planned|due))*$/u,
      /^(?:i want|i would like|i think i deserve|i deserve|give me) (?:to be |to get |a |an |my )*(?:promot(?:ed|ion)|(?:pay |salary )?raise|pay rise|more (?:money|pay|salary))$/u,
    ],
  ],
  [
    MORE,
    [
      /^(?:(?:can|could|may|might|would|will|when can|when will|how can|how do) (?:i|you)|i (?:want|would like|need|am ready for|could take)|give me|is there|let me)\b(?: (?:please|have|get|take(?: on| over)?|be given|give me|let me|to|handle|ask for|any|some|a|own))* (?:more|bigger|greater|additional|extra|larger|harder|new) (?:responsibilit(?:y|ies)|ownership|scope|challenges?|interesting (?:work|tasks|projects)|important (?:work|tasks|projects)|tasks|projects?|work|duties|things)(?: (?:to do|for me|to take on))?$/u,
    ],
  ],
];

const LONGEST_SURFACE_WORDS = 14;
const MOST_WORDS_BESIDE = 4;

function bare(sentence: string): string {
  let words = sentence
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/\b(what|how|where|when|it|that|there|everything|who)'s\b/gu, "$1 is")
    .replace(/\bi'm\b/gu, "i am")
    .replace(/\bi'd\b/gu, "i would")
    .replace(/\bi've\b/gu, "i have")
    .replace(/\b(you|we|they)'re\b/gu, "$1 are")
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  for (let before = ""; before !== words;) {
    before = words;
    for (const filler of FILLERS) words = words.replace(filler, " ").replace(/\s+/gu, " ").trim();
  }
  // "... if I am doing well", "... how I am doing": asked in a roundabout way.
  return words
    .replace(/^(?:if|whether) i (am|was|do|did|have|can|could|will|would|should)\b/u, "$1 i")
    .replace(/^(how|when|what|where) i (am|was|do|have|can|could|will|would|should)\b/u, "$1 $2 i");
}

const countOf = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function surfaceOfSentence(sentence: string): Surface | undefined {
  const words = bare(sentence);
  if (words === "" || countOf(words) > LONGEST_SURFACE_WORDS) return undefined;
  return PATTERNS.find(([, patterns]) => patterns.some((pattern) => pattern.test(words)))?.[0];
}

/**
 * The surface question that a text amounts to (S41), or nothing when it asks for something exact. A greeting or a word of
 * thanks beside it changes nothing; a sentence that gives it a subject does.
 */
export function surfaceOf(text: string): Surface | undefined {
  if (text.length > 400) return undefined;
  const sentences = text.split(/[.?!\n;]+/u).filter((one) => /[\p{L}\p{N}]/u.test(one));
  for (const [index, sentence] of sentences.entries()) {
    const found = surfaceOfSentence(sentence) ?? surfaceOfSentence(sentence.replace(/^[^,:]{1,20}[,:]\s*/u, ""));
    const beside = sentences.filter((one, other) => other !== index && !surfaceOfSentence(one));
    if (found && countOf(beside.join(" ")) <= MOST_WORDS_BESIDE) return found;
  }
  return undefined;
}
