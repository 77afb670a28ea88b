// Porchlight beside other search engines of browsers, in one run: `cargo xtask bench peers` calls this.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { layOut } from "./articles.js";
import { start } from "./browser.js";
import { build } from "./build.js";
import { cold } from "./cold.js";
import { CORPORA } from "./corpora.js";
import { PACKAGES, load } from "./engines.js";
import { LINKS } from "./links.js";
import { ask } from "./questions.js";
import { report, replace } from "./report.js";
import { serve } from "./server.js";
import { typed } from "./typed.js";
import { view } from "./view.js";
import { warm } from "./warm.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: given } = parseArgs({
  options: {
    data: { type: "string" }, dist: { type: "string" }, indexer: { type: "string" }, chromium: { type: "string" }, out: { type: "string" },
    part: { type: "string", multiple: true }, revision: { type: "string" }, corpus: { type: "string", multiple: true }, engine: { type: "string", multiple: true },
    quick: { type: "boolean" }, reuse: { type: "boolean" }, note: { type: "string" }, into: { type: "string" }, report: { type: "boolean" },
  },
});
const file = path.join(given.out, "results.jsonl");

const wants = (part) => !given.part || given.part.includes(part);

/** How often, by how slow a corpus is: a whole index of 9,600 articles takes half a minute over Slow 4G. */
function plan(corpus) {
  if (given.quick) return { links: ["slow4g"], cold: 1, typed: 1, questions: 40, rounds: 2 };
  if (corpus.large) return { links: Object.keys(LINKS), cold: 1, typed: 3, questions: 200, rounds: 2 };
  return { links: Object.keys(LINKS), cold: 3, typed: 10, questions: 200, rounds: 3 };
}

async function main() {
  const names = given.corpus ?? (given.quick ? ["cpp-100"] : Object.keys(CORPORA));
  const unknown = names.filter((name) => !CORPORA[name]);
  if (unknown.length) throw new Error(`there is no corpus ${unknown}; there are ${Object.keys(CORPORA).join(", ")}`);
  const engines = await load();
  for (const name of Object.keys(engines)) if (given.engine && !given.engine.includes(name)) delete engines[name];
  fs.mkdirSync(given.out, { recursive: true });
  // A copy: whoever builds the widget meanwhile does not change what is measured.
  const dist = path.join(given.out, "widget");
  fs.rmSync(dist, { recursive: true, force: true });
  fs.cpSync(given.dist, dist, { recursive: true, dereference: true });
  const server = await serve({ "/pages/": path.join(here, "pages"), "/built/": path.join(given.out, "built"), "/view/": path.join(given.out, "view"), "/porchlight/": dist });
  const browser = await start(given.chromium, server.key);
  fs.writeFileSync(file, "");
  const emit = (line) => fs.appendFileSync(file, `${JSON.stringify(line)}\n`);
  emit(machine(browser));
  try {
    if (wants("view")) {
      tell("page views without a click");
      await view({ browser, server, pages: hosts(server, names[0]), runs: given.quick ? 2 : 20, emit });
    }
    for (const name of names) await corpus(name, { engines, browser, server, emit: (line) => emit({ corpus: name, ...line }) });
  } finally {
    await browser.close();
    server.close();
  }
}

async function corpus(name, { engines, browser, server, emit }) {
  const [made, built] = ["corpora", "built"].map((folder) => path.join(given.out, folder, name));
  const articles = layOut(given.data, CORPORA[name], made);
  const counts = plan(CORPORA[name]);
  const questions = ask(articles, name, counts.questions);
  fs.writeFileSync(path.join(made, "questions.json"), JSON.stringify(questions, null, 1));
  tell(`${name}: ${articles.length} articles, ${questions.length} questions`);
  emit({ what: "corpus", articles: articles.length, characters: articles.reduce((sum, { text }) => sum + text.length, 0), questions: questions.length });

  for (const [engine, adapter] of Object.entries(engines)) {
    if (adapter.of) continue;
    const [out, kept] = [path.join(built, engine), path.join(built, `${engine}.json`)];
    let line = given.reuse && fs.existsSync(kept) && JSON.parse(fs.readFileSync(kept, "utf8"));
    if (!line) {
      tell(`${name}: building ${engine}`);
      line = await build(engine, adapter, { corpus: made, out, articles: articles.length, indexer: given.indexer, dist: given.dist });
      fs.writeFileSync(kept, JSON.stringify(line));
    }
    emit(line);
  }

  const addresses = Object.fromEntries(Object.entries(engines).map(([engine, adapter]) => [engine, server.origin + pageOf(name, engine, adapter)]));
  const slugs = new Map(articles.map(({ slug }, number) => [slug, number]));
  const numberOf = (called) => (typeof called === "string" ? slugs.get(called) : called);
  const shared = { browser, server, addresses, emit };
  if (wants("warm")) {
    tell(`${name}: all questions, warm`);
    await warm({ ...shared, questions, rounds: counts.rounds, numberOf });
  }
  if (wants("cold")) {
    tell(`${name}: cold`);
    await cold({ ...shared, questions: questions.filter(({ kind }) => kind === "title").slice(0, counts.cold), links: counts.links });
  }
  if (wants("typed")) {
    tell(`${name}: typed`);
    await typed({ ...shared, questions: questions.filter(({ kind }) => kind !== "typo").slice(0, counts.typed) });
  }
}

/** The page on which an engine is used. */
function pageOf(name, engine, { widget, of, files }) {
  if (widget) return `/pages/porchlight.html?kb=/built/${name}/${engine}/kb/`;
  return `/pages/peer.html?base=/built/${name}/${of ?? engine}/&module=${engine}.engine.js&files=${files.join(",")}`;
}

/** A plain page, and the same with the widget, as its documentation says to put it there. */
function hosts(server, name) {
  const plain = fs.readFileSync(path.join(here, "pages", "host.html"), "utf8");
  const script = `<script type="module" src="/porchlight/loader.js" data-kb="/built/${name}/porchlight/kb/"></script>`;
  fs.mkdirSync(path.join(given.out, "view"), { recursive: true });
  fs.writeFileSync(path.join(given.out, "view", "without.html"), plain);
  fs.writeFileSync(path.join(given.out, "view", "with.html"), plain.replace("<!-- widget -->", script));
  return { without: `${server.origin}/view/without.html`, with: `${server.origin}/view/with.html` };
}

function machine(browser) {
  const version = (name) => JSON.parse(fs.readFileSync(path.join(here, "node_modules", name, "package.json"), "utf8")).version;
  const versions = Object.fromEntries(Object.entries(PACKAGES).map(([engine, name]) => [engine, version(name)]));
  return {
    what: "run", date: new Date().toISOString().slice(0, 10), revision: given.revision, versions, chromium: browser.version, node: process.version,
    processors: os.cpus().length, load: os.loadavg()[0], quick: Boolean(given.quick), note: given.note,
  };
}

const begun = Date.now();
const tell = (what) => console.error(`[${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s] ${what}`);

if (!given.report) await main();
const tables = report(fs.readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)));
fs.writeFileSync(path.join(given.out, "report.md"), tables);
console.log(tables);
if (given.into) replace(given.into, tables);
tell("done");
process.exit(0);
