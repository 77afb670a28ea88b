/**
 * Porchlight's loader: the launcher, and nothing else until a visitor wants help.
 *
 *   <script type="module" src="/porchlight/loader.js" data-kb="/kb/" data-contact="mailto:help@example"></script>
 *
 * or the element <porchlight-help kb="/kb/" contact="…">, which takes `kb`, `contact`, `desk` and `lang`.
 * From the page: porchlight.open({question, article}), close(), on(event, fn), destroy(). Events: open, close,
 * answer {decision}, contact, error. No event ever carries what a visitor wrote.
 */

// The build puts the hashed names here; they are relative to this file.
const FILES = {"bubble":"assets/bubble.js","bubbleWasm":"assets/bubble_bg.wasm","worker":"assets/worker.js"};

const TAG = "porchlight-help";
const at = (file) => new URL(file, import.meta.url).href;
const WORKER = at(FILES.worker);

const TEXT = {
  en: {
    help: "Help",
    failed: "Help could not be loaded.",
    again: "Try again",
    person: "Talk to a person",
    close: "Close help",
  },
  ko: {
    help: "도움말",
    failed: "도움말을 불러오지 못했어요.",
    again: "다시 시도",
    person: "상담원과 대화",
    close: "도움말 닫기",
  },
};

const STYLE = `
:host { all: initial; }
[hidden] { display: none !important; }
.launcher, .failed {
  --accent: var(--porchlight-accent, #9a5b00);
  --surface: var(--porchlight-surface, #fff);
  --text: var(--porchlight-text, #25211c);
  position: fixed;
  inset-inline-end: calc(var(--porchlight-offset, 16px) + env(safe-area-inset-right, 0px));
  inset-block-end: calc(var(--porchlight-offset, 16px) + env(safe-area-inset-bottom, 0px));
  z-index: var(--porchlight-z, 2147483000);
  box-sizing: border-box;
  font: 15px/1.5 var(--porchlight-font, -apple-system, "Segoe UI", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif);
}
.launcher {
  inline-size: 52px;
  block-size: 52px;
  padding: 0;
  border: 1px solid transparent;
  border-radius: 50%;
  background: var(--accent);
  color: #fff;
  color: color(from var(--accent) xyz-d65 clamp(0, (0.179 - y) * 1e6, 0.9505) clamp(0, (0.179 - y) * 1e6, 1) clamp(0, (0.179 - y) * 1e6, 1.089));
  box-shadow: 0 2px 10px rgb(0 0 0 / 0.22);
  cursor: pointer;
}
.launcher svg { inline-size: 26px; block-size: 26px; display: block; margin: auto; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.launcher[aria-busy="true"] svg { opacity: 0.55; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; box-shadow: 0 0 0 2px var(--surface); }
.failed {
  inset-block-end: calc(var(--porchlight-offset, 16px) + 64px + env(safe-area-inset-bottom, 0px));
  max-inline-size: min(320px, 100vw - 32px);
  padding: 16px;
  border: 1px solid color-mix(in srgb, var(--text) 25%, var(--surface));
  border-radius: var(--porchlight-radius, 16px);
  background: var(--surface);
  color: var(--text);
  word-break: keep-all;
  overflow-wrap: anywhere;
}
.failed p { margin: 0 0 8px; }
.failed a, .failed button { display: inline-block; min-block-size: 24px; margin: 0; margin-inline-end: 16px; padding: 8px 0; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline; text-underline-offset: 0.2em; cursor: pointer; }
@media (max-width: 639.98px) { .launcher[aria-expanded="true"] { visibility: hidden; } }
@media (prefers-color-scheme: dark) {
  .launcher, .failed { --accent: var(--porchlight-accent, #e0a24a); --surface: var(--porchlight-surface, #1d1a17); --text: var(--porchlight-text, #efe8df); }
}
@media (pointer: coarse) { .failed a, .failed button { min-block-size: 44px; } }
@media print { :host { display: none; } }
`;

/** Hears what the panel says: event name -> functions. */
const ears = new Map();

function emit(name, detail = {}) {
  // A listener's error belongs to the page: it is reported there, and stops nothing here.
  for (const ear of ears.get(name) ?? []) queueMicrotask(() => ear(detail));
}

/** The worker's address in the form that the page's Trusted Types policy asks for. Other addresses are refused. */
let trusted;
function workerAddress() {
  try {
    trusted ??= globalThis.trustedTypes?.createPolicy("porchlight", {
      createScriptURL(address) {
        if (address === WORKER) return address;
        throw new TypeError(`porchlight: ${address} is not the worker`);
      },
    }).createScriptURL(WORKER);
  } catch {
    // The policy's name is not allowed here: the plain address serves wherever types are not enforced.
  }
  return trusted ?? WORKER;
}

/** The element at work: the API and the page's links speak to it. */
let current;

class PorchlightHelp extends HTMLElement {
  #root;
  #launcher;
  #panel; // promise of the mounted panel, from the first intent on
  #opener; // what gets the focus back
  #life; // aborts every listener of this connection
  #tries = 0;

  connectedCallback() {
    this.#root ??= this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#life = new AbortController();
    current = this;
    const tag = this.getAttribute("lang") || this.parentElement?.closest("[lang]")?.lang || "en";
    const absolute = (name) => this.getAttribute(name) || undefined;
    this.config = {
      kb: new URL((this.getAttribute("kb") || "kb/").replace(/\/?$/, "/"), document.baseURI).href,
      lang: tag,
      contact: absolute("contact"),
      desk: absolute("desk"),
    };
    this.words = TEXT[/^ko\b/i.test(tag) ? "ko" : "en"];

    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    this.#launcher = this.#make("button", { type: "button", class: "launcher", "aria-label": this.words.help, "aria-haspopup": "dialog", "aria-expanded": "false" });
    this.#launcher.append(picture("M9.2 9.3a2.9 2.9 0 1 1 4.3 2.5c-.9.5-1.5 1.1-1.5 2.2M12 17.6v.1M12 2.8a9.2 9.2 0 1 1-4.4 17.3l-4.4 1.1 1.2-4.2A9.2 9.2 0 0 1 12 2.8z"));
    this.#root.replaceChildren(this.#launcher);

    const on = (name, react, options) => this.#launcher.addEventListener(name, react, { signal: this.#life.signal, ...options });
    on("click", () => (this.shown ? this.close() : this.open({}, this.#launcher)));
    for (const sign of ["pointerenter", "focusin", "touchstart"]) on(sign, prefetch, { once: true, passive: true });

    // A panel left open on the page before is standing intent. The focus stays where it is.
    try {
      if (localStorage.getItem("porchlight.open") === "1") this.open({ quiet: true });
    } catch {
      // No storage, no memory.
    }
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#panel?.then((panel) => panel.destroy(), () => {});
    this.#panel = undefined;
    this.#opener = undefined;
    if (current === this) current = undefined;
  }

  /** Whether the panel is open. */
  get shown() {
    return this.#launcher?.getAttribute("aria-expanded") === "true";
  }

  async open({ question, article, quiet = false } = {}, opener) {
    if (opener) this.#opener = opener;
    const life = this.#life;
    this.#launcher.setAttribute("aria-busy", "true");
    this.#root.querySelector(".failed")?.remove();
    try {
      this.#panel ??= this.#load();
      const panel = await this.#panel;
      if (life.signal.aborted) return;
      panel.open(question, article, quiet);
      if (!this.shown) {
        this.#launcher.setAttribute("aria-expanded", "true");
        emit("open");
      }
    } catch (error) {
      if (!life.signal.aborted) this.#fail(error, quiet);
    } finally {
      this.#launcher.removeAttribute("aria-busy");
    }
  }

  close() {
    this.#panel?.then((panel) => panel.close(), () => {});
  }

  async #load() {
    // A browser may remember that a module failed: a retry asks by another name.
    const again = this.#tries++ ? `?again=${this.#tries}` : "";
    const bubble = await import(at(FILES.bubble) + again);
    await bubble.default({ module_or_path: at(FILES.bubbleWasm) });
    const box = this.#make("div", { class: "porchlight" });
    // Keys typed in the panel are not shortcuts of the page.
    for (const key of ["keydown", "keypress", "keyup"]) box.addEventListener(key, (event) => event.stopPropagation());
    this.#root.append(box);
    return bubble.mount(box, {
      ...this.config,
      site: document.querySelector("a[data-porchlight]")?.href,
      worker: workerAddress(),
      module: () => import(WORKER),
      emit,
      onclose: (hadFocus) => this.#closed(hadFocus),
      // Its own code has stopped for good; a fresh copy picks the conversation up from the store.
      onfail: () => setTimeout(() => {
        this.#panel = undefined;
        this.#root.querySelector(".porchlight")?.remove();
        this.#fail(new Error("porchlight: the panel has stopped"));
      }),
    });
  }

  #closed(hadFocus) {
    this.#launcher.setAttribute("aria-expanded", "false");
    const opener = this.#opener?.isConnected ? this.#opener : this.#launcher;
    if (hadFocus) opener.focus();
    this.#opener = undefined;
    emit("close");
  }

  /** Says that help could not be loaded, and what is left: once more, or a person. Never a dead button. */
  #fail(error, quiet = false) {
    console.error(error);
    this.#panel = undefined;
    this.#root.querySelector(".porchlight")?.remove();
    this.#launcher.setAttribute("aria-expanded", "false");
    emit("error", { during: "load", kind: "unavailable" });
    const note = this.#make("div", { class: "failed", role: "alert" });
    const says = this.#make("p");
    says.textContent = this.words.failed;
    const again = this.#make("button", { type: "button" });
    again.textContent = this.words.again;
    again.onclick = () => this.open({}, this.#launcher);
    note.append(says, again);
    if (/^(https?:|mailto:|tel:|[^:]*$)/i.test(this.config.contact ?? ":")) {
      const person = this.#make("a", { href: this.config.contact });
      person.textContent = this.words.person;
      person.onclick = () => emit("contact");
      note.append(person);
    }
    this.#root.querySelector(".failed")?.remove();
    this.#root.append(note);
    if (!quiet) again.focus();
  }

  #make(name, attributes = {}) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }
}

function picture(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

let fetched = false;
function prefetch() {
  if (fetched) return;
  fetched = true;
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = at(FILES.bubble);
  document.head.append(link);
  fetch(at(FILES.bubbleWasm)).catch(() => {});
}

/** Plain links that the bubble takes over. With a modifier, or without this script, they stay plain links. */
function follow(event) {
  const link = event.target.closest?.("a[data-porchlight]");
  if (!link || !current || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  current.open({}, link);
}

// A second copy of this file finds the name taken and does nothing.
if (!customElements.get(TAG)) {
  customElements.define(TAG, PorchlightHelp);
  document.addEventListener("click", follow);

  const script = [...document.querySelectorAll("script[data-kb]")].find((script) => script.src === import.meta.url);
  let own;
  /** Puts the element into the page, and back into it where a router replaces the whole body. */
  const place = () => {
    if (document.body && !document.querySelector(TAG)) document.body.append(own);
  };
  const router = new MutationObserver(place);
  if (script) {
    own = document.createElement(TAG);
    for (const name of ["kb", "contact", "desk", "lang"]) {
      if (script.dataset[name]) own.setAttribute(name, script.dataset[name]);
    }
    place();
    router.observe(document.documentElement, { childList: true });
  }

  globalThis.porchlight = {
    open: (what) => current?.open(what),
    close: () => current?.close(),
    /** Calls `fn` at each event of this name; returns a function that ends it. */
    on(name, fn) {
      if (!ears.has(name)) ears.set(name, new Set());
      ears.get(name).add(fn);
      return () => ears.get(name).delete(fn);
    },
    /** Takes everything off the page. */
    destroy() {
      router.disconnect();
      document.removeEventListener("click", follow);
      document.querySelectorAll(TAG).forEach((element) => element.remove());
      ears.clear();
    },
  };
}
