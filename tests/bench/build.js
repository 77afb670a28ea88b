// Builds an engine's files for a corpus, tells what that took, and packs them as a static host would.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { build as bundle } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "node_modules");
/** Larger files are packed one step less: the last step takes minutes for some of these. */
const LARGE = 1.5e6;
/** Pagefind packs these itself. */
const PACKED = /\.(pf_meta|pf_index|pf_fragment|pf_filter|pagefind)$/;
/** Faces of Pagefind that are not loaded here. */
const FACES = /^pagefind-(ui|modular-ui|component-ui|highlight)|^pagefind-.*\.css$/;

/** CPU seconds that ended children of this process took: Linux counts them. */
function childrensSeconds() {
  const fields = fs.readFileSync("/proc/self/stat", "utf8").replace(/^.*\) /s, "").split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function run(program, ...words) {
  const before = childrensSeconds();
  const { status, stdout, stderr, error } = spawnSync(program, words, { maxBuffer: 1 << 28 });
  if (status !== 0) throw error ?? new Error(`${program} failed: ${stderr}`);
  return { seconds: childrensSeconds() - before, said: `${stdout}${stderr}` };
}

function below(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? below(full) : [full];
  });
}

/** A packed copy beside each file; what a host would store and send. */
function pack(folder) {
  const shipped = { files: 0, raw: 0, packed: 0 };
  for (const file of below(folder)) {
    if (FACES.test(path.basename(file))) {
      fs.rmSync(file);
      continue;
    }
    const bytes = fs.readFileSync(file);
    let length = bytes.length;
    if (!PACKED.test(file)) {
      const quality = length > LARGE ? 9 : 11;
      const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: length };
      const packed = zlib.brotliCompressSync(bytes, { params });
      // What does not get smaller is sent as it is.
      if (packed.length < length) {
        fs.writeFileSync(`${file}.br`, packed);
        length = packed.length;
      }
    }
    shipped.files += 1;
    shipped.raw += bytes.length;
    shipped.packed += length;
  }
  return shipped;
}

/** What the widget adds to the bundle: all that a page may load but the desk's own pages. */
function widgetFiles(dist) {
  const files = JSON.parse(fs.readFileSync(path.join(dist, "web.json"), "utf8")).files.filter(({ path: name }) => !name.startsWith("desk/"));
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  return { files: files.length, raw: sum("bytes"), packed: sum("br") };
}

/** Builds one engine into `out`; gives a line of results. */
export async function build(name, engine, { corpus, out, articles, indexer, dist }) {
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out, { recursive: true });
  const paths = { modules, indexer, out, site: path.join(corpus, "site"), markdown: path.join(corpus, "markdown") };
  let seconds;
  if (engine.command) seconds = run(...engine.command(paths)).seconds;
  else seconds = JSON.parse(run(process.execPath, "--max-old-space-size=8192", path.join(here, "build-one.js"), name, path.join(corpus, "articles.json"), out).said);
  if (!engine.widget) {
    for (const variant of [name, `${name}-stop`].filter((file) => fs.existsSync(path.join(here, "adapters", `${file}.js`)))) {
      await bundle({
        stdin: { contents: `export * from "./adapters/${variant}.js"`, resolveDir: here },
        bundle: true, minify: true, format: "esm", logLevel: "error", outfile: path.join(out, `${variant}.engine.js`),
      });
    }
  }
  const shipped = pack(out);
  const variants = fs.readdirSync(out).filter((file) => file.endsWith("-stop.engine.js")).length;
  const more = engine.widget ? widgetFiles(dist) : { files: -variants, raw: 0, packed: 0 };
  return {
    what: "build", engine: name, articles, seconds,
    files: shipped.files + more.files, raw: shipped.raw + more.raw, packed: shipped.packed + more.packed,
  };
}
