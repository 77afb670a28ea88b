/**
 * Brings Porchlight's launcher onto a page from the page's own modules. Importing this does nothing by itself, so that it
 * may be imported where pages are rendered on a server.
 */

const TAG = "porchlight-help";
const WORDS = ["kb", "desk", "contact", "lang"];

/** The loader on its way: a page loads it once. */
let loading;

/** Loads the loader, for pages that write <porchlight-help> themselves. */
export async function load({ src, nonce } = {}) {
  return loader(src, nonce, {});
}

/** Loads the loader and puts the launcher on the page, where there is none yet. */
export async function install(options) {
  if (!options?.kb) {
    throw new TypeError('porchlight: install() needs `kb`, the address of the folder with manifest.json, such as "/kb/"');
  }
  const porchlight = await loader(options.src, options.nonce, options);
  // The loader was here before without a word of its own to do, or was told to leave.
  if (!document.querySelector(`${TAG}:not([inline])`)) {
    const element = document.createElement(TAG);
    for (const name of WORDS) if (options[name]) element.setAttribute(name, options[name]);
    document.body?.append(element);
  }
  return porchlight;
}

function loader(src = "/porchlight/loader.js", nonce, words) {
  if (typeof document === "undefined") {
    throw new Error("porchlight: there is no page here; call it in the browser only, such as in an effect");
  }
  // Also where the page has a script tag of its own.
  if (globalThis.porchlight) return globalThis.porchlight;
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = (why) => {
      // The next call tries again.
      loading = undefined;
      script.remove();
      reject(new Error(`porchlight: ${why}. Serve the files of the folder dist of @porchlight/widget together, and name their loader.js as \`src\``));
    };
    script.type = "module";
    if (nonce) script.nonce = nonce;
    // The loader makes the element from these, and keeps it on the page where a router replaces the body.
    for (const name of WORDS) if (words[name]) script.dataset[name] = words[name];
    script.onload = () => (globalThis.porchlight ? resolve(globalThis.porchlight) : fail(`${src} is not Porchlight's loader`));
    script.onerror = () => fail(`${src} could not be loaded`);
    script.src = src;
    document.head.append(script);
  });
  return loading;
}
