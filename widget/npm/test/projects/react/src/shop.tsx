import { load } from "@porchlight/widget";
import type {} from "@porchlight/widget/react";
import { useEffect, useRef } from "react";

export function Shop() {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const listening = load().then((porchlight) =>
      porchlight.on("answer", ({ decision }) => {
        document.documentElement.dataset["decision"] = decision;
      }),
    );
    listening.catch((error: unknown) => console.error(error));
    return () => {
      listening.then((end) => end(), () => {});
    };
  }, []);
  return (
    <main>
      <h1>React</h1>
      <porchlight-help ref={element} kb="/kb/" contact="mailto:help@example.com" lang="en" />
    </main>
  );
}

/** Never rendered: what the types must refuse. */
export function Misuse() {
  return (
    <>
      {/* @ts-expect-error A bundle is needed. */}
      <porchlight-help />
      {/* @ts-expect-error There is no such attribute. */}
      <porchlight-help kb="/kb/" topic="pay" />
    </>
  );
}
