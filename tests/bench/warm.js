// All questions one after the other on the open link: how long, how much memory, and whether the right article was found.
import { call, growth, ready } from "./browser.js";
import { rank } from "./figures.js";
import { KINDS } from "./questions.js";
import { bytesBy } from "./server.js";

const LIMIT = 5;
/** Milliseconds for one round; an engine that needs longer is told by fewer questions. */
const BUDGET = 60_000;
/** Until what a widget fetches behind its first answer is there. */
const SETTLE = 2000;

/**
 * `numberOf` tells an article's number by what the engine calls it. Of each question the shortest time of the `rounds` after
 * the first counts, for other programs of the machine are not measured.
 */
export async function warm({ browser, server, addresses, questions, rounds, numberOf, emit }) {
  for (const [engine, address] of Object.entries(addresses)) {
    const result = await one(browser, server, address, questions, rounds, numberOf).catch((error) => ({ failed: error.message }));
    if (result.failed) console.error(`  ${engine}, warm: ${result.failed}`);
    else emit({ what: "warm", engine, ...result });
  }
}

async function one(browser, server, address, questions, again, numberOf) {
  server.narrow({});
  const page = await browser.open(address);
  await ready(page);
  // What the harness itself needs for asking is there after the first time.
  await browser.memory(page);
  await page.waitForTimeout(500);
  const before = await browser.memory(page);
  const first = await call(page, "cold", questions[0].text);
  if (first.failed) return first;
  await page.waitForTimeout(SETTLE);
  const memoryFirst = growth(before, await browser.memory(page));

  const round = async () => {
    const [asked, until] = [[], Date.now() + BUDGET];
    for (const { text } of questions) {
      if (Date.now() > until) break;
      const reply = await call(page, "ask", text, LIMIT);
      if (reply.failed) throw new Error(reply.failed);
      asked.push(reply);
    }
    return asked;
  };
  server.take();
  const touched = await round();
  const log = server.take();
  const rounds = [];
  for (let count = 0; count < again; count += 1) rounds.push(await round());
  const memoryAll = growth(before, await browser.memory(page));
  await page.context().close();

  const count = Math.min(...rounds.map((asked) => asked.length));
  const best = Array.from({ length: count }, (_, at) => Math.min(...rounds.map((asked) => asked[at].milliseconds)));
  const times = touched.map(({ milliseconds }) => milliseconds);
  return {
    questions: touched.length, p50: rank(best, 0.5), p95: rank(best, 0.95), p99: rank(best, 0.99),
    firstP50: rank(times, 0.5), firstP99: rank(times, 0.99),
    bytesEach: bytesBy(log, Infinity) / touched.length, requestsEach: log.length / touched.length,
    memoryFirst, memoryAll, ...quality(questions, touched, numberOf),
  };
}

/** Shares of the questions whose first, or one of whose first five hits is right, over all and by kind. */
function quality(questions, asked, numberOf) {
  const ranks = asked.map(({ hits }, at) => hits.map(numberOf).findIndex((number) => questions[at].right.includes(number)));
  const share = (of) => {
    const all = ranks.filter((_, at) => of(questions[at].kind));
    return [all.filter((at) => at === 0).length / all.length, all.filter((at) => at >= 0).length / all.length];
  };
  const decisions = {};
  for (const { decision } of asked) if (decision) decisions[decision] = (decisions[decision] ?? 0) + 1;
  return {
    success: share(() => true), withoutTypos: share((kind) => kind !== "typo"),
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, share((other) => other === kind)])),
    empty: asked.filter(({ hits }) => !hits.length).length, decisions,
  };
}
