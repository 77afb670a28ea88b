
// Behind the generated module. In a worker: hello at once, so that the page knows that the script runs, pings answered
// whatever else goes on, and every failure of the engine said aloud. On a page: `answer` alone.
let engine;

// What the engine asks of the browser: see `files.rs`. A server that gives no parts of files gives the whole one.
const load = async (url, cache, from, to) => {
  try {
    const response = await fetch(url, to ? { cache, headers: { range: `bytes=${from}-${to - 1}` } } : { cache });
    if (!response.ok) return "status " + response.status;
    let bytes = await response.arrayBuffer();
    if (to) {
      const part = new Blob([response.status === 206 ? bytes : bytes.slice(from, to)]);
      bytes = await new Response(part.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    }
    return new Uint8Array(bytes);
  } catch (error) {
    return "" + error;
  }
};
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const started = () => (engine ??= __wbg_init({ module_or_path: new URL("__ENGINE__", import.meta.url) }));

export async function answer(request) {
  await started();
  return handle(request);
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.onmessage = async ({ data }) => {
    if (data === "ping") return self.postMessage("alive");
    try {
      const response = await answer(data);
      self.postMessage(response, [response.buffer]);
    } catch (error) {
      self.postMessage("broken: " + error);
    }
  };
  self.postMessage("hello");
  started().catch((error) => self.postMessage("broken: " + error));
}
