// A page with the real widget: its launcher is clicked, its box is filled and sent, its own worker is asked.
import { now, seen, tasks, type } from "./common.js";
import { answered, ask, idOf } from "./wire.js";

const kb = new URLSearchParams(location.search).get("kb");

// The bubble keeps its worker to itself; this page wants to ask it too.
let worker;
globalThis.Worker = class extends Worker {
  constructor(...all) {
    super(...all);
    worker = this;
  }
};

const script = Object.assign(document.createElement("script"), { type: "module", src: "/porchlight/loader.js" });
script.dataset.kb = kb;
document.body.append(script);
await new Promise((loaded) => script.addEventListener("load", loaded));

const root = document.querySelector("porchlight-help").shadowRoot;
const launcher = root.querySelector("button");
// Nobody writes into a box that is not shown yet.
const box = () => [...root.querySelectorAll("textarea")].find((area) => area.checkVisibility());
const reply = () => root.querySelector("[role=log] > .entry:not(.own)");

/** As soon as it is there. */
function found(find) {
  return new Promise((done) => {
    const look = () => {
      const element = find();
      if (!element) return false;
      observer.disconnect();
      done(element);
      return true;
    };
    const observer = new MutationObserver(look);
    if (!look()) observer.observe(root, { attributes: true, childList: true, subtree: true });
  });
}

function fill(area, text) {
  area.value = text;
  area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertText" }));
}

// What the bubble says of its search: a notice that there is none is no answer.
let trouble;
globalThis.porchlight.on("error", ({ during, kind }) => (trouble = `the widget failed: ${during}, ${kind}`));

/**
 * Sends a question, and tells when the answer was seen. The bubble shows one answer or a few to choose from. The box is there
 * a moment before it does something: no visitor is so quick, but this page is, and tries until the bubble has taken the text.
 */
async function send(area, question) {
  // What a visitor does is a task of its own.
  await new Promise((then) => setTimeout(then, 0));
  area.form.addEventListener("submit", (event) => event.preventDefault());
  for (;;) {
    fill(area, question);
    area.form.requestSubmit();
    if (area.value === "") break;
    await new Promise((then) => setTimeout(then, 0));
  }
  const all = await seen(await found(reply));
  if (trouble) throw new Error(trouble);
  return { first: all, all, shown: Math.max(1, reply().querySelectorAll(".pick").length) };
}

let id = 1e6; // far above the bubble's own
globalThis.bench = {
  tasks,
  async cold(question) {
    const start = now();
    launcher.click();
    return { start, ...(await send(await found(box), question)) };
  },
  async typed(question, milliseconds) {
    launcher.click();
    const begun = performance.now();
    const area = await found(box);
    // Who waits for the box has less time to type.
    await type(question, Math.max(0, milliseconds - (performance.now() - begun)), (text) => fill(area, text));
    const start = now();
    return { start, ...(await send(area, question)) };
  },
  async ask(question, limit) {
    const request = ask((id += 1), question, "en", limit);
    const mine = id;
    const start = performance.now();
    const bytes = await new Promise((done) => {
      const hear = ({ data }) => {
        if (typeof data === "string" || idOf(data) !== mine) return;
        worker.removeEventListener("message", hear);
        done(data);
      };
      worker.addEventListener("message", hear);
      worker.postMessage(request, [request.buffer]);
    });
    const milliseconds = performance.now() - start;
    return { milliseconds, ...answered(bytes) };
  },
};
