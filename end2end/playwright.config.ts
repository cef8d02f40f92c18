// The browser tests: the real server with the demo world, in the system's Chromium, with script and without.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { browserArguments, executablePath } from "./browser.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const binary = process.env.CEP_TRACKER_BIN ?? join(root, "target/debug/cep-tracker");
const address = "127.0.0.1:3999";
// With BASE_URL the tests run against a server that is there already, which has to show the demo world.
const running = process.env.BASE_URL;

// Made by the server, so that its PostgreSQL may own it; removed when the run is over, by the process that chose it.
if (!running && !process.env.E2E_DATA) {
  const data = join(tmpdir(), `cep-tracker-e2e-${process.pid}`);
  process.env.E2E_DATA = data;
  process.on("exit", () => rmSync(data, { recursive: true, force: true }));
}

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: "list",
  use: {
    baseURL: running ?? `http://${address}`,
    browserName: "chromium",
    timezoneId: "Europe/Berlin",
    launchOptions: { executablePath, args: browserArguments },
  },
  projects: [
    { name: "with-script", testIgnore: "**/without-script/**" },
    { name: "without-script", testIgnore: "**/with-script/**", use: { javaScriptEnabled: false } },
  ],
  webServer: running ? undefined : {
    command: `"${binary}" serve --demo --addr ${address} --data "${process.env.E2E_DATA}"`,
    cwd: root,
    url: `http://${address}/healthz`,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
