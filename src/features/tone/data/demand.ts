import type { CueGroup } from "../schema.ts";

/** Bare demands: an ask with neither a reason nor a way out. A soft hint. */
export const demand: readonly CueGroup[] = [
  {
    rule: "demand",
    why: "An ask is easier to grant with its reason and a way to say no.",
    question: false,
    find: [
      "/ ?just|now|so|and|then give|get|grant|pay|buy|hand|bring|find|assign me|us @any",
      "/ ?just|now|so put|take|move|grant|book|keep|make|leave me|us|my @any",
      "^ ?just|now|so|and|then send|forward|show|tell|answer|call me|us|my @any",
      "^ ?just|now|so|and|then approve|sign|fix|change|reply|respond|decide|remove|fire|hire|replace|cancel|stop|raise|increase|promote|explain|do|finish|deliver|make|move|answer my|this|that|it|these|the|yourself|me|sure|him|her|them|us|to",
      "i|we ?@push|hereby want|require ?@push ?an|a|my|the|more|your|higher|better|bigger|this|that ?@push|@any ?@push raise|promotion|answer|answers|explanation|apology|decision|money|pay|salary|title|bonus|budget|done|fixed|approval|role|credit|changed|office|increase",
      "i|we want to be ?@push promoted|paid|team|lead|head|senior",
      "i|we ?@push need|want|require|expect you|him|her|them|management ?@push to @any",
      "i|we ?@push want|demand|require it|this|that|them|everything|results|answers|action|change|changes|proof|names ..6 $",
      "i|we ?@push need ?you|it|this|that|your|an|a|the|my ..4 by|before|until|till|on|this ..2 @soonDay $",
      "i|we ?@push|simply|hereby want|need|require|expect|demand !you ..6 today|now|tonight|immediately|tomorrow ?@any $",
      "i|we ?@push|simply|hereby want|need|require|demand @det ..5 done|fixed|confirmed|approved|signed|resolved|sorted|settled|changed|corrected|back|paid|removed|answered|in ?out ?writing|now|today|tomorrow|week|by ..2 $",
      "i|we ?@push|simply|hereby want|require|expect|demand ?@push @det ?@any ?@any @due !from|for|to|on|about|in ?now|today|too|finally $",
      "i|we ?@push|simply|hereby want|require|demand|expect ?@push @det ?@any @due ..1 this|next|now|today|by|at ..3 $",
      "^ i|we ?@push|simply|hereby require|demand !to|that|two|three|both ?@det ?@any @any $",
    ],
    unless: [
      "please|could|would|can|kindly|possible|if|because|since|so|therefore|whenever|thanks|thank|otherwise|help|grateful|appreciate|ideally|might|may|suggest|happy|maybe|perhaps",
      "to|before ?we|i @verbish",
      "as i|we|the",
      "expect ..3 from the|our|my|a !management|company",
      "says the|my|our|a",
      "now|today|tomorrow is|are",
      "want to talk|learn|know|hear|ask|discuss|understand|become|get better|share|thank|be|work|do|bring|show|give|make|take|use|see|find",
      "do|does|did|explain|show|what|how|why|which|you ..2 to ..2 $",
      "make sure to ..2 take|rest|enjoy",
      "me|us know",
      "send ..3 regards|greetings|love|wishes",
      "decide between|together|on|which|whether|if",
      "stop the|this ..4 test|rollout|server|trial|line",
      "^ fix|change|move|remove|cancel|stop|replace|deliver|finish|send|show|raise|increase|approve|decide|answer|explain the !@push ..9 or|and|first|then|before|after|instead|: ..2 @any",
      "/ i|we ?will|have|am|did|could|would ..12 / ?@any give|get|send|fix|finish",
    ],
    instead: {
      about: "Could I have {rest}? It would help me to …; if it is not possible, what would be?",
      plain: "I would like to ask for …, because … If that is not possible, what would be?",
    },
  },
];
