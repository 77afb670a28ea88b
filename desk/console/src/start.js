// Starts the console; says so where it cannot.
const failed = () => {
  const line = (lang, words) => {
    const p = document.createElement("p");
    p.className = "plain";
    p.lang = lang;
    p.textContent = words;
    return p;
  };
  document.body.replaceChildren(
    line("en", "The console has stopped. Reload the page; what you typed is kept."),
    line("ko", "상담 화면이 멈췄어요. 화면을 새로 고쳐 주세요. 쓰던 글은 남아 있어요."),
  );
};

// A module that has ended answers nothing more. What was typed is kept over a reload.
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) failed();
});

import("__MODULE__")
  .then((module) => module.default({ module_or_path: "__WASM__" }).then(() => module.start()))
  .catch((error) => {
    console.error(error);
    failed();
  });
