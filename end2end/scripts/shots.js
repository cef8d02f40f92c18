// Writes a picture of every page, light and dark, on a desk and on a phone, into a new temporary folder: for looking.
//   npm run shots                     the demo world of a server at BASE_URL (default http://127.0.0.1:3000)
//   npm run shots -- / /cep/4702      only these addresses
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { browserArguments, executablePath } from "../browser.js";

const base = process.env.BASE_URL ?? "http://127.0.0.1:3000";
const folder = process.env.SHOTS ?? mkdtempSync(join(tmpdir(), "cep-tracker-shots-"));
const asked = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: browserArguments });

async function addresses() {
  const page = await browser.newPage();
  await page.goto(`${base}/proposals`);
  const proposal = await page.locator("a[data-row-link]").first().getAttribute("href");
  await page.close();
  return ["/", "/proposals", proposal ?? "/cep/1", "/releases", "/releases/current", "/glossary", "/settings", "/nowhere"];
}

for (const address of asked.length ? asked : await addresses()) {
  for (const theme of ["light", "dark"]) {
    for (const width of [390, 1440]) {
      const context = await browser.newContext({ colorScheme: theme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(base + address, { waitUntil: "load" });
      const name = address.replace(/[^a-z0-9.]+/gi, "-").replace(/^-|-$/g, "") || "dashboard";
      const path = join(folder, `${name}-${theme}-${width}.png`);
      await page.screenshot({ path, fullPage: true });
      console.log(path);
      await context.close();
    }
  }
}
await browser.close();
