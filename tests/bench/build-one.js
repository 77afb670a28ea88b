// Builds the index of an engine that is a script, in a process of its own, and prints the CPU seconds: the articles are in
// memory before, the files are written after.
//   node build-one.js ENGINE ARTICLES.json OUT
import fs from "node:fs";
import path from "node:path";

const [name, source, out] = process.argv.slice(2);
const engine = await import(`./adapters/${name}.js`);
const articles = JSON.parse(fs.readFileSync(source, "utf8"));
const before = process.cpuUsage();
const files = await engine.build(articles);
const { user, system } = process.cpuUsage(before);
for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(out, file), text);
console.log(JSON.stringify((user + system) / 1e6));
