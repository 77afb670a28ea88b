// Chromium, pages with an empty cache, and what their processes weigh.
import fs from "node:fs";
import { chromium } from "playwright-core";
import { slower } from "./slower.js";

/** No window, no traffic of its own, no page process kept ready, whose weight would come and go. */
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--js-flags=--expose-gc",
  "--disable-features=SpareRendererForSitePerProcess", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
];

/** Collects garbage and gives its memory back; a plain collection keeps it for the next. */
const COLLECT = "gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })";

/** Milliseconds after which a run counts as failed. */
const PATIENCE = 180_000;

/** Starts it; it trusts the certificate with this key. */
export async function start(executablePath, key) {
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, `--ignore-certificate-errors-spki-list=${key}`] });
  const session = await browser.newBrowserCDPSession();
  /** Processes of pages; that of the browser's own surface is none, and its weight jumps by 16 MB for no reason of ours. */
  const renderers = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const isPage = (id) => !fs.readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--top-chrome-webui");
    return processInfo.filter(({ type, id }) => type === "renderer" && isPage(id)).map(({ id }) => id);
  };
  return {
    version: browser.version(),
    close: () => browser.close(),

    /** A page in a context of its own. */
    async open(address) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      page.on("pageerror", (error) => console.error(`  on the page: ${error.message}`));
      await page.goto(address);
      return page;
    },

    /** Slows everything that pages run; gives a function that ends it. */
    slow: async (rate) => (rate ? slower(rate, await renderers()) : async () => {}),

    /** Bytes by process that only pages have, after garbage was collected on the page and in its workers. */
    async memory(page) {
      await Promise.all([page, ...page.workers()].map((thread) => thread.evaluate(COLLECT)));
      const weigh = (id) => Number(/Private_Dirty:\s+(\d+)/.exec(fs.readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))[1]) * 1024;
      return new Map((await renderers()).map((id) => [id, weigh(id)]));
    },
  };
}

/** By how much the processes that were there before have grown. */
export const growth = (before, after) => [...before].reduce((sum, [id, bytes]) => sum + (after.get(id) ?? bytes) - bytes, 0);

/** A call of the page's `bench`, or nothing where it fails or takes too long. */
export async function call(page, name, ...words) {
  let timer;
  const late = new Promise((done) => (timer = setTimeout(() => done({ failed: "late" }), PATIENCE)));
  const asked = page.evaluate(([name, words]) => globalThis.bench[name](...words), [name, words]);
  const result = await Promise.race([asked.catch((error) => ({ failed: error.message })), late]);
  clearTimeout(timer);
  return result;
}

/** Waits until the page's script has run. */
export const ready = (page) => page.waitForFunction("globalThis.bench");
