// What e2e/xss.rs does inside pages, frames and consoles.

/** What must not be in a document and its shadow roots. In the head only files of one's own are let in. */
const look = (page, desk) => {
  const found = [];
  const bad = new Set(["script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "link",
    "meta", "style", "template", "math", "audio", "video", "marquee", "foreignobject", "animate", "set", "use"]);
  const address = /^(href|src|srcset|action|formaction|data|poster|background|cite|ping|codebase|xlink:href)$/i;
  const spaces = ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"];
  const own = (text) => text === "data:," || new URL(text, page.baseURI).origin === page.defaultView.origin;
  const inHead = {
    script: (node) => own(node.src || "https://inline.example"),
    link: (node) => own(node.href),
    meta: (node) => !node.httpEquiv,
    title: () => true,
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      const name = node.localName.toLowerCase();
      const tell = (why) => found.push(`${why}: ${node.outerHTML.slice(0, 200)}`);
      if (page.head.contains(node)) {
        if (node !== page.head && !inHead[name]?.(node)) tell("in the head");
      } else if (bad.has(name)) {
        const isChat = name === "iframe" && desk && node.src.startsWith(desk)
          && node.getRootNode().host?.localName === "porchlight-help";
        if (!isChat) tell("a forbidden element");
      }
      if (!spaces.includes(node.namespaceURI)) tell("a foreign namespace");
      for (const { name, value } of node.attributes) {
        if (/^on/i.test(name)) tell("a handler");
        if (/^srcdoc$/i.test(name)) tell("a document");
        if (/^style$/i.test(name) && node.closest("article")) tell("a style");
        if (!address.test(name)) continue;
        let scheme = "broken:";
        try { scheme = new URL(value, page.baseURI).protocol; } catch {}
        const isIcon = value === "data:," && page.head.contains(node);
        // A broken address on the web leads nowhere.
        if (scheme === "broken:" && /^https?:\/\//.test(value)) continue;
        if (!/^(https?|mailto|tel):$/.test(scheme) && !isIcon) tell(`an address by ${scheme}`);
      }
      if (node.shadowRoot) walk(node.shadowRoot);
    }
  };
  walk(page);
  if (page.defaultView.__seen) found.push(`ran: ${page.defaultView.__seen}`);
  return found;
};

/** All of the page that is not ours, and its global names. */
const host = () => JSON.stringify([
  [...document.querySelectorAll("*")].filter((node) => node.localName !== "porchlight-help")
    .map((node) => node.localName + [...node.attributes].map((one) => ` ${one.name}=${one.value}`).join("")),
  Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)).sort(),
]);

const turn = () => new Promise((go) => setTimeout(go));
const until = async (what, seen) => {
  for (const begun = performance.now(); !seen(); await turn()) {
    if (performance.now() - begun > 60000) throw new Error(`in vain for ${what}`);
  }
};
const panel = () => document.querySelector("porchlight-help").shadowRoot;

/** Waits for the greeting with all that it offers. */
const greeted = () => until("the greeting", () => panel()?.querySelector(".greeting .plain"));

/** Goes to the list of articles, and gives their slugs. */
const listed = async () => {
  panel().querySelector(".greeting .plain").click();
  const links = () => [...panel().querySelectorAll(".picks a.pick")];
  await until("the list", () => links().length);
  const slugs = links().map(({ href }) => decodeURIComponent(new URL(href).pathname.replace(/^\/help\/|\/$/g, "")));
  return slugs;
};

/** Back to the conversation. */
const back = async () => {
  const shown = () => panel().querySelector(".views > .view:not(.talk, [data-desk]) > .back");
  shown().click();
  await until("the conversation", () => !shown());
};

/** Opens each article in the panel; tells what is found, the marks of what is seen, and which articles are not to be had. */
const read = async ({ articles, desk }) => {
  const [found, marks, lost] = [[], [], []];
  for (const article of articles) {
    porchlight.open({ article });
    const shown = () => panel().querySelector(".views > .view:not(.talk, [data-desk]) :is(article, .card[role=alert])");
    await until(`the article ${article}`, shown);
    if (shown().localName !== "article") lost.push(article);
    marks.push(...(shown().textContent.match(/(?<=raw )[nop]\d{4}/g) ?? []));
    found.push(...look(document, desk).map((one) => `${article.slice(0, 60)}: ${one}`));
    shown().closest(".view").querySelector(".back").click();
    await until("the way back", () => !shown());
  }
  return { found, marks, lost };
};

/** Asks, has others shown, picks, looks, and goes to a person. */
const ask = async ({ questions, desk }) => {
  const all = (selector) => [...panel().querySelectorAll(selector)];
  const words = (text) => text.normalize("NFC").replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  all("button").find((one) => one.textContent === "Clear this conversation")?.click();
  await until("an empty log", () => !all(".entry").length);
  const expected = questions.map(words).filter((text) => text);
  for (const question of questions) porchlight.open({ question });
  await until("all replies", () => all(".entry").length >= 2 * expected.length);
  const shown = all(".entry.own > p").map((own) => own.textContent.slice(own.querySelector(".unseen").textContent.length));
  const found = expected.filter((text, at) => text !== shown[at]).map((text) => `shown otherwise: ${text.slice(0, 80)}`);
  for (const selector of [".feedback button:last-child", ".picks .pick", ".passage + .plain"]) {
    for (let n = 0; n < Math.min(all(selector).length, 5); n += 1) {
      all(selector)[n].click();
      await turn();
    }
  }
  found.push(...look(document, desk));
  document.title = questions.join(" ").slice(0, 8000);
  history.replaceState(null, "", `?${encodeURIComponent(questions[0].slice(0, 500))}#${questions[1].slice(0, 500)}`);
  all(".person .contact")[0].click();
  return found;
};

/** Writes into the chat's form. */
const fill = (form, fields) => {
  const page = form.ownerDocument;
  for (const [id, text] of Object.entries(fields)) {
    const field = page.getElementById(id);
    field.value = text;
    field.dispatchEvent(new page.defaultView.InputEvent("input", { bubbles: true }));
  }
};

/** In the chat's form: waits for the preview with this mark, writes, shows the raw request, looks. */
const preview = async (form, { mark, fields }) => {
  await until(`the preview of ${mark}`, () => form.textContent.includes(mark));
  fill(form, fields);
  [...form.querySelectorAll("button.plain[aria-expanded=false]")].at(-1)?.click();
  await turn();
  return look(form.ownerDocument, "");
};

/** In a log: waits until both sides' last words are there, and looks. */
const talked = async (log, { last }) => {
  await until("all messages", () => log.textContent.split(last).length > 2);
  return look(log.ownerDocument, "");
};

/** Sends bodies or texts to a route of the desk, some at the same time, and gives what it answers. */
const post = async ({ bodies, prefix, route, visitor }) => {
  const kept = visitor && Object.entries(localStorage).find(([name]) => name.endsWith(":conversation"))[1];
  const authorization = kept ? { authorization: `Bearer ${JSON.parse(kept).token}` } : {};
  const send = async (body, n) => {
    const headers = { ...authorization, "idempotency-key": prefix + n, "content-type": "application/json" };
    const given = typeof body === "string" ? { client_message_id: prefix + n, text: body } : body;
    const answer = await fetch(route, { method: "POST", headers, body: JSON.stringify(given) });
    return { ...(await answer.json()), status: answer.status };
  };
  const answers = [];
  for (let at = 0; at < bodies.length; at += 16) {
    answers.push(...(await Promise.all(bodies.slice(at, at + 16).map((body, n) => send(body, at + n)))));
  }
  return answers;
};

/** The same in a frame: what it keeps is the element's. */
const postFrom = (element, value) => post(value);

/** Opens conversations in the console one after the other, and looks at each. */
const open = async ({ conversations }) => {
  const found = [];
  for (const { conversation, receipt } of conversations) {
    location.hash = `#/c/${conversation}`;
    const isThere = () => document.getElementById("brief")?.textContent.includes(receipt)
      && document.querySelector("#log .said, #log .happened");
    await until(`the conversation ${receipt}`, isThere);
    found.push(...look(document, "").map((one) => `${receipt}: ${one}`));
  }
  return found;
};
