
// Behind the module's own script, which is there long before the module: what begins meanwhile. The worker starts and opens the
// bundle; what it says is kept for whoever takes it (see `worker.rs` of the search client). Each file is run only as it was
// built: the loader knows this file's checksum, and this file the others'.
const [worker, module, frame] = __FILES__.map(([file, seal]) => [new URL(file, import.meta.url).href, seal]);

/** The loader's key: "1" while the panel is open; "0" is `frame.js`'s, which writes it while a conversation goes on behind a closed one. */
const OPEN = "porchlight.open";
/** Milliseconds between two attempts at fetching the file that brings the desk's chat. */
const AGAIN = 8000;

let started; // the promise of the module's start
let sealed; // the loader's: fetches a file and holds it against its checksum
let early; // the promise of a worker that nobody has taken yet

/**
 * The worker's address in the form that the page's Trusted Types policy asks for. There is no other that it gives. It is kept on
 * the loader's function: a retry loads another copy of this file, and a policy is made but once.
 */
function address(plain) {
  try {
    sealed.address ??= globalThis.trustedTypes?.createPolicy("porchlight", { createScriptURL: () => plain }).createScriptURL("");
  } catch {
    // The policy's name is not allowed here: the plain address serves wherever types are not enforced.
  }
  return sealed.address ?? plain;
}

async function startWorker(url, first) {
  await sealed(...worker);
  const started = new Worker(url, { type: "module", name: "porchlight" });
  const heard = [];
  started.onmessage = ({ data }) => heard.push(data);
  started.onerror = ({ message }) => heard.push("broken: " + (message || "no script"));
  if (first) started.postMessage(first);
  return { worker: started, heard };
}

/** Starts the module, once. It was fetched whole to be checked, so there is no stream left to compile it from. */
export default ({ code }) =>
  (started ??= (async () => {
    const { instance, module: compiled } = await WebAssembly.instantiate(await (await code).arrayBuffer(), __wbg_get_imports());
    __wbg_finalize_init(instance, compiled);
  })().catch((error) => {
    started = undefined;
    throw error;
  }));

/** Completes what the loader gives, and starts what can be started before there is a panel. */
export function begin(given, quiet) {
  const { box, signal, inline } = given;
  sealed = given.sealed;
  // Keys typed in the panel are not shortcuts of the page.
  for (const key of ["keydown", "keypress", "keyup"]) box.addEventListener(key, (event) => event.stopPropagation());
  box.addEventListener("keydown", (event) => narrow(box) && goRound(event, box));
  // Nothing closes what is a part of the page.
  if (inline) box.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation(), true);
  box.addEventListener("click", ({ target }) => {
    const button = target.closest(".copy");
    if (button) copy(button);
  });
  given.live = () => {
    const panel = box.querySelector(".panel");
    if (inline) panel.role = "region";
    followScreen(panel, signal);
  };
  given.latest = () => showLatest(box.querySelector(".talk"));
  // Code that has trapped can do nothing more. A fresh copy picks the conversation up from the store.
  const trapped = ({ error, reason = error }) => {
    if (reason instanceof WebAssembly.RuntimeError && reason.stack.includes(import.meta.url)) given.onfail(reason);
  };
  for (const name of ["error", "unhandledrejection"]) addEventListener(name, trapped, { signal });
  endEarly();
  given.worker = address(worker[0]);
  given.code = sealed(...module);
  given.module = () => sealed(...worker).then(() => import(worker[0]));
  given.site = document.querySelector("a[data-porchlight]")?.href;
  // What is rarely asked for comes when it is; what fails is tried again by the next call.
  let rare;
  const rarely = () => (rare ??= sealed(...frame).then(() => import(frame[0])).catch((error) => {
    rare = undefined;
    throw error;
  }));
  // Where the chat's file cannot be had, which is as good as no desk, that is told and tried again.
  let wish;
  let again;
  const bring = () =>
    rarely().then((rare) => signal.aborted || rare.default(...wish)).catch((error) => {
      console.warn(error);
      wish[0].dataset.state = "down";
      clearTimeout(again);
      again = setTimeout(bring, AGAIN);
    });
  given.frame = (...now) => {
    wish = now;
    bring();
  };
  given.save = async () => (await rarely()).save(box);
  // On a phone the panel is the whole screen, and "back" leaves it instead of the page. The entry is the page's own once more,
  // so that a router finds nothing new in it.
  let pushed = false;
  given.onshown = (shown) => {
    // The loader of the next page opens a panel that was left open. One in the page's own text is always there.
    if (inline) return;
    try {
      if (shown) localStorage.setItem(OPEN, "1");
      else localStorage.removeItem(OPEN);
    } catch {
      // No storage, no memory.
    }
    if (shown && narrow(box) && navigator.userActivation?.isActive !== false) {
      pushed = true;
      history.pushState(history.state, "");
    } else if (pushed) {
      pushed = false;
      history.back();
    }
  };
  const wentBack = () => {
    if (!pushed) return;
    pushed = false;
    box.getRootNode().host.close();
  };
  addEventListener("popstate", wentBack, { signal });
  // A conversation with a person behind a closed panel needs no search yet.
  if (quiet === "0") return;
  early = startWorker(given.worker, [given.kb, given.lang]);
  early.catch(() => {}); // whoever takes it hears it
}

function takeWorker(url) {
  const taken = early ?? startWorker(url);
  early = undefined;
  return taken;
}

function endEarly() {
  early?.then(({ worker }) => worker.terminate(), () => {});
  early = undefined;
}
