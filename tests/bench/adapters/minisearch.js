// MiniSearch as VitePress sets it up, which is where most readers meet it.
import MiniSearch from "minisearch";

const SETTINGS = { idField: "number", fields: ["title", "text"], storeFields: ["title", "lead"] };
const SEARCH = { fuzzy: 0.2, prefix: true, boost: { title: 4 } };

export function build(articles) {
  const index = new MiniSearch(SETTINGS);
  index.addAll(articles.map(({ title, text, lead }, number) => ({ number, title, text, lead })));
  return { "index.json": JSON.stringify(index) };
}

export const files = ["index.json"];
let index;
export async function open(get) {
  index = MiniSearch.loadJSON(await (await get("index.json")).text(), SETTINGS);
}

export const search = async (question, limit) => index.search(question, SEARCH).slice(0, limit).map(({ id, title, lead }) => ({ number: id, title, lead }));
