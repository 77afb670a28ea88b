// What is searched: folders of the development data, and samples of them.
import { createHash } from "node:crypto";

/** Each with its folder below the data and, for a sample, how many articles. The small ones first. */
export const CORPORA = {
  "cpp-100": { folder: "cpp-docs/articles/en", sample: 100 },
  "mastodon": { folder: "mastodon-docs/articles" },
  "cpp-1000": { folder: "cpp-docs/articles/en" },
  "cpp-9600": { folder: "cpp-docs-large/articles", large: true },
};

/** A sample by a hash of the paths: another folder order, another machine, the same articles. */
export function sample(paths, count) {
  const rank = (path) => createHash("sha256").update(path).digest("hex");
  const ranked = paths.map((path) => [rank(path), path]).sort(([a], [b]) => (a < b ? -1 : 1));
  return ranked.slice(0, count).map(([, path]) => path).sort();
}
