// Porchlight: the indexer that writers use, and the widget's real files, which `pages/porchlight.js` drives as a visitor does.
export const command = ({ indexer, markdown, out }) => [indexer, "build", markdown, "--lenient", "--out", `${out}/kb`];

/** Its page is not the others', and so are the files that a page loads. */
export const widget = true;
