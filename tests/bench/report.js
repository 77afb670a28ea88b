// The lines of a run become Markdown tables.
import fs from "node:fs";
import { LINKS } from "./links.js";
import { KINDS } from "./questions.js";

const [BEGIN, END] = ["<!-- peers: begin -->", "<!-- peers: end -->"];

const SHOWN = { open: "open link, 1x", fast4g: "Fast 4G, 4x", slow4g: "Slow 4G, 4x" };

const none = "–";
const size = (bytes) => (bytes == null ? none : bytes >= 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e3).toFixed(bytes < 1e4 ? 1 : 0)} kB`);
/** Three digits at most: more would be noise. */
function time(ms) {
  if (ms == null) return none;
  const size = Math.abs(ms);
  return size >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)} ms`;
}
const pair = ([first, five]) => (Number.isFinite(first) ? `${first.toFixed(3)} / ${five.toFixed(3)}` : none);
const megabytes = (bytes) => (bytes == null ? none : `${(bytes / 1e6).toFixed(1)} MB`);
const task = (ms) => (ms == null ? none : ms ? `${Math.round(ms)} ms` : "< 50 ms");

/** First and fifth; one where they are the same. */
function both(shown, first, fifth) {
  const [one, other] = [shown(first), shown(fifth)];
  return one === other ? one : `${one} / ${other}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at ? "--:" : "---"))), ...rows.map(line), ""].join("\n");
}

/** A run's first line in words. */
function about(run) {
  const versions = Object.entries(run.versions).map(([name, version]) => `${name} ${version}`).join(", ");
  const words = [
    `Measured on ${run.date}${run.revision ? ` at ${run.revision}` : ""}: ${versions}, Chromium ${run.chromium}, Node ${run.node.slice(1)}, `,
    `${run.processors} processors, load ${run.load.toFixed(1)} at the beginning${run.quick ? "; a quick run, which says little" : ""}.`,
    run.note ? ` ${run.note}` : "",
  ];
  return `${words.join("")}\n`;
}

function ofCorpus(name, lines) {
  const [corpus] = lines.filter(({ what }) => what === "corpus");
  const of = (what) => lines.filter((line) => line.what === what);
  const parts = [`### ${name}: ${corpus.articles.toLocaleString("en")} articles\n`];
  const built = of("build");
  if (built.length) {
    parts.push(table(
      ["engine", "articles a CPU second", "CPU s", "shipped, packed", "plain", "files"],
      built.map((line) => [line.engine, Math.round(line.articles / line.seconds).toLocaleString("en"), line.seconds.toFixed(2), size(line.packed), size(line.raw), line.files.toLocaleString("en")]),
    ));
  }
  const runs = of("cold");
  if (runs.length) {
    const links = [...new Set(runs.map(({ link }) => link))];
    const at = (engine, link) => runs.find((line) => line.engine === engine && line.link === link) ?? {};
    const last = links.at(-1);
    const row = (engine) => {
      const slow = at(engine, last);
      const mark = ["empty", "failed"].filter((key) => slow[key]).map((key) => ` (${key}: ${slow[key]} of ${slow.runs})`).join("");
      const slowed = links.filter((link) => LINKS[link].rate).map((link) => at(engine, link).longest);
      return [
        engine + mark, both(size, slow.bytesToFirst, slow.bytesToAll), size(slow.bytes), slow.requests ?? none,
        both((count) => count ?? none, slow.tripsToFirst, slow.tripsToAll), ...links.map((link) => both(time, at(engine, link).first, at(engine, link).all)),
        task(slowed.every((ms) => ms == null) ? null : Math.max(...slowed)),
      ];
    };
    parts.push(`Cold, from the click to the first answer and, where it comes later, to the fifth; median of ${at(runs[0].engine, last).runs}. Bytes and round trips as on ${SHOWN[last]}.\n`);
    parts.push(table(
      ["engine", "bytes to the answer", "with what comes behind it", "requests", "round trips", ...links.map((link) => SHOWN[link]), "longest task, 4x"],
      [...new Set(runs.map(({ engine }) => engine))].map(row),
    ));
  }
  const typed = of("typed");
  if (typed.length) {
    parts.push(`Sent after 3 s of typing, Slow 4G and 4x; ${typed[0].runs} questions.\n`);
    parts.push(table(
      ["engine", "sent to first answer: p50", "p95", "longest task", "empty"],
      typed.map((line) => [line.engine, time(line.p50), time(line.p95), task(line.longest), line.empty]),
    ));
  }
  const warm = of("warm");
  if (warm.length) {
    parts.push(table(
      ["engine", "warm p50", "p95", "p99", "first touch p50", "p99", "bytes a new question", "memory after the first answer", "after all"],
      warm.map((line) => [line.engine, time(line.p50), time(line.p95), time(line.p99), time(line.firstP50), time(line.firstP99), size(line.bytesEach), megabytes(line.memoryFirst), megabytes(line.memoryAll)]),
    ));
    parts.push(`Success@1 / @5 of ${corpus.questions} questions.\n`);
    parts.push(table(
      ["engine", "all", "without typos", ...KINDS, "nothing found", "asked"],
      warm.map((line) => [line.engine, pair(line.success), pair(line.withoutTypos), ...KINDS.map((kind) => pair(line.kinds[kind])), line.empty, line.questions]),
    ));
    const [ours] = warm.filter((line) => line.engine === "porchlight");
    if (ours) {
      const { answer = 0, choose = 0, hand_off: handOff = 0 } = ours.decisions;
      parts.push(`What porchlight's bubble makes of these: ${answer} answers, ${choose} choices, ${handOff} times the way to a person.\n`);
    }
  }
  return parts.join("\n");
}

/** How figures grow from 1,000 to 9,600 articles. */
function growth(lines) {
  const find = (corpus, engine, what, link) => lines.find((line) => line.corpus === corpus && line.engine === engine && line.what === what && (!link || line.link === link)) ?? {};
  const engines = [...new Set(lines.filter(({ corpus, engine }) => corpus === "cpp-9600" && engine).map(({ engine }) => engine))];
  if (!engines.length || !lines.some(({ corpus }) => corpus === "cpp-1000")) return "";
  const times = (engine, what, key, link) => {
    const [small, large] = ["cpp-1000", "cpp-9600"].map((corpus) => find(corpus, engine, what, link)[key]);
    return small && large ? `${(large / small).toFixed(1)}x` : none;
  };
  return `### Growth from cpp-1000 to cpp-9600\n\n${table(
    ["engine", "bytes to the first answer", "Slow 4G, cold", "warm p99", "memory after the first answer"],
    engines.map((engine) => [engine, times(engine, "cold", "bytesToFirst", "slow4g"), times(engine, "cold", "first", "slow4g"), times(engine, "warm", "p99"), times(engine, "warm", "memoryFirst")]),
  )}`;
}

function views(lines) {
  const seen = lines.filter(({ what }) => what === "view");
  if (!seen.length) return "";
  const spread = (line, key) => (line.quartiles ? ` (${line.quartiles[key].map((value) => Math.round(value)).join(" to ")})` : "");
  const row = (name, line) => [
    name, size(line.bytes), line.requests, time(line.task) + spread(line, "task"), time(line.script) + spread(line, "script"),
    time(line.lcp) + spread(line, "lcp"), time(line.inp) + spread(line, "inp"), line.cls.toFixed(4),
  ];
  const rows = seen.map((line) => row(`${line.page} the loader`, line));
  const [without, withIt] = ["without", "with"].map((page) => seen.find((line) => line.page === page));
  const keys = ["bytes", "requests", "task", "script", "lcp", "inp", "cls"];
  rows.push(row("difference", Object.fromEntries(keys.map((key) => [key, withIt[key] - without[key]]))));
  const head = ["page", "bytes", "requests", "main thread, 4x", "of it scripts", "LCP", "INP", "CLS"];
  return `### A page view without a click\n\nFast 4G, 4x; medians of ${seen[0].runs} each, in brackets the middle half.\n\n${table(head, rows)}`;
}

/** All tables of a run. */
export function report(lines) {
  const corpora = [...new Set(lines.map(({ corpus }) => corpus).filter(Boolean))];
  const parts = [about(lines[0]), ...corpora.map((name) => ofCorpus(name, lines.filter(({ corpus }) => corpus === name))), growth(lines), views(lines)];
  return parts.filter(Boolean).join("\n");
}

/** Puts tables into a document, between two marks. */
export function replace(file, tables) {
  const text = fs.readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${file} lacks the marks ${BEGIN} and ${END}`);
  fs.writeFileSync(file, `${text.slice(0, from + BEGIN.length)}\n\n${tables}\n${text.slice(to)}`);
}
