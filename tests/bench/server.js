// Static files over HTTP/2 and TLS, through a link that is as slow as asked. The link is narrowed here and not by the
// browser's own tools, because those leave a worker's requests alone.
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import fs from "node:fs";
import http2 from "node:http2";
import os from "node:os";
import path from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm" };
/** Isolated pages have a clock of 5 µs instead of 100. */
const HEADERS = {
  "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin", "cache-control": "public, max-age=3600",
};
/** Bytes that go out at once, so that responses share the link. */
const SLICE = 4096;

/** Milliseconds since 1970 with fractions: pages have the same. */
export const now = () => performance.timeOrigin + performance.now();

/** A certificate for localhost that nobody else knows. */
function certificate() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "porchlight-bench-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name));
  const request = ["req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "3", "-subj", "/CN=localhost", "-keyout", key, "-out", cert];
  execFileSync("openssl", request, { stdio: "ignore" });
  const pair = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  fs.rmSync(folder, { recursive: true });
  return pair;
}

/** Bytes of a file as they are sent, read once: the disk is not measured. */
function files(roots) {
  const known = new Map();
  const find = (address) => {
    const root = Object.keys(roots).find((prefix) => address.startsWith(prefix));
    const file = root && path.join(roots[root], path.posix.normalize("/" + address.slice(root.length)));
    if (!file || !fs.existsSync(file) || !fs.statSync(file).isFile()) return undefined;
    const packed = fs.existsSync(`${file}.br`) ? fs.readFileSync(`${file}.br`) : undefined;
    return { type: TYPES[path.extname(file)] ?? "application/octet-stream", plain: fs.readFileSync(file), packed };
  };
  return (address) => {
    if (!known.has(address)) known.set(address, find(address));
    return known.get(address);
  };
}

/** Start and end of the asked range, or nothing. */
function range(header, length) {
  const found = /^bytes=(\d+)-(\d*)$/.exec(header ?? "");
  return found && [Number(found[1]), Math.min(found[2] ? Number(found[2]) + 1 : length, length)];
}

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Serves folders by the beginnings of their addresses on a free port. */
export async function serve(roots) {
  const file = files(roots);
  let link = {};
  let free = 0; // when the link has sent all that it was given
  let log = [];

  const answer = async (request, response) => {
    const entry = { address: request.url.split("?")[0], started: now(), ended: undefined, sent: [] };
    log.push(entry);
    response.on("error", () => {});
    const found = file(decodeURIComponent(entry.address));
    if (link.delay) await sleep(link.delay);
    if (!found) {
      response.writeHead(404, HEADERS);
      response.end();
      entry.ended = now();
      return;
    }
    const headers = { ...HEADERS, "content-type": found.type };
    const part = range(request.headers.range, found.plain.length);
    // A part is of the file as it is; whole files go packed where a packed copy lies beside.
    let body = part ? found.plain.subarray(...part) : (found.packed ?? found.plain);
    if (part) headers["content-range"] = `bytes ${part[0]}-${part[1] - 1}/${found.plain.length}`;
    else if (found.packed) headers["content-encoding"] = "br";
    headers["content-length"] = body.length;
    response.writeHead(part ? 206 : 200, headers);
    while (link.bits && body.length) {
      const slice = body.subarray(0, SLICE);
      body = body.subarray(SLICE);
      free = Math.max(free, now()) + (slice.length * 8000) / link.bits;
      const wait = free - now();
      if (wait > 1) await sleep(wait);
      if (response.destroyed) return;
      response.write(slice);
      entry.sent.push([now(), slice.length]);
    }
    if (body.length) entry.sent.push([now(), body.length]);
    response.end(body);
    entry.ended = now();
  };

  const identity = certificate();
  const server = http2.createSecureServer({ ...identity, allowHTTP1: true }, answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `https://localhost:${server.address().port}`,
    /** The certificate's key, for a browser that is to trust it: of whom it does not trust it keeps nothing in its cache. */
    key: createHash("sha256").update(new X509Certificate(identity.cert).publicKey.export({ type: "spki", format: "der" })).digest("base64"),
    /** From here on responses wait `delay` ms each, and all share `bits` a second; without them the link is open. */
    narrow(to) {
      link = to;
      free = 0;
    },
    /** The requests since the last call. */
    take() {
      const taken = log;
      log = [];
      return taken;
    },
    close: () => server.close(),
  };
}

/** Bytes of bodies that had been sent by a moment. */
export const bytesBy = (log, moment) =>
  log.flatMap((entry) => entry.sent).reduce((sum, [at, bytes]) => sum + (at <= moment ? bytes : 0), 0);

/**
 * How many of the responses that had arrived by a moment came one after the other: the longest chain in which each was asked
 * for when the one before it was there. These are round trips that no width of the link takes away.
 */
export function roundTrips(log, moment) {
  const arrived = log.filter((entry) => entry.ended <= moment).sort((a, b) => a.ended - b.ended);
  let [chain, last] = [0, -Infinity];
  for (const entry of arrived) {
    if (entry.started >= last) [chain, last] = [chain + 1, entry.ended];
  }
  return chain;
}
