// Pagefind by its own program and its own script, as its documentation shows it. Each hit is a file of its own.
export const command = ({ modules, site, out }) => [`${modules}/.bin/pagefind`, "--site", site, "--output-path", out, "--quiet"];

export const files = [];
let pagefind;
export async function open(get, base) {
  pagefind = await import(new URL("pagefind.js", base).href);
  await pagefind.options({ baseUrl: "/" });
  await pagefind.init();
}

export async function search(question, limit, shown) {
  const { results } = await pagefind.search(question);
  return Promise.all(results.slice(0, limit).map(async (result) => {
    const { url, meta, plain_excerpt: lead } = await result.data();
    const hit = { number: Number(/(\d+)\.html$/.exec(url)[1]), title: meta.title, lead };
    shown?.(hit);
    return hit;
  }));
}

/** Fetches what a search for the words typed so far would need. */
export const typed = (words) => pagefind?.preload(words);
