// Which words of a mail somebody did not write or choose. What the program itself says in a mail is listed here as it stands in the mail,
// so that a new sentence in a template fails the journeys until somebody has decided that it belongs there.

/** Everything that the agenda mail says by itself: greeting, headings, labels, dates, numbers of blocks and minutes. */
const AGENDA_FRAME = `
Hi, Here is what I would like to talk about in our next 1:1.
What I need from this talk. A win. A challenge. Options. I lean towards. The decision I need.
Still open between us. On my side. On your side. Open question. by, no date agreed, from last time, min.
A question about my growth. The last ten minutes: growth. Project. Skill.
I would like to keep these for where I want to go next. Status, in writing only. See you then,
from you. If there is something to add, a short reply is enough, or a word on this page.
`;

/** The closed classes: words that join and point, and say nothing by themselves. */
const GRAMMAR = `
a an the this that these those i me my mine we us our you your he him his she her it its they them their who which what whose
and or but so because than then as if when while where how why not no
of to in on at by for from with without into onto over under between about after before until since through
is am are was were be been being do does did has have had can could will would may might shall should must
there here now one
`;

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];

/** The words of an agenda mail, in their order, that are neither in `spoken` (all that was typed, chosen or is a name) nor the mail's own. */
export function wordsOfNobody(mail: string, spoken: readonly string[]): string[] {
  const known = new Set([...wordsOf(AGENDA_FRAME), ...wordsOf(GRAMMAR), ...spoken.flatMap(wordsOf)]);
  // The program numbers the blocks and gives them minutes; a figure anywhere else has to be somebody's.
  const text = mail.replaceAll(/^\d+\. /gmu, "").replaceAll(/\((?:from last time, )?\d+ min\)$/gmu, "");
  return wordsOf(text).filter((word) => !known.has(word));
}
