// Pagefind asked without the words that questions are made of: it looks for articles that have every word, so that whole
// questions find little. This is how a page that knows it would ask.
import { open, search as whole, typed as wholeTyped, files } from "./pagefind.js";

/** The same files: it is built once. */
export const of = "pagefind";

const SMALL = new Set(
  ("a about an and any anything are as at be by can could do does explain find for from get have help how i if in is it me mean my need "
    + "not of on or question somebody that the there this to us use was we what when where which who why will with work working you your").split(" "),
);
const stripped = (question) => {
  const kept = question.toLowerCase().split(/[\s?]+/).filter((word) => word && !SMALL.has(word));
  return kept.length ? kept.join(" ") : question;
};

export { files, open };
export const search = (question, limit, shown) => whole(stripped(question), limit, shown);
export const typed = (words) => wholeTyped(stripped(words));
