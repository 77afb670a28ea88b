// All engines, in the order of the tables. One file each in `adapters/`, with
//   build(articles)           files by name, for an engine that is a script; or
//   command(paths)            the program that builds, with its words
//   files                     what is fetched beside the engine's code, at the same time
//   open(get, base)           makes it ready in the browser
//   search(question, limit, shown)   hits: number, title, lead; `shown` hears each as it comes
//   typed(words)              hears what has been typed so far, where the engine can use it
//   of                        the engine whose files it shares
export const NAMES = ["porchlight", "pagefind", "pagefind-stop", "minisearch", "lunr", "flexsearch", "orama"];

/** Where versions are found. */
export const PACKAGES = { pagefind: "pagefind", minisearch: "minisearch", lunr: "lunr", flexsearch: "flexsearch", orama: "@orama/orama" };

export const load = async () =>
  Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await import(`./adapters/${name}.js`)])));
