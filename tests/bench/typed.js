// A visitor who takes three seconds to type: what is fetched meanwhile is there when the question is sent.
import { call, ready } from "./browser.js";
import { rank } from "./figures.js";
import { LINKS } from "./links.js";

const TYPING = 3000;
const LINK = "slow4g";

export async function typed({ browser, server, addresses, questions, emit }) {
  const runs = new Map(Object.keys(addresses).map((name) => [name, []]));
  for (const question of questions) {
    for (const [name, address] of Object.entries(addresses)) runs.get(name).push(await once(browser, server, address, question.text));
  }
  for (const [engine, all] of runs) {
    const good = all.filter((run) => !run.failed);
    all.filter((run) => run.failed).forEach((run) => console.error(`  ${engine}, typed: ${run.failed}`));
    const times = good.map((run) => run.first - run.start);
    emit({
      what: "typed", engine, link: LINK, runs: all.length, failed: all.length - good.length, empty: good.filter((run) => !run.shown).length,
      p50: rank(times, 0.5), p95: rank(times, 0.95), longest: rank(good.map((run) => run.task), 1),
    });
  }
}

async function once(browser, server, address, question) {
  server.narrow({});
  const page = await browser.open(address);
  await ready(page);
  await page.waitForTimeout(150);
  await page.evaluate("bench.tasks.length = 0");
  server.narrow(LINKS[LINK]);
  const end = await browser.slow(LINKS[LINK].rate);
  const run = await call(page, "typed", question, TYPING);
  await end();
  if (!run.failed) run.task = Math.max(0, ...(await page.evaluate("bench.tasks")));
  await page.context().close();
  return run;
}
