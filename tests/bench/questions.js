// Questions made from the articles alone, before any engine has seen them. Four kinds, the same for all engines.
import { generator, one, shuffled } from "./random.js";

/** In the order in which tables show them. */
export const KINDS = ["title", "paraphrase", "heading", "typo"];

const FRAMES = [
  "how do I use …", "what does … mean", "where do I find …", "I have a question about …", "can somebody explain … to me",
  "is there anything about …", "… is not working", "…",
];

/** Words that carry no subject. */
const SMALL = new Set(
  ("a about all also an and any are as at be been but by can could do does for from get had has have how i if in into is it its may me "
    + "more my no not of on or our should so some such than that the their them then there these they this those to up us was we were "
    + "what when where which who why will with would you your").split(" "),
);

/** What somebody may say instead. */
const INSTEAD = new Map(Object.entries({
  account: "profile", add: "insert", allocate: "reserve", array: "list", build: "compile", call: "invoke", change: "modify", class: "type",
  configure: "set up", convert: "turn", create: "make", custom: "own", data: "information", define: "declare", delete: "remove",
  description: "explanation", disable: "switch off", display: "show", enable: "switch on", error: "mistake", example: "sample",
  file: "document", find: "look up", folder: "directory", function: "routine", handle: "deal with", install: "set up",
  list: "overview", manage: "look after", member: "field", method: "function", move: "shift", option: "setting", options: "settings",
  parameter: "argument", post: "message", project: "program", read: "load", remove: "delete", run: "execute", search: "find",
  send: "submit", server: "machine", set: "assign", settings: "preferences", start: "begin", stop: "end", string: "text",
  update: "renew", use: "employ", user: "person", using: "with", warning: "notice", window: "frame", write: "save",
}));

/** Headings that stand in every other article of a reference and ask for none. */
const COMMON_HEADING = /^(see also|remarks|syntax|example|requirements|parameters|return|notes?|related|members|result|request|response|version|in this section|reference)/i;

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}_#+][\p{L}\p{N}_#+.'-]*[\p{L}\p{N}_#+]|[\p{L}\p{N}]/gu) ?? [];
const weighty = (text) => wordsOf(text).filter((word) => !SMALL.has(word));
const framed = (random, words) => one(random, FRAMES).replace("…", words.join(" "));

/** One slip of a finger inside a word: a letter left out, doubled, changed with its neighbour, or another one. */
function slip(random, word) {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, next, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
  const slips = [before + next + after, before + letter + letter + next + after, before + one(random, "aeiorstn") + next + after];
  if (letter !== next) slips.push(before + next + letter + after);
  const wrong = one(random, slips);
  return wrong === word ? before + next + after : wrong;
}

const makers = {
  title: (random, article) => framed(random, wordsOf(article.title)),

  // The title's words in another order, some said otherwise, one left out where three remain, and a word of the text.
  paraphrase(random, article) {
    let words = shuffled(random, weighty(article.title));
    if (words.length > 2) words = words.slice(1);
    const told = new Set(words);
    const text = weighty(article.text.slice(0, 800)).filter((word) => /^\p{L}{6,}$/u.test(word) && !told.has(word));
    if (!text.length) return undefined;
    return framed(random, [...words.map((word) => INSTEAD.get(word) ?? word), one(random, text)]);
  },

  heading(random, article) {
    const headings = article.headings.filter((heading) => {
      const count = weighty(heading).length;
      return count >= 2 && count <= 8 && !COMMON_HEADING.test(heading);
    });
    return headings.length ? framed(random, [...wordsOf(one(random, headings)), one(random, weighty(article.title))]) : undefined;
  },

  typo(random, article) {
    const words = wordsOf(article.title);
    const longest = words.filter((word) => /^\p{L}{5,}$/u.test(word)).sort((a, b) => b.length - a.length)[0];
    return longest && framed(random, words.map((word) => (word === longest ? slip(random, word) : word)));
  },
};

/**
 * Questions, as many of each kind, the kinds in turn. `right` numbers the articles that answer: the one that the question is
 * made from, and those of the same title, which nobody could tell apart from the question.
 */
export function ask(articles, name, count) {
  const random = generator(`questions of ${name}`);
  const titles = new Map();
  articles.forEach(({ title }, number) => titles.set(title.toLowerCase(), [...(titles.get(title.toLowerCase()) ?? []), number]));
  const usable = articles.filter(({ title }) => [1, 2, 3, 4, 5, 6, 7, 8].includes(weighty(title).length));
  const queues = KINDS.map(() => shuffled(random, usable));
  const questions = [];
  for (let turn = 0; questions.length < count && queues.some((queue) => queue.length); turn += 1) {
    const [kind, queue] = [KINDS[turn % KINDS.length], queues[turn % KINDS.length]];
    for (let article = queue.pop(); article; article = queue.pop()) {
      const text = makers[kind](random, article);
      if (!text) continue;
      questions.push({ text, kind, right: titles.get(article.title.toLowerCase()) });
      break;
    }
  }
  return questions;
}
