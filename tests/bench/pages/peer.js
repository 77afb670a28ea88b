// A page that loads an engine at a click and shows what it finds: title and beginning of the first five.
import { now, seen, tasks, type } from "./common.js";

const parameters = new URLSearchParams(location.search);
const base = new URL(parameters.get("base"), location.href).href;
const [panel, box, list, launcher] = ["panel", "box", "list", "launcher"].map((id) => document.getElementById(id));
const SHOWN = 5;

let engine;
let loading;
/** Begun by the click: the engine's code and its files at the same time. */
function load() {
  const begun = new Map();
  const get = (name) => {
    if (!begun.has(name)) begun.set(name, fetch(new URL(name, base)));
    return begun.get(name);
  };
  parameters.get("files").split(",").filter(Boolean).forEach(get);
  return import(new URL(parameters.get("module"), base).href).then(async (module) => {
    await module.open(get, base);
    engine = module;
  });
}

launcher.addEventListener("click", () => {
  panel.hidden = false;
  loading ??= load();
});

function row({ title, lead }) {
  const item = document.createElement("li");
  const head = document.createElement("strong");
  head.textContent = title;
  item.append(head, " ", lead);
  return item;
}

/** Asks, shows, and tells when the first and when all of it was seen. */
async function answer(question) {
  await loading;
  let first;
  const hits = await engine.search(question, SHOWN, (hit) => {
    if (first) return;
    list.replaceChildren(row(hit));
    first = seen(list);
  });
  list.replaceChildren(...hits.map(row));
  const all = await seen(list);
  return { first: (await first) ?? all, all, shown: hits.length };
}

globalThis.bench = {
  tasks,
  /** A click with the question at hand. */
  async cold(question) {
    const start = now();
    launcher.click();
    box.value = question;
    return { start, ...(await answer(question)) };
  },
  /** A click, a question typed, and Enter: the clock starts at Enter. */
  async typed(question, milliseconds) {
    launcher.click();
    let words = 0;
    await type(question, milliseconds, (text) => {
      box.value = text;
      const count = text.split(" ").length;
      if (count > words && engine?.typed) engine.typed(text.split(" ").slice(0, count - 1).join(" "));
      words = count;
    });
    const start = now();
    return { start, ...(await answer(question)) };
  },
  /** One question after the other, without showing: milliseconds, and the articles' numbers. */
  async ask(question, limit) {
    await loading;
    const start = performance.now();
    const hits = await engine.search(question, limit);
    return { milliseconds: performance.now() - start, hits: hits.map(({ number }) => number) };
  },
};
