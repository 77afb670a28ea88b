/**
 * Packs the package, installs it into fresh projects, checks their types, builds them, and asks a question on each in a
 * real browser: node test/check.js --dist DIR --indexer FILE [--articles DIR] [--modules DIR] [--chromium FILE] [--keep]
 *
 * Needs the network for the projects' own packages. `--modules` names the node_modules with playwright-core; `--keep`
 * leaves the projects in the temporary folder.
 */
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "./server.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../../..");
const { values: given } = parseArgs({
  options: {
    dist: { type: "string", default: path.join(root, "www/dist") }, indexer: { type: "string", default: path.join(root, "target/debug/kb-indexer") },
    articles: { type: "string", default: path.join(root, "articles") }, modules: { type: "string", default: path.join(root, "tests/bench/node_modules") },
    chromium: { type: "string", default: "/usr/bin/chromium" }, keep: { type: "boolean", default: false },
  },
});

const QUESTION = "do you use cookies or track me";
const PATIENCE = 30_000;

/** What the package says is enough. */
const POLICY = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** Each with other versions, from the oldest that the package promises to the newest. */
const PROJECTS = [
  { name: "plain", policy: `${POLICY}; require-trusted-types-for 'script'; trusted-types porchlight` },
  { name: "vite", vite: true, base: "/shop/", policy: POLICY.replace("'self'", "'nonce-light'"), dev: true },
  { name: "react", vite: true, policy: POLICY, dev: true },
  {
    name: "react-18", from: "react", vite: true, policy: POLICY,
    versions: { react: "18.3.1", "react-dom": "18.3.1", "@types/react": "18.3.32", "@types/react-dom": "18.3.7", "@vitejs/plugin-react": "5.2.0", vite: "7.3.8", typescript: "5.9.3" },
  },
];

const tell = (text) => console.log(text);

function expect(is, what) {
  if (!is) throw new Error(what);
}

/** What a program says; where it fails, that is the error. */
function run(cwd, program, ...words) {
  try {
    return execFileSync(program, words, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`${program} ${words.join(" ")} in ${cwd}:\n${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
}

function below(folder) {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))).sort();
}

/** Two folders have the same files. */
function same(one, other) {
  const names = below(one);
  expect(names.join() === below(other).join(), `${other} has other files than ${one}`);
  for (const name of names) {
    expect(fs.readFileSync(path.join(one, name)).equals(fs.readFileSync(path.join(other, name))), `${other}/${name} was changed`);
  }
}

/** The tarball. */
function pack(folder) {
  const laid = path.join(folder, "package");
  run(folder, "node", path.join(here, "../build.js"), "--dist", path.resolve(given.dist), "--out", laid);
  const [packed] = JSON.parse(run(laid, "npm", "pack", "--json", "--pack-destination", folder));
  const names = packed.files.map((file) => file.path);
  const strange = names.filter((name) => /\.(br|gz)$|^dist\/(desk|web\.json)/.test(name));
  expect(!strange.length, `the package holds ${strange}`);
  const { scripts, dependencies, exports, types, bin } = JSON.parse(fs.readFileSync(path.join(laid, "package.json"), "utf8"));
  expect(!scripts && !dependencies, "the package has scripts or dependencies");
  const targets = [types, ...Object.values(bin), ...Object.values(exports).flatMap((to) => (typeof to === "string" ? to : Object.values(to)))];
  for (const target of targets.filter((target) => !target.includes("*"))) {
    expect(names.includes(path.posix.normalize(target)), `the package names ${target}, which is not in it`);
  }
  for (const name of ["dist/loader.js", "README.md", "LICENSE-MIT", "LICENSE-APACHE"]) expect(names.includes(name), `the package has no ${name}`);
  tell(`package: ${names.length} files, ${Math.round(packed.size / 1000)} kB packed, ${Math.round(packed.unpackedSize / 1000)} kB unpacked`);
  return path.join(folder, packed.filename);
}

/** A fresh project with the tarball in it, its types checked and its output made. Gives the folder to serve. */
function make({ name, from = name, vite, versions }, folder, tarball, kb) {
  const project = path.join(folder, name);
  fs.cpSync(path.join(here, "projects", from), project, { recursive: true });
  const settings = path.join(project, "package.json");
  const read = JSON.parse(fs.readFileSync(settings, "utf8"));
  for (const list of [read.dependencies, read.devDependencies]) {
    for (const pinned of Object.keys(list ?? {})) list[pinned] = versions?.[pinned] ?? list[pinned];
  }
  fs.writeFileSync(settings, JSON.stringify(read));
  fs.cpSync(kb, path.join(project, "public/kb"), { recursive: true });
  run(project, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", tarball);
  const own = path.join(project, "node_modules/@porchlight/widget");

  // Not by way of npx, which keeps some options for itself.
  const tool = (name, ...words) => run(project, path.join(project, "node_modules/.bin", name), ...words);
  tool("tsc", "--noEmit", "--strict");
  // Once more with the declarations themselves; those of others may have errors of their own.
  let said = "";
  try {
    tool("tsc", "--noEmit", "--strict", "--skipLibCheck", "false");
  } catch (error) {
    said = error.message;
  }
  const ours = said.split("\n").filter((line) => line.includes("@porchlight/widget"));
  expect(!ours.length, ours.join("\n"));

  const out = path.join(project, vite ? "dist" : "public");
  if (vite) {
    tool("vite", "build");
  } else {
    tool("tsc");
    run(project, "npx", "--no", "porchlight-widget", "copy", "public/porchlight");
    fs.copyFileSync(path.join(project, "index.html"), path.join(out, "index.html"));
  }
  same(path.join(own, "dist"), path.join(out, "porchlight"));
  // On a server the package can be imported, and says that it is of no use there.
  const code = 'import("@porchlight/widget").then((it) => it.install({ kb: "/kb/" })).catch((error) => console.log(error.message))';
  expect(run(project, "node", "-e", code).includes("no page here"), "install() on a server does not say what is wrong");
  return out;
}

/** A visitor: presses the launcher, asks, and reads the answer. Gives what the page's own code noted. */
async function visit(browser, address, broken) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  if (broken) await page.route("**/loader.js", (route) => route.abort(), { times: 1 });
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(address);
    // Not before the page's own code is through: it may take the launcher away and put it back.
    if (address.includes("/shop/")) await page.waitForSelector("[data-back]", { state: "attached" });
    await page.getByRole("button", { name: "Help", exact: true }).click();
    await page.getByRole("textbox", { name: "Ask a question" }).fill(QUESTION);
    await page.keyboard.press("Enter");
    const link = page.getByRole("log").getByRole("link").first();
    await link.waitFor();
    await page.waitForSelector("[data-decision]", { state: "attached" });
    const noted = await page.evaluate(() => ({ ...document.documentElement.dataset }));
    expect(noted.decision === "answer", `the page heard of ${noted.decision} instead of an answer`);
    expect(broken || !errors.length, "the page has errors");
    return { ...noted, title: await link.innerText() };
  } catch (error) {
    throw new Error(`${address}: ${[error.message, ...errors].join("\n  ")}`);
  } finally {
    await page.close();
  }
}

/** Vite's development server. */
async function develop(project) {
  const child = spawn(process.execPath, ["node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", "0"], { cwd: project });
  const gone = new Promise((done) => child.once("exit", done));
  let said = "";
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`vite did not start:\n${said}`)), PATIENCE);
    const hear = (bytes) => {
      said += bytes;
      // Without the colours, which stand within the address.
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said.replaceAll(/\x1b\[\d*m/g, ""));
      if (found && said.endsWith("\n")) resolve((clearTimeout(late), found[0]));
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
  }).catch((error) => {
    child.kill();
    throw error;
  });
  return { address, close: () => (child.kill(), gone) };
}

function judge(project, noted) {
  if (project.name !== "vite") return;
  expect(noted.launchers === "1" && noted.same === "true", "two calls of install() gave more than one launcher");
  expect(noted.destroyed === "true" && noted.back === "true", "the launcher did not go with destroy() and come back with install()");
}

async function main() {
  const { chromium } = createRequire(path.resolve(given.modules, "none.js"))("playwright-core");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "porchlight-npm-"));
  const browser = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
  try {
    const kb = path.join(folder, "kb");
    run(folder, path.resolve(given.indexer), "build", path.resolve(given.articles), "--out", kb);
    const tarball = pack(folder);
    for (const project of PROJECTS) {
      const out = make(project, folder, tarball, kb);
      const server = await serve(project.base ?? "/", out, project.policy);
      try {
        const noted = await visit(browser, server.address);
        judge(project, noted);
        tell(`${project.name}: types, output and answer are right (${noted.title})`);
        if (project.name === "vite") {
          const { refused } = await visit(browser, server.address, true);
          expect(refused?.includes("/shop/porchlight/loader.js could not be loaded"), `a lost loader is told as: ${refused}`);
          tell(`${project.name}: a lost loader is told, and had again`);
        }
      } finally {
        await server.close();
      }
      if (!project.dev) continue;
      const vite = await develop(path.join(folder, project.name));
      try {
        judge(project, await visit(browser, vite.address));
        tell(`${project.name}: the development server gives an answer too`);
      } finally {
        await vite.close();
      }
    }
  } finally {
    await browser.close();
    if (given.keep) tell(`left in ${folder}`);
    else fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
