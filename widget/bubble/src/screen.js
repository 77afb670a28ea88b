// What the panel needs of the screen: the part that a keyboard leaves, the latest entry in sight, the focus kept inside while the
// panel is the whole screen, and the clipboard. In the module all of it would be three times as long.

/** Whether the panel is the whole screen, as below 640 px. The style sheets say the same. */
const narrow = (box) => !box.getRootNode().host.hasAttribute("inline") && matchMedia("(max-width: 639.98px)").matches;

/** Room above an entry that is scrolled to. */
const ROOM = 12;

/** What Tab stops at. */
const STOPS = "a[href], button, select, textarea, summary, [tabindex='0']";

const latest = (scroller) => scroller.querySelector(".log > :last-child");

/** Scrolls to the end, but never past the beginning of the latest entry. */
function showLatest(scroller) {
  const [entry, end] = [latest(scroller), scroller.scrollHeight - scroller.clientHeight];
  scroller.scrollTop = entry ? Math.min(end, entry.offsetTop - ROOM) : end;
}

/** Whether something of the latest entry can be seen. */
function showsLatest(scroller) {
  const entry = latest(scroller);
  const above = entry?.offsetTop - scroller.scrollTop;
  return above < scroller.clientHeight && above + entry.offsetHeight > 0;
}

/**
 * Keeps `--seen-height` and `--seen-top` of the panel at what is visible, for on phones a keyboard covers the page without
 * resizing it, and `aria-modal` at whether the panel covers all else. Where the latest entry could be seen before, it can be
 * afterwards.
 */
function followScreen(panel, signal) {
  const screen = globalThis.visualViewport;
  if (!screen) return;
  const scroller = panel.querySelector(".talk");
  let atLatest = false;
  scroller.addEventListener("scroll", () => (atLatest = showsLatest(scroller)), { signal });
  const fit = () => {
    // Whole pixels: nobody sees less. Through the object model, which policies on inline styles leave alone.
    panel.style.setProperty("--seen-height", Math.floor(screen.height) + "px");
    panel.style.setProperty("--seen-top", Math.floor(screen.offsetTop) + "px");
    if (narrow(panel)) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
    if (atLatest) showLatest(scroller);
  };
  fit();
  for (const name of ["resize", "scroll"]) screen.addEventListener(name, fit, { signal });
}

/** While the panel is the whole screen, Tab goes round in it: what lies behind cannot be seen. */
function goRound(event, box) {
  if (event.key !== "Tab" || event.isComposing) return;
  // Views that are away keep their place on the screen.
  const stops = Array.from(box.querySelectorAll(STOPS)).filter((stop) => stop.offsetHeight && !stop.closest("[data-away]"));
  const ends = [stops[0], stops.at(-1)];
  if (!event.shiftKey) ends.reverse();
  if (stops.length && box.getRootNode().activeElement === ends[0]) {
    event.preventDefault();
    ends[1].focus();
  }
}

/** Copies the code before a button and says so behind it; where the clipboard is out of reach, the code is marked. */
async function copy(button) {
  const code = button.previousSibling;
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.nextSibling.textContent = button.value;
  } catch {
    getSelection().selectAllChildren(code);
  }
}
