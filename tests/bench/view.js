// A page view without a click: what the loader costs a page whose visitor wants no help.
import { median, rank } from "./figures.js";
import { LINKS } from "./links.js";
import { bytesBy } from "./server.js";

const RATE = 4;
const CLICKS = 3;
/** Milliseconds after the page was loaded. */
const REST = 500;

/** `pages`: addresses with the widget and without it. Both in turn, so that the machine's other work falls on both alike. */
export async function view({ browser, server, pages, runs, emit }) {
  const seen = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [name, address] of Object.entries(pages)) seen[name].push(await once(browser, server, address));
  }
  for (const [page, all] of Object.entries(seen)) {
    const of = (summary) => Object.fromEntries(Object.keys(all[0]).map((key) => [key, summary(all.map((one) => one[key]))]));
    emit({ what: "view", page, runs, ...of(median), quartiles: of((values) => [rank(values, 0.25), rank(values, 0.75)]) });
  }
}

async function once(browser, server, address) {
  server.narrow({});
  const page = await browser.open("about:blank");
  const session = await page.context().newCDPSession(page);
  // The main thread's work is counted in its own CPU time, which other programs of the machine leave alone, and told as what
  // a machine four times slower would take: the browser's own throttling burns CPU time itself.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  server.take();
  server.narrow(LINKS.fast4g);
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(REST);
  const log = server.take();
  const metrics = Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  await page.context().close();
  return {
    bytes: bytesBy(log, Infinity), requests: log.length,
    task: metrics.TaskDuration * 1000 * RATE, script: metrics.ScriptDuration * 1000 * RATE,
    ...(await vitals(browser, server, address)),
  };
}

/** What the visitor feels, with the main thread throttled: no worker is at work here. */
async function vitals(browser, server, address) {
  const page = await browser.open("about:blank");
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: RATE });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(REST);
  for (let click = 0; click < CLICKS; click += 1) {
    await page.click("#more");
    await page.waitForTimeout(150);
  }
  const { lcp, cls, events } = await page.evaluate("seen");
  await page.context().close();
  return { lcp, cls, inp: Math.max(0, ...events) };
}
