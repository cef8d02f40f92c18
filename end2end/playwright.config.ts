// The browser tests: the real server with the demo world, and another that reads a stand-in for GitHub, in the system's
// Chromium, with script and without.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { demo, github, tracked, webhookSecret } from "./addresses";
import { browserArguments, executablePath } from "./browser.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const binary = process.env.CEP_TRACKER_BIN ?? join(root, "target/debug/cep-tracker");
const standIn = process.env.GITHUB_STAND_IN_BIN ?? join(root, "target/debug/examples/github_stand_in");
// With BASE_URL the tests run against a server that is there already, which has to show the demo world.
const running = process.env.BASE_URL;

/**
 * The directory of a server's data: what a variable says, else a new one. Made by the server, so that its PostgreSQL may
 * own it; removed when the run is over, by the process that chose it.
 */
function directory(variable: string): string {
  const known = process.env[variable];
  if (known) return known;
  const data = join(tmpdir(), `cep-tracker-${variable.toLowerCase().replaceAll("_", "-")}-${process.pid}`);
  process.env[variable] = data;
  process.on("exit", () => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** A server as Playwright starts, waits for and stops it. */
const server = (command: string, url: string, env: Record<string, string> = {}) => ({
  command,
  url,
  env,
  cwd: root,
  timeout: 120_000,
  gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
  stdout: "ignore" as const,
  stderr: "pipe" as const,
});

const hook = `--webhook http://${tracked}/webhooks/github --secret ${webhookSecret}`;
const port = github.split(":")[1];
// One after another: the tracker reads the stand-in as soon as it is up.
const servers = [
  server(`"${standIn}" --port ${port} --seed end2end/github.json ${hook}`, `http://${github}/_control/log`),
  server(`"${binary}" serve --addr ${tracked} --data "${directory("E2E_GITHUB_DATA")}"`, `http://${tracked}/healthz`, {
    CEP_TRACKER_GITHUB_API_URL: `http://${github}`,
    CEP_TRACKER_GITHUB_TOKEN: "ghp_token_of_the_tests",
    CEP_TRACKER_GITHUB_WEBHOOK_SECRET: webhookSecret,
    // What the tests see came by webhook.
    CEP_TRACKER_GITHUB_EVERY: "60",
  }),
];
if (!running) {
  servers.push(server(`"${binary}" serve --demo --addr ${demo} --data "${directory("E2E_DATA")}"`, `http://${demo}/healthz`));
}

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: "list",
  use: {
    baseURL: running ?? `http://${demo}`,
    browserName: "chromium",
    timezoneId: "Europe/Berlin",
    launchOptions: { executablePath, args: browserArguments },
  },
  projects: [
    { name: "with-script", testIgnore: "**/without-script/**" },
    { name: "without-script", testIgnore: "**/with-script/**", use: { javaScriptEnabled: false } },
  ],
  webServer: servers,
});
