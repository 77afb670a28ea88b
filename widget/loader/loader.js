/**
 * Porchlight's loader: the launcher, and nothing else until a visitor wants help.
 *
 *   <script type="module" src="/porchlight/loader.js" data-kb="/kb/" data-contact="mailto:help@example"></script>
 *
 * or the element <porchlight-help kb="/kb/" contact="…">, which takes `kb`, `contact`, `desk` and `lang`; with `inline` the
 * panel stands where the element does, always open.
 * From the page: porchlight.open({question, article}), close(), on(event, fn), destroy(). Events: open, close,
 * answer {decision}, contact, error. No event ever carries what a visitor wrote.
 */

// The build puts the hashed names here; they are relative to this file.
const FILES = {"bubble":"assets/bubble.js","module":"assets/bubble_bg.wasm","worker":"assets/worker.js","engine":"assets/engine.wasm","seal":""};

const TAG = "porchlight-help";
const at = (file) => new URL(file, import.meta.url).href;

const TEXT = {
  en: ["Help", "Help could not be loaded.", "Try again", "Talk to a person"],
  ko: ["도움말", "도움말을 불러오지 못했어요.", "다시 시도", "상담원과 대화"]
};

// White or black stands on the accent, whichever has more contrast. What is important in here beats what is important on the
// page; `hidden` hides us nevertheless. Written tight: the build leaves literals as they are.
const STYLE = `
:host{all:initial!important}
:host([hidden]){display:none!important}
.launcher,.failed{--accent:var(--porchlight-accent,#9a5b00);--surface:var(--porchlight-surface,#fff);--text:var(--porchlight-text,#25211c);position:fixed;inset-inline:var(--porchlight-start,auto) var(--porchlight-end,calc(var(--porchlight-offset,16px) + env(safe-area-inset-right)));inset-block-end:calc(var(--porchlight-offset,16px) + env(safe-area-inset-bottom));z-index:var(--porchlight-z,2147483000);border:1px solid transparent;box-shadow:0 2px 10px #0003;color:var(--text);font:15px/1.5 var(--porchlight-font,system-ui,sans-serif)}
.launcher{inline-size:52px;block-size:52px;padding:12px;border-radius:50%;background:var(--accent);color:#fff;color:lab(from var(--accent) clamp(0,(49.4 - l) * 1e6,100) 0 0);cursor:pointer}
.launcher svg{display:block;fill:none;stroke:currentcolor;stroke-width:2;stroke-linecap:round}
.launcher[aria-busy] svg{opacity:.5}
.launcher:focus-visible{outline:2px solid var(--text);outline-offset:2px;box-shadow:0 0 0 2px var(--surface)}
.failed{margin-block-end:64px;padding:16px;border-color:color-mix(in srgb,var(--text) 40%,transparent);border-radius:var(--porchlight-radius,16px);background:var(--surface)}
.failed p{margin:0}
.failed :not(p){margin-inline-end:16px;padding:11px 0;border:0;background:none;color:inherit;font:inherit;text-decoration:underline;cursor:pointer}
@media (max-width:639.98px){.launcher[aria-expanded="true"]{visibility:hidden}}
@media (prefers-color-scheme:dark){.launcher,.failed{--accent:var(--porchlight-accent,#e0a24a);--surface:var(--porchlight-surface,#1d1a17);--text:var(--porchlight-text,#efe8df)}}
@media print{:host{display:none!important}}`;

/** Hears what the panel says: event name -> functions. A plain object, for pages have had a `Map` of their own. */
let ears = { __proto__: null };

function emit(name, detail = {}) {
  // A listener's error belongs to the page: it is reported there, and stops nothing here.
  for (const ear of ears[name] ?? []) queueMicrotask(() => ear(detail));
}

/** The element at work: the API and the page's links speak to it. */
let current;

class Help extends HTMLElement {
  #root;
  #words;
  #config;
  #launcher;
  #panel; // promise of the mounted panel, from the first intent on
  #opener; // what gets the focus back
  #life; // aborts every listener of this connection
  #failures = 0;

  connectedCallback() {
    this.#root ??= this.attachShadow({ mode: "open" });
    this.#life = new AbortController();
    const lang = this.lang || (this.parentElement?.closest("[lang]") ?? document.querySelector("body[lang]"))?.lang || "en";
    this.#words = TEXT[lang.split("-")[0].toLowerCase()] ?? TEXT.en;
    this.#config = {
      kb: new URL((this.getAttribute("kb") || "kb").replace(/\/*$/, "/"), location).href,
      lang,
      contact: this.getAttribute("contact"),
      desk: this.getAttribute("desk"),
      inline: this.hasAttribute("inline"),
    };
    const { inline } = this.#config;
    if (!inline || !current) current = this;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.append(document.createElementNS(icon.namespaceURI, "path"));
    icon.firstChild.setAttribute("d", "M9.5 9.5a2.5 2.5 0 1 1 4 2q-1.5 1-1.5 2.2m0 3.3v.1m0-14.1a9 9 0 1 1-4.5 16.8L3 21l1.2-4.5A9 9 0 0 1 12 3");
    const onclick = () => (this.#shown ? this.close() : this.open({}, this.#launcher));
    this.#launcher = make("button", "", { className: "launcher", ariaLabel: this.#words[0], ariaHasPopup: "dialog", ariaExpanded: false, hidden: inline, onclick });
    this.#launcher.append(icon);
    this.#root.replaceChildren(this.#launcher);
    for (const name of ["pointerenter", "focusin", "touchstart"]) this.#launcher.addEventListener(name, () => prefetch(this.#config));

    // Standing intent from the page before: "1" is a panel left open, "0" a conversation with a person behind a closed
    // one. The focus stays where it is. The first look into the store takes long, and waits for its turn.
    setTimeout(() => {
      try {
        const quiet = inline ? "1" : localStorage.getItem("porchlight.open");
        if (quiet && this.isConnected) this.open({ quiet });
      } catch {
        // No storage, no memory.
      }
    });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#panel?.then((panel) => panel.destroy(), () => {});
    this.#panel = this.#opener = undefined;
    if (current === this) current = undefined;
  }

  /** Whether the panel is open; told by the launcher, which says so to everyone. */
  get #shown() {
    return this.#launcher.ariaExpanded === "true";
  }

  set #shown(shown) {
    this.#launcher.ariaExpanded = shown;
  }

  async open({ question, article, quiet } = {}, opener) {
    if (opener) this.#opener = opener;
    const life = this.#life;
    this.#launcher.ariaBusy = "true";
    this.#drop(".failed");
    try {
      this.#panel ??= this.#load(quiet);
      const panel = await this.#panel;
      if (life.signal.aborted || quiet === "0") return;
      panel.open(question, article, quiet);
      if (!this.#shown) {
        this.#shown = true;
        emit("open");
      }
    } catch (error) {
      if (!life.signal.aborted) this.#fail(error, quiet);
    } finally {
      this.#launcher.ariaBusy = null;
    }
  }

  close() {
    this.#panel?.then((panel) => panel.close(), () => {});
  }

  async #load(quiet) {
    prefetch(this.#config);
    const box = make("div", "", { className: "porchlight" });
    const given = {
      ...this.#config,
      box,
      signal: this.#life.signal,
      sealed,
      emit,
      onclose: (hadFocus) => this.#closed(hadFocus),
      onfail: (error) => this.#panel && this.#fail(error),
    };
    // A browser may remember that a module failed: a retry asks by another name.
    const script = at(FILES.bubble) + "?".repeat(this.#failures);
    await sealed(script, seal);
    const bubble = await import(script);
    bubble.begin(given, quiet);
    await bubble.default(given);
    this.#root.append(box);
    return bubble.mount(box, given);
  }

  #closed(hadFocus) {
    this.#shown = false;
    const opener = this.#opener?.isConnected ? this.#opener : this.#launcher;
    if (hadFocus) opener.focus();
    this.#opener = undefined;
    emit("close");
  }

  /** Says that help could not be loaded, and what is left: once more, or a person. Never a dead button. */
  #fail(error, quiet) {
    console.error(error);
    this.#failures += 1;
    this.#panel = undefined;
    this.#drop(".porchlight, .failed");
    this.#shown = false;
    if (quiet === "0") return;
    const [, says, retry, person] = this.#words;
    const note = make("div", "", { className: "failed", role: "alert" });
    const again = make("button", retry, { onclick: () => this.open({}, this.#launcher) });
    note.append(make("p", says), again);
    const { contact } = this.#config;
    if (/^(https?|mailto|tel):|^\//i.test(contact)) note.append(make("a", person, { href: contact, onclick: () => emit("contact") }));
    this.#root.append(note);
    if (!quiet) again.focus();
    emit("error", { during: "load", kind: "unavailable" });
  }

  #drop(selector) {
    for (const element of Array.from(this.#root.querySelectorAll(selector))) element.remove();
  }
}

/** An element with this text and these properties. */
const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);

/** A file as it was built, or an error. A browser's copy that is something else is fetched once more. */
const sealed = (url, integrity) => fetch(url, { integrity }).catch(() => fetch(url, { integrity, cache: "reload" }));

/**
 * Begins to fetch everything that a first answer needs, all at once: code beside the manifest and the index that it names.
 * Who needs a file then finds it in the browser's cache. Whatever fails here fails again where it is needed, and is told there.
 */
const { seal, ...files } = FILES;
let fetched;
function prefetch({ kb, lang }) {
  fetched ??= [
    ...Object.values(files).map((file) => fetch(at(file))),
    fetch(kb + "manifest.json", { cache: "no-cache" }).then((file) => file.json()).then(({ languages: l, default: d }) => fetch(kb + (l[lang.slice(0, 2)] ?? l[d]).head[0].path))
  ].map((one) => one.catch(() => {}));
}

/** Plain links that the bubble takes over. With a modifier, or without this script, they stay plain links. */
function follow(event) {
  const link = event.target.closest?.("a[data-porchlight]");
  // A modal dialog of the page would lie over the panel, and keep everything from it.
  if (!link || !current || link.closest(":modal") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  current.open({}, link);
}

// A second copy of this file finds the name taken and does nothing.
if (!customElements.get(TAG)) {
  customElements.define(TAG, Help);
  document.addEventListener("click", follow);

  const script = document.querySelector("script[data-kb]");
  let own;
  /**
   * Puts the element beside the page's body: there no router replaces it, and no transform or zoom of the body moves it.
   * A page that writes its document anew has another root.
   */
  const place = () => {
    for (const node of [document, document.documentElement]) router.observe(node, { childList: true });
    // Whoever takes it away each time shall have it so.
    document.querySelector(TAG + ":not([inline])") || (left -= 1) < 0 || document.documentElement.append(own);
  };
  let left = 99;
  const router = new MutationObserver(place);
  if (script) {
    own = document.createElement(TAG);
    own.dir = document.body?.dir ?? "";
    for (const name of ["kb", "contact", "desk", "lang"]) if (script.dataset[name]) own.setAttribute(name, script.dataset[name]);
    place();
  }

  globalThis.porchlight = {
    open: (what) => current?.open(what),
    close: () => current?.close(),
    /** Calls `fn` at each event of this name; returns a function that ends it. */
    on(name, fn) {
      ears[name] = [...(ears[name] ?? []), fn];
      return () => {
        ears[name] = ears[name]?.filter((ear) => ear !== fn);
      };
    },
    /** Takes everything off the page. */
    destroy() {
      router.disconnect();
      document.removeEventListener("click", follow);
      for (const element of Array.from(document.querySelectorAll(TAG))) element.remove();
      ears = { __proto__: null };
    },
  };
}
