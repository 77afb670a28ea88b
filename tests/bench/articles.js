// Markdown files become what the engines are given: title, headings, text, the first lines, and a plain page.
import fs from "node:fs";
import path from "node:path";
import MarkdownIt from "markdown-it";
import { sample } from "./corpora.js";

const markdown = new MarkdownIt({ html: true });
/** Shorter than this it is a stub, which no question is about. */
const LEAST_TEXT = 80;
/** Characters of an article's beginning that are shown under its title. */
const LEAD = 160;

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

/** The words of HTML. */
function words(html) {
  const bare = html.replace(/<(script|style|svg)\b.*?<\/\1>/gis, " ").replace(/<!--.*?-->/gs, " ").replace(/<[^>]*>/g, " ");
  return bare.replace(/&([a-z]+|#39);/g, (all, name) => ENTITIES[name] ?? all).replace(/\s+/g, " ").trim();
}

/** Front matter and the rest. */
function split(text) {
  const found = /^\uFEFF?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(\r?\n|$)/s.exec(text);
  return found ? [found[1], text.slice(found[0].length)] : ["", text.replace(/^\uFEFF/, "")];
}

/** What only the sites' own tools understand, and what no engine should have to index. */
const foreign = (text) =>
  text.replace(/\r/g, "").replace(/\{\{[<%].*?[%>]\}\}/gs, " ").replace(/^ *:::.*$/gm, "").replace(/^\[!INCLUDE.*$/gim, "");

const inner = (html, tags) => [...html.matchAll(new RegExp(`<(${tags})\\b[^>]*>(.*?)</\\1>`, "gs"))].map((found) => words(found[2]));

/** An article, or nothing where a file holds none. */
export function read(file, slug) {
  const [front, source] = split(fs.readFileSync(file, "utf8"));
  const html = markdown.render(foreign(source));
  const named = /^title:[ \t]*(["']?)(.*?)\1[ \t]*$/m.exec(front.replace(/\r/g, ""))?.[2];
  const title = (named || inner(html, "h1")[0] || "").replace(/\s*\{#.*\}$/, "").trim();
  const body = html.replace(/<h1\b.*?<\/h1>/s, "");
  const text = words(body);
  if (!title || text.length < LEAST_TEXT) return undefined;
  const headings = inner(body, "h2|h3").map((heading) => heading.replace(/\s*\{#.*\}$/, ""));
  const lead = (inner(body, "p").find((paragraph) => paragraph) ?? text).slice(0, LEAD);
  return { slug, title, headings, text, lead, body };
}

function below(folder, under = "") {
  return fs.readdirSync(path.join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(under, entry.name);
    return entry.isDirectory() ? below(folder, name) : name.endsWith(".md") ? [name] : [];
  });
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * Reads a corpus and lays it out for all engines alike: `articles.json`, `site/` with a page an article, and the very files
 * under `markdown/`. An article's number is its name for all engines but ours, which has its slug.
 */
export function layOut(data, { folder, sample: count }, out) {
  const from = path.join(data, folder);
  let articles = below(from).sort().map((name) => read(path.join(from, name), name.replace(/\.md$/, ""))).filter(Boolean);
  if (count) {
    const kept = new Set(sample(articles.map((article) => article.slug), count));
    articles = articles.filter((article) => kept.has(article.slug));
  }
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(path.join(out, "site"), { recursive: true });
  articles.forEach(({ slug, title, body }, number) => {
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
    fs.writeFileSync(path.join(out, "site", `${number}.html`), page);
    const copy = path.join(out, "markdown", `${slug}.md`);
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.copyFileSync(path.join(from, `${slug}.md`), copy);
  });
  const records = articles.map(({ slug, title, headings, text, lead }) => ({ slug, title, headings, text, lead }));
  fs.writeFileSync(path.join(out, "articles.json"), JSON.stringify(records));
  return records;
}
