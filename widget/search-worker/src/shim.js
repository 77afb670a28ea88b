
// Behind the generated module. In a worker: hello at once, so that the page knows that the script runs, pings answered
// whatever else goes on, and every failure of the engine said aloud. On a page: `answer` alone.
let engine;
// The bundle that the page wished to be open before it could say more.
let opening;

// What the engine asks of the browser: see `files.rs`. Parts have addresses of their own, for a browser lets requests for the
// same address wait for each other. A server that gives no parts gives the whole file: that one is then asked for by its name.
let mark = (from) => "?" + from;
const load = async (url, cache, from, to) => {
  try {
    const response = await fetch(to ? url + mark(from) : url, to ? { cache, headers: { range: `bytes=${from}-${to - 1}` } } : { cache });
    if (!response.ok) return "status " + response.status;
    let bytes = await response.arrayBuffer();
    if (to) {
      const isPart = response.status === 206;
      if (!isPart) mark = () => "";
      const part = new Blob([isPart ? bytes : bytes.slice(from, to)]);
      bytes = await new Response(part.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    }
    return new Uint8Array(bytes);
  } catch (error) {
    return "" + error;
  }
};
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The engine runs as it was built, or not at all. A browser's copy that is something else is fetched once more.
const sealed = (url, integrity) => fetch(url, { integrity }).catch(() => fetch(url, { integrity, cache: "reload" }));
const start = async () => {
  const code = await sealed(new URL("__ENGINE__", import.meta.url), "__SEAL__");
  const { instance, module } = await WebAssembly.instantiate(await code.arrayBuffer(), __wbg_get_imports());
  __wbg_finalize_init(instance, module);
};
const started = () => (engine ??= start());

export async function answer(request) {
  await started();
  await opening;
  return handle(request);
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.onmessage = async ({ data }) => {
    if (data === "ping") return self.postMessage("alive");
    // What fails here fails again when it is asked for, and is told then.
    if (Array.isArray(data)) return (opening = started().then(() => begin(...data)).catch(() => {}));
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
