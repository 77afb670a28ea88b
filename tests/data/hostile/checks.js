// To be run in the page (Runtime.evaluate) before its checks. Uses nothing that host pages patch: plain loops, and
// functions of the platform through `call` where names may be clobbered.
(() => {
  const one = (selector, root = document) => Document.prototype.querySelector.call(document, selector) && root.querySelector(selector);
  const host = () => Document.prototype.querySelector.call(document, "porchlight-help");
  const inside = (selector) => host()?.shadowRoot?.querySelector(selector) ?? null;
  const box = (element) => (element ? Element.prototype.getBoundingClientRect.call(element) : null);
  // In the window, and what a pointer meets at its middle and near its corners (round buttons: towards the middle).
  const reachable = (element) => {
    const b = box(element);
    if (!b || b.width < 1 || b.height < 1) return false;
    if (b.left < -1 || b.top < -1 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1) return false;
    const points = [[0.5, 0.5], [0.3, 0.3], [0.7, 0.3], [0.3, 0.7], [0.7, 0.7]];
    for (let i = 0; i < points.length; i += 1) {
      const met = document.elementFromPoint(b.left + b.width * points[i][0], b.top + b.height * points[i][1]);
      if (met !== host()) return false;
    }
    return true;
  };
  const hostile = {
    host, inside, reachable,
    /** All computed properties of the five samples, one text each. */
    styles() {
      const all = Document.prototype.querySelectorAll.call(document, ".sample");
      const out = [];
      for (let i = 0; i < all.length; i += 1) {
        const style = getComputedStyle(all[i]);
        let text = "";
        for (let j = 0; j < style.length; j += 1) text += style[j] + ":" + style.getPropertyValue(style[j]) + ";";
        out[i] = text;
      }
      return out.join("\n");
    },
    /** Page's nodes without our element: must be the same with and without the widget. */
    nodes() {
      const all = Document.prototype.querySelectorAll.call(document, "*");
      let count = 0;
      for (let i = 0; i < all.length; i += 1) if (all[i].localName !== "porchlight-help" && !all[i].hasAttribute("data-kb")) count += 1;
      return count;
    },
    launcher() {
      const b = box(inside(".launcher"));
      return !!b && b.width >= 44 && b.height >= 44 && b.width <= 80 && reachable(inside(".launcher"));
    },
    /** The launcher lies in the lower corner at the end of the line. */
    corner() {
      const b = box(inside(".launcher"));
      if (!b) return false;
      const rtl = getComputedStyle(host()).direction === "rtl";
      return innerHeight - b.bottom < 60 && (rtl ? b.left : innerWidth - b.right) < 60;
    },
    panel() {
      const panel = inside(".panel");
      const b = box(panel);
      return !!b && b.width >= 300 && b.height >= 300 && reachable(panel) && reachable(inside(".panel textarea")) && reachable(inside(".panel .ask"));
    },
    /** What the page's style sheets must not have reached. Each deviation by name. */
    looks() {
      const want = { letterSpacing: "normal", wordSpacing: "0px", textTransform: "none", textIndent: "0px", fontStyle: "normal", visibility: "visible", opacity: "1", pointerEvents: "auto", writingMode: "horizontal-tb", textShadow: "none", whiteSpace: "normal", textDecorationLine: "none", listStylePosition: "outside" };
      const wrong = [];
      const places = [".launcher", ".panel", ".panel .head h2", ".panel .ask"];
      for (let i = 0; i < places.length; i += 1) {
        const element = inside(places[i]);
        if (!element) continue;
        const style = getComputedStyle(element);
        for (const name in want) {
          if (!Object.prototype.hasOwnProperty.call(want, name)) continue;
          if (name === "whiteSpace" && places[i] === ".panel .head h2") continue;
          if (style[name] !== want[name]) wrong[wrong.length] = places[i] + " " + name + " " + style[name];
        }
        if (style.webkitTextFillColor !== style.color) wrong[wrong.length] = places[i] + " webkitTextFillColor " + style.webkitTextFillColor;
        if (style.webkitUserSelect === "none" && places[i] !== ".launcher" && places[i] !== ".panel .ask") wrong[wrong.length] = places[i] + " userSelect none";
      }
      return wrong.join("; ");
    },
    /** Text of the panel can be read on its ground: the worst contrast of cells, headings and paragraphs. */
    contrast() {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const light = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const d = canvas.getImageData(0, 0, 1, 1).data;
        let sum = 0;
        const part = [0.2126, 0.7152, 0.0722];
        for (let i = 0; i < 3; i += 1) { const c = d[i] / 255; sum += part[i] * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); }
        return sum;
      };
      const ground = light(getComputedStyle(inside(".panel")).backgroundColor);
      const all = host().shadowRoot.querySelectorAll(".panel .prose :is(td, th, p, h2, h3, li)");
      let worst = 21;
      for (let i = 0; i < all.length; i += 1) {
        const text = light(getComputedStyle(all[i]).color);
        worst = Math.min(worst, (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05));
      }
      return worst;
    },
    focused() {
      return document.activeElement === host() ? host().shadowRoot.activeElement?.className ?? "" : "";
    },
    hosts() {
      return Document.prototype.querySelectorAll.call(document, "porchlight-help").length;
    },
  };
  void one;
  globalThis.hostile = hostile;
})();
