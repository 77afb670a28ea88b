/**
 * The way to a person: the desk's chat in a frame of the desk's own origin, inside the view that the panel draws for it.
 * The loader fetches this file when a visitor first takes that way, or has a conversation open.
 *
 * What is said to a person stays in the frame, where no script of the host page can read it. Over the port go only the
 * shapes that are written out below: the visit's record to the frame, and back that something happened, never what.
 */

// Taken now, so that nothing which the page loads later stands between.
const Channel = MessageChannel;
const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;

/** How long, in milliseconds, a frame may say nothing before the desk counts as unreachable. */
const PATIENCE = 8000;
/** Longest wait between two attempts, in seconds. */
const LONGEST = 60;
/** Owner's looks that the frame may follow. */
const LOOKS = ["accent", "surface", "text", "radius", "font"];
/** The loader's key: here it becomes "0", or goes, while the panel is closed. */
const OPEN = "porchlight.open";
/** The panel's key: "t" while a conversation is open, "v" while its view is to be shown. */
const PERSON = "porchlight.person";

/** Gives what was asked and shown as a text file. It is here because it is asked for as rarely. Nothing of it goes anywhere else. */
export function save(box) {
  const said = box.querySelectorAll(".log .own > *, .log .label, .log .passage, .log .card > p:not(.label)");
  const text = Array.from(said, (part) => part.innerText).join("\n\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text, "\n"], { type: "text/plain" }));
  link.download = "conversation.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The chat of each view. */
const chats = new WeakMap();

/** Brings a view's chat in keeping with how the view is shown now. `record` is the visit as the panel keeps it, or null. */
export default function frame(view, record) {
  if (!chats.has(view)) chats.set(view, chat(view));
  chats.get(view)(record);
}

function chat(view) {
  const panel = view.closest(".panel");
  const root = view.getRootNode();
  const address = new URL(view.dataset.desk.replace(/\/*$/, "/chat/"));
  let iframe; // of the latest attempt
  let port; // to the page in it
  let ready = false; // it has answered
  let visit; // the latest record
  let talking = kept(PERSON).includes("t"); // until the frame says otherwise
  let attempts = 0;
  let timer; // of what comes next while the frame is not ready; 0 where nothing does

  const there = () => !view.hasAttribute("data-away");
  const shown = () => there() && !panel.hidden;
  const tell = (message) => apply(postMessage, port, [message]);

  /** Tries with a new frame: another address in the old one would be a step in the page's history. */
  function call() {
    const lang = view.closest("[lang]").lang;
    address.searchParams.set("lang", lang);
    iframe?.remove();
    iframe = document.createElement("iframe");
    iframe.title = view.getAttribute("aria-label");
    iframe.allow = "";
    iframe.referrerPolicy = "origin";
    iframe.src = address;
    iframe.onload = greet;
    view.insertBefore(iframe, edge);
    wait();
  }

  /** A page is there: the desk's, or the browser's about an error, which this cannot tell apart and which hears nothing. */
  function greet() {
    const { port1, port2 } = new Channel();
    port?.close();
    port = port1;
    port.onmessage = hear;
    ready = false;
    iframe.contentWindow.postMessage({ porchlight: 1 }, address.origin, [port2]);
    wait();
  }

  /** Gives the frame some time to answer, then says so and tries again later and later. A late answer still counts. */
  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // What goes out of sight cannot keep the focus.
      if (root.activeElement === iframe) view.focus();
      view.dataset.state = "down";
      const seconds = Math.min(2 ** ++attempts, LONGEST);
      // Not all visitors at once.
      timer = setTimeout(again, seconds * (500 + 500 * Math.random()));
    }, PATIENCE);
  }

  function again() {
    timer = 0;
    if (!ready && view.isConnected && (talking || shown())) call();
  }

  function hear({ data }) {
    const { type, value, count } = data ?? {};
    if (type === "ready") {
      clearTimeout(timer);
      ready = true;
      attempts = 0;
      view.dataset.state = "here";
      open();
      settle();
    } else if (type === "talking" && typeof value === "boolean") {
      talking = value;
      remember();
    } else if (type === "unread" && Number.isSafeInteger(count) && count >= 0) {
      mark(count);
    } else if (type === "back" && shown()) {
      view.querySelector(".back").click();
    } else if (type === "escape" && shown()) {
      // As if it had been pressed in the panel.
      view.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    }
  }

  function open() {
    const computed = getComputedStyle(view);
    const style = {};
    for (const name of LOOKS) {
      const look = computed.getPropertyValue(`--porchlight-${name}`).trim();
      if (look) style[name] = look;
    }
    const page = { url: location.href.split("#")[0], title: document.querySelector("head > title")?.textContent ?? "" };
    tell({ type: "open", record: visit, page, lang: view.closest("[lang]").lang, style });
  }

  /** Tells the frame whether it is seen; where its view has the focus, the frame gets it. */
  function settle() {
    tell({ type: "visible", value: shown() });
    if (shown() && view.contains(root.activeElement)) {
      iframe.focus();
      tell({ type: "focus" });
    }
  }

  /** For the next page: a closed panel stays closed, and the conversation goes on behind it. */
  function remember() {
    keep(PERSON, (talking ? "t" : "") + (there() && (talking || !panel.hidden) ? "v" : ""));
    if (panel.hidden) keep(OPEN, talking ? "0" : "");
  }

  /** Replies that the visitor has not seen: on the launcher, in its description, in the panel's row, and read out. */
  function mark(count) {
    const note = panel.querySelector(".unread");
    note.querySelector("b").textContent = count;
    note.hidden = !count;
    news.textContent = count ? note.textContent : "";
    const launcher = root.querySelector(".launcher");
    launcher.ariaDescription = count ? note.textContent : null;
    if (count) launcher.dataset.unread = count > 99 ? "99+" : count;
    else delete launcher.dataset.unread;
  }

  // Behind the frame: where the panel is the whole screen, the focus that leaves the frame stays in the panel.
  const edge = document.createElement("span");
  edge.tabIndex = 0;
  edge.onfocus = ({ relatedTarget }) => {
    const target = relatedTarget === iframe ? panel.querySelector(".head :is(select, button)") : iframe;
    target.focus();
  };
  view.append(edge);
  // Outside the panel, which may be closed.
  const news = document.createElement("div");
  news.role = "status";
  news.style.cssText = "position:fixed;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)";
  panel.after(news);
  addEventListener("online", again);
  // The owner's looks may be others in the dark.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => ready && open());

  return (record) => {
    visit = record;
    remember();
    if (!ready) {
      // Whoever comes back to a desk that was down need not wait for the next attempt.
      if (!timer || (view.dataset.state === "down" && shown())) call();
    } else {
      if (shown()) open();
      settle();
    }
  };
}

/** Storage may be denied: then there is no memory, and all else goes on. */
function kept(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
