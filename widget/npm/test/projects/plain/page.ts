// A page with a script tag of its own: only types come from the package.
import type {} from "@porchlight/widget";

globalThis.porchlight?.on("answer", ({ decision }) => {
  document.documentElement.dataset["decision"] = decision;
});

// @ts-expect-error There is no bubble before the loader has run.
export const misuse = () => globalThis.porchlight.open();
