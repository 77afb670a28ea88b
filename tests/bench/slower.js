// Makes processes slow, all their threads alike: they run a part of each period and are stopped for the rest of it. The
// browser's own CPU throttling slows a page's main thread and leaves its workers alone.
//   node slower.js RATE PID…     says "ready"; ends with its standard input and leaves the processes running
import { spawn } from "node:child_process";
import os from "node:os";
import { fileURLToPath } from "node:url";

const RUN_MS = 3;

/** Slows these processes to a part of their speed; gives a function that ends it. */
export async function slower(rate, processes) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), rate, ...processes], { stdio: ["pipe", "pipe", "inherit"] });
  await new Promise((ready, failed) => child.once("error", failed).stdout.once("data", ready));
  return () => new Promise((done) => {
    child.once("exit", done);
    child.stdin.end();
  });
}

async function cycle(rate, processes) {
  const [clock, all] = [new Int32Array(new SharedArrayBuffer(4)), (signal) => processes.forEach((id) => tell(id, signal))];
  let ended = false;
  process.stdin.on("end", () => (ended = true)).on("error", () => (ended = true)).resume();
  try {
    os.setPriority(-20); // late wake-ups would make the slowness uneven
  } catch {
    // Only root may; then it is a little less even.
  }
  console.log("ready");
  while (!ended) {
    all("SIGCONT");
    Atomics.wait(clock, 0, 0, RUN_MS);
    all("SIGSTOP");
    Atomics.wait(clock, 0, 0, RUN_MS * (rate - 1));
    await new Promise(setImmediate);
  }
  all("SIGCONT");
}

function tell(id, signal) {
  try {
    process.kill(id, signal);
  } catch {
    // It has ended.
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [rate, ...processes] = process.argv.slice(2).map(Number);
  await cycle(rate, processes);
  process.exit(0);
}
