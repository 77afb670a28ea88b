/** A small static server: folders by the beginnings of their addresses, every page with the same policy. */
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

export async function serve(prefix, folder, policy) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname.startsWith(prefix) ? path.posix.normalize("/" + pathname.slice(prefix.length)) : "/none";
    const file = path.join(folder, name.endsWith("/") ? `${name}index.html` : name);
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", "content-security-policy": policy });
    response.end(fs.readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => new Promise((done) => (server.close(done), server.closeAllConnections())) };
}
