
// Behind the module's own script, which is there long before the module: the worker starts and opens the bundle while the
// panel's code is still on its way. What it says meanwhile is kept for whoever takes it: see `worker.rs`.
let early;

export function begin({ worker: url, kb, lang }) {
  early?.worker.terminate();
  early = undefined;
  try {
    const worker = new Worker(url, { type: "module", name: "porchlight" });
    const heard = [];
    worker.onmessage = ({ data }) => heard.push(data);
    worker.onerror = ({ message }) => heard.push("broken: " + (message || "the worker's script could not be loaded"));
    worker.postMessage([kb, lang]);
    early = { worker, heard };
  } catch {
    // Whoever looks for it in vain starts one, and hears why that fails.
  }
}

function takeEarly() {
  const taken = early;
  early = undefined;
  return taken;
}
