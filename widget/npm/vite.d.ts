import type { Plugin } from "vite";

/** Serves the widget's files under `porchlight/` below the site's base, and puts them there in a build, unchanged. */
export default function porchlight(): Plugin;
