// The preview's part in a page: hears of new builds, reloads, and lays what is wrong over the page.

const ko = /^ko\b/i.test(document.documentElement.lang);
const WORDS = ko
  ? { wrong: "문서에 오류가 있어요", kept: "오류를 고치면 바뀐 내용을 보여드려요.", gone: "미리 보기 서버와 연결이 끊겼어요. 다시 연결하는 중이에요.", close: "닫기" }
  : { wrong: "There are errors in the articles", kept: "What you changed is shown once they are mended.", gone: "The preview's server cannot be reached. Trying again.", close: "Close" };

const STYLE = `
:host{all: initial}
section{position: fixed;inset-block-end: 0;inset-inline: 0;z-index: 2147483001;max-block-size: 60vh;overflow: auto;padding: 16px 20px;background: #2a1512;color: #fff3ef;border-block-start: 3px solid #f2948d;font: 15px/1.5 system-ui, sans-serif}
h2{margin: 0 0 4px;font-size: 17px}
p{margin: 0 0 8px}
ul{margin: 0;padding-inline-start: 20px}
li{margin-block: 8px;overflow-wrap: anywhere}
code{font: 13px/1.5 ui-monospace, monospace;color: #ffcfc7}
button{float: inline-end;padding: 6px 12px;border: 1px solid #f2948d;border-radius: 6px;background: none;color: inherit;font: inherit;cursor: pointer}
button:focus-visible{outline: 2px solid #fff;outline-offset: 2px}`;

const host = document.createElement("porchlight-preview");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];
document.body.append(host);

function make(name, text, ...children) {
  const element = document.createElement(name);
  element.textContent = text;
  element.append(...children);
  return element;
}

function show(title, note, errors) {
  const button = make("button", WORDS.close);
  button.onclick = () => root.replaceChildren();
  const items = errors.map(({ file, line, column, code, message, help }) =>
    make("li", "", make("code", line ? `${file}:${line}:${column}` : file), ` ${message} (${code})`, document.createElement("br"), help));
  const section = make("section", "", button, make("h2", title), make("p", note), make("ul", "", ...items));
  section.setAttribute("role", "alert");
  root.replaceChildren(section);
}

// The page's own build; another one means that the page is old.
const build = new URL(import.meta.url).searchParams.get("build");
const events = new EventSource("/_preview/events");
events.addEventListener("build", ({ data }) => {
  const news = JSON.parse(data);
  if (news.build !== build) location.reload();
  else if (news.errors.length) show(WORDS.wrong, WORDS.kept, news.errors);
  else root.replaceChildren();
});
events.onerror = () => show(WORDS.gone, "", []);
// A page that stays in the browser's memory holds no connection.
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
