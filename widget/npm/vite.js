/** Vite plugin: the widget's files stand beside the site's own under porchlight/, in development and in a build. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("./dist/", import.meta.url));
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** Paths of all files below dist, with slashes. */
function names() {
  const entries = fs.readdirSync(DIST, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(DIST, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, "/"));
}

export default function porchlight() {
  return {
    name: "porchlight",

    // Code for a server has no use for them.
    applyToEnvironment: (environment) => environment.config.consumer === "client",

    configureServer({ config, middlewares }) {
      const prefix = `${config.base}porchlight/`;
      const known = new Set(names());
      // Before Vite's own, which would transform what the loader expects as it is.
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url, "http://localhost");
        const name = pathname.slice(prefix.length);
        if (!pathname.startsWith(prefix) || !known.has(name)) return next();
        for (const [header, value] of Object.entries(config.server.headers ?? {})) {
          if (value !== undefined) response.setHeader(header, value);
        }
        response.setHeader("Content-Type", TYPES[path.extname(name)] ?? "application/octet-stream");
        response.setHeader("Cache-Control", "no-cache");
        fs.createReadStream(path.join(DIST, name)).on("error", next).pipe(response);
      });
    },

    generateBundle() {
      for (const name of names()) {
        this.emitFile({ type: "asset", fileName: `porchlight/${name}`, source: fs.readFileSync(path.join(DIST, name)) });
      }
    },
  };
}
