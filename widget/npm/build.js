/** Lays out the package as it is published: node build.js --dist www/dist --out DIR, then npm pack DIR. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");

/** What the package lists, but for the widget's files and the licences; package.json is always part of it. */
const OWN = ["package.json", "README.md", "index.js", "index.d.ts", "react.d.ts", "vite.js", "vite.d.ts", "copy.js"];
const LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"];

/**
 * The widget's files that `cargo xtask web` listed: not the desk's pages, which are part of the desk, and not the
 * compressed copies, which servers, CDNs and build tools make from these, and which would triple the number of files.
 */
function listed(dist) {
  const list = path.join(dist, "web.json");
  if (!fs.existsSync(list)) throw new Error(`${list} is missing; run \`cargo xtask web\` first, or name its output with --dist`);
  const names = JSON.parse(fs.readFileSync(list, "utf8")).files.map((file) => file.path).filter((name) => !name.startsWith("desk/"));
  const lost = names.filter((name) => !fs.existsSync(path.join(dist, name)));
  if (lost.length || !names.includes("loader.js")) throw new Error(`${dist} is not whole (${lost}); run \`cargo xtask web\` again`);
  return names;
}

function build(dist, out) {
  const names = listed(dist);
  if (fs.existsSync(out) && fs.readdirSync(out).length) {
    // Only a package of ours is replaced, and never its source.
    const earlier = path.join(out, "package.json");
    const ours = fs.existsSync(earlier) && JSON.parse(fs.readFileSync(earlier, "utf8")).name === "@porchlight/widget";
    if (!ours || fs.existsSync(path.join(out, "build.js"))) throw new Error(`${out} holds something else; name an empty folder with --out`);
    fs.rmSync(out, { recursive: true });
  }
  const put = (from, name) => {
    fs.mkdirSync(path.dirname(path.join(out, name)), { recursive: true });
    fs.copyFileSync(from, path.join(out, name));
  };
  for (const name of OWN) put(path.join(here, name), name);
  for (const name of LICENCES) put(path.join(root, name), name);
  for (const name of names) put(path.join(dist, name), `dist/${name}`);
  console.log(`Wrote the package to ${out}; \`npm pack ${out}\` makes the tarball.`);
}

try {
  const { values } = parseArgs({ options: { dist: { type: "string" }, out: { type: "string" } } });
  if (!values.dist || !values.out) throw new Error("usage: node build.js --dist DIR --out DIR");
  build(values.dist, values.out);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
