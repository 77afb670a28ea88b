// FlexSearch with the encoder that folds letters which sound alike, prefixes of titles, and suggestions instead of nothing.
import { Charset, Document } from "flexsearch";

const encoder = Charset.LatinBalance;
const SETTINGS = {
  document: { id: "number", index: [{ field: "title", tokenize: "forward", encoder }, { field: "text", tokenize: "strict", encoder }] },
};

export async function build(articles) {
  const index = new Document(SETTINGS);
  articles.forEach(({ title, text }, number) => index.add({ number, title, text }));
  const parts = [];
  await index.export((name, part) => {
    if (part !== undefined) parts.push([name, part]);
  });
  return {
    "index.json": JSON.stringify(parts),
    "shown.json": JSON.stringify(articles.map(({ title, lead }) => [title, lead])),
  };
}

export const files = ["index.json", "shown.json"];
let [index, shown] = [];
export async function open(get) {
  const [parts, texts] = await Promise.all(files.map(async (name) => (await get(name)).json()));
  index = new Document(SETTINGS);
  for (const [name, part] of parts) await index.import(name, part);
  shown = texts;
}

export async function search(question, limit) {
  // Titles come before texts, and each article once.
  const numbers = new Set(index.search(question, { limit, suggest: true }).flatMap(({ result }) => result));
  return [...numbers].slice(0, limit).map((number) => ({ number, title: shown[number][0], lead: shown[number][1] }));
}
