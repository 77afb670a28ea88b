#!/usr/bin/env node
/** `npx --no porchlight-widget copy FOLDER`: puts the widget's files where a web server finds them. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const USAGE = `usage: npx --no porchlight-widget copy FOLDER

Copies the widget's files into FOLDER, such as public/porchlight. Pages then load FOLDER's loader.js.
Files of earlier versions stay: pages that visitors have open may still ask for them.`;

const dist = fileURLToPath(new URL("./dist/", import.meta.url));
const [command, folder, ...more] = process.argv.slice(2);

if (command === "--help" || command === "-h") {
  console.log(USAGE);
} else if (command !== "copy" || !folder || folder.startsWith("-") || more.length) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    // The loader comes last, so that it never names a file that is not there yet.
    fs.cpSync(path.join(dist, "assets"), path.join(folder, "assets"), { recursive: true });
    fs.copyFileSync(path.join(dist, "loader.js"), path.join(folder, "loader.js"));
    console.log(`Copied the widget's files to ${folder}`);
  } catch (error) {
    console.error(`cannot copy the widget's files to ${folder}: ${error.message}\nName a folder that can be written to.`);
    process.exitCode = 1;
  }
}
