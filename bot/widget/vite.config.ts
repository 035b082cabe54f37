import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vite";

// What the file is built from, written at its head: tests compare it with the sources without needing Node.
function fingerprint(): string {
  const files = ["package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"];
  files.push(...readdirSync("src").map((name) => `src/${name}`));
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(file)).update("\n");
  return hash.digest("hex");
}

// One file, served as it is by bot/web; the same sources and lock file always give the same bytes.
export default defineConfig({
  build: {
    target: "es2022",
    outDir: process.env.WIDGET_OUT ?? "../web/static/web",
    emptyOutDir: false,
    sourcemap: false,
    lib: { entry: "src/index.ts", formats: ["es"], fileName: () => "widget.js" },
  },
  plugins: [
    {
      name: "fingerprint",
      enforce: "post",
      // Last of all: the minifier drops comments.
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk") file.code = `/* sources ${fingerprint()} */\n${file.code}`;
        }
      },
    },
  ],
});
