// The page around hands over its port once, as soon as this page has loaded. That may be before the module is there, so
// messages are kept from the very start; the module judges them.
const early = [];
const keep = (event) => early.push(event);
addEventListener("message", keep);

// Without the module, or once it has ended, the page says so in the language that was asked for.
const failed = () => {
  const wanted = new URLSearchParams(location.search).get("lang") ?? "";
  const lang = wanted.toLowerCase().startsWith("ko") ? "ko" : "en";
  const box = document.getElementById("failed");
  for (const words of box.children) {
    words.hidden = words.lang !== lang;
    words.querySelector("button").onclick = () => location.reload();
  }
  document.getElementById("chat").hidden = true;
  box.hidden = false;
};

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) {
    failed();
  }
});

import("__MODULE__")
  .then(async ({ default: init, start }) => {
    await init({ module_or_path: "__WASM__" });
    removeEventListener("message", keep);
    start(early);
  })
  .catch(failed);
