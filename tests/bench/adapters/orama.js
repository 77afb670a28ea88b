// Orama with English stems and one letter wrong; the saved index is rid of the texts, which are not shown.
import { create, insertMultiple, load, save, search as find } from "@orama/orama";

const empty = () =>
  create({
    schema: { number: "number", title: "string", text: "string", lead: "string" },
    components: { tokenizer: { language: "english", stemming: true } },
  });
const SEARCH = { properties: ["title", "text"], boost: { title: 4 }, tolerance: 1, threshold: 1 };

export async function build(articles) {
  const index = empty();
  await insertMultiple(index, articles.map(({ title, text }, number) => ({ number, title, text })), 500);
  const saved = save(index);
  for (const kept of Object.values(saved.docs.docs)) {
    delete kept.text;
    kept.lead = articles[kept.number].lead;
  }
  return { "index.json": JSON.stringify(saved) };
}

export const files = ["index.json"];
let index;
export async function open(get) {
  index = empty();
  load(index, await (await get("index.json")).json());
}

export async function search(question, limit) {
  const { hits } = await find(index, { term: question, limit, ...SEARCH });
  return hits.map(({ document: { number, title, lead } }) => ({ number, title, lead }));
}
