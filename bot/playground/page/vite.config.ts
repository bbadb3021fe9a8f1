import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npx vite` serves the sources while they are worked on, against an advisor at the usual port.
const address = "http://127.0.0.1:3978";
const advisor = { target: address, changeOrigin: true, headers: { origin: address } };

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", chunkSizeWarningLimit: 1500 },
  server: { host: "127.0.0.1", proxy: { "/playground": advisor } },
});
