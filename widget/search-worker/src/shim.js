
// Behind the generated module. In a worker: hello at once, so that the page knows that the script runs, pings answered
// whatever else goes on, and every failure of the engine said aloud. On a page: `answer` alone.
let engine;
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
