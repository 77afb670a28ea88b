import porchlight from "@porchlight/widget/vite";
import { defineConfig } from "vite";

// A path and a nonce, because both must be kept.
export default defineConfig({ base: "/shop/", html: { cspNonce: "light" }, plugins: [porchlight()] });
