/// <reference types="vite/client" />
import { install, type OpenOptions, type Porchlight, type PorchlightEvents } from "@porchlight/widget";

const base = import.meta.env.BASE_URL;
const page = document.documentElement.dataset;

/** Every call that there is, with its types. */
async function use(): Promise<void> {
  const options = { src: `${base}porchlight/loader.js`, kb: `${base}kb/`, contact: "mailto:help@example.com", lang: "en", nonce: "light" };
  // What failed once can be tried again.
  try {
    await install(options);
  } catch (error) {
    page["refused"] = error instanceof Error ? error.message : "";
  }
  // What is asked for twice is there once.
  const [porchlight, same]: [Porchlight, Porchlight] = await Promise.all([install(options), install(options)]);
  page["launchers"] = String(document.querySelectorAll("porchlight-help").length);
  page["same"] = String(porchlight === same && porchlight === globalThis.porchlight);

  // What was taken away can come back.
  porchlight.destroy();
  page["destroyed"] = String(document.querySelector("porchlight-help") === null);
  await install(options);
  const element: HTMLElement | null = document.querySelector("porchlight-help");
  page["back"] = String(element?.getAttribute("kb") === options.kb);

  const end: () => void = porchlight.on("answer", ({ decision }) => {
    const known: "answer" | "choose" | "hand_off" = decision;
    page["decision"] = known;
    end();
  });
  porchlight.on("error", ({ during, kind }) => {
    const text: `${PorchlightEvents["error"]["during"]}: ${PorchlightEvents["error"]["kind"]}` = `${during}: ${kind}`;
    page["error"] = text;
  });
  for (const name of ["open", "close", "contact"] as const) porchlight.on(name, () => (page["last"] = name));
}

const what: OpenOptions = { question: "How do I pay?", article: "en/start/try-the-demo" };

/** Never called: what the types must refuse. */
export function misuse(porchlight: Porchlight): void {
  void porchlight.open(what);
  // @ts-expect-error A bundle is needed.
  void install({});
  // @ts-expect-error There is no such event.
  porchlight.on("closed", () => {});
  // @ts-expect-error An answer does not carry the question.
  porchlight.on("answer", ({ question }) => question);
  // @ts-expect-error There is no such thing to show.
  void porchlight.open({ topic: "pay" });
  // @ts-expect-error Opening gives nothing to look at: this fails where types fell back to `any`.
  void porchlight.open().length;
  // @ts-expect-error The loader has no such call.
  porchlight.identify("token");
}

use().catch(console.error);
