// Lunr with its usual pipeline; words of more than four letters are also looked for with one letter wrong.
import lunr from "lunr";

export function build(articles) {
  const index = lunr((builder) => {
    builder.ref("number");
    builder.field("title", { boost: 4 });
    builder.field("text");
    articles.forEach(({ title, text }, number) => builder.add({ number, title, text }));
  });
  return {
    "index.json": JSON.stringify(index),
    "shown.json": JSON.stringify(articles.map(({ title, lead }) => [title, lead])),
  };
}

export const files = ["index.json", "shown.json"];
let [index, shown] = [];
export async function open(get) {
  const [saved, texts] = await Promise.all(files.map(async (name) => (await get(name)).json()));
  [index, shown] = [lunr.Index.load(saved), texts];
}

export async function search(question, limit) {
  const found = index.query((query) => {
    for (const token of lunr.tokenizer(question)) {
      query.term(token.toString(), { boost: 10 });
      if (token.toString().length > 4) query.term(token.toString(), { editDistance: 1, usePipeline: false });
    }
  });
  return found.slice(0, limit).map(({ ref }) => ({ number: Number(ref), title: shown[ref][0], lead: shown[ref][1] }));
}
