// From the click to the answer with nothing loaded before: time, bytes, round trips, the longest task.
import { call, ready } from "./browser.js";
import { median, rank } from "./figures.js";
import { LINKS } from "./links.js";
import { bytesBy, roundTrips } from "./server.js";

/** After the answer: what a widget fetches behind it is counted apart. */
const SETTLE = 1500;

/** Engines in turn for each question, so that what else the machine does falls on all alike. */
export async function cold({ browser, server, addresses, questions, links, emit }) {
  for (const link of links) {
    const runs = new Map(Object.keys(addresses).map((name) => [name, []]));
    for (const question of questions) {
      for (const [name, address] of Object.entries(addresses)) runs.get(name).push(await once(browser, server, address, question.text, LINKS[link]));
    }
    for (const [engine, all] of runs) {
      const good = all.filter((run) => !run.failed);
      all.filter((run) => run.failed).forEach((run) => console.error(`  ${engine} on ${link}: ${run.failed}`));
      const middle = (key) => median(good.map((run) => run[key]));
      const keys = ["first", "all", "bytesToFirst", "bytesToAll", "bytes", "requests", "tripsToFirst", "tripsToAll"];
      emit({
        what: "cold", engine, link, runs: all.length, failed: all.length - good.length, empty: good.filter((run) => !run.shown).length,
        ...Object.fromEntries(keys.map((key) => [key, middle(key)])), longest: rank(good.map((run) => run.longest), 1),
      });
    }
  }
}

async function once(browser, server, address, question, link) {
  server.narrow({});
  const page = await browser.open(address);
  await ready(page);
  await page.waitForTimeout(150);
  await page.evaluate("bench.tasks.length = 0");
  server.take();
  server.narrow(link);
  const end = await browser.slow(link.rate);
  const run = await call(page, "cold", question);
  await page.waitForTimeout(SETTLE);
  await end();
  const log = server.take();
  const tasks = run.failed ? [] : await page.evaluate("bench.tasks");
  await page.context().close();
  if (run.failed) return run;
  return {
    shown: run.shown, first: run.first - run.start, all: run.all - run.start,
    bytesToFirst: bytesBy(log, run.first), bytesToAll: bytesBy(log, run.all), bytes: bytesBy(log, Infinity), requests: log.length,
    tripsToFirst: roundTrips(log, run.first), tripsToAll: roundTrips(log, run.all), longest: Math.max(0, ...tasks),
  };
}
