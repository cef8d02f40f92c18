import { expect, test } from "@playwright/test";
import { aProposal, complaintsOf, open } from "../support";

test("a slash leads to the search", async ({ page }) => {
  for (const address of ["/", "/proposals"]) {
    await open(page, address);
    await page.keyboard.press("/");
    await expect(page.locator("[data-search]")).toBeFocused();
    await expect(page.locator("[data-search]")).toHaveValue("");
  }
});

test("j and k walk through the rows and Enter opens one", async ({ page }) => {
  await open(page, "/proposals");
  const links = page.locator("a[data-row-link]");
  await page.keyboard.press("j");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/[a-z]+\/\d+/);
});

test("keys typed into a field stay there", async ({ page }) => {
  await open(page, "/proposals");
  await page.locator("[data-search]").pressSequentially("j/k?");
  await expect(page.locator("[data-search]")).toHaveValue("j/k?");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
});

test("a question mark shows the keys and Escape hides them", async ({ page }) => {
  await open(page, "/");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the rows narrow while one types, and the form still searches everything", async ({ page }) => {
  await open(page, "/proposals");
  const title = (await page.locator("tr[data-row] th b").nth(2).textContent())!;
  await page.locator("[data-live-filter]").fill(title);
  await expect(page.locator("tr[data-row]:visible")).toHaveCount(1);
  await expect(page.locator("[data-live-count]")).toContainText("1 of");
  await page.locator("[data-live-filter]").fill("");
  await expect(page.locator("tr[data-row]:not(:visible)")).toHaveCount(0);
  await page.locator("[data-live-filter]").fill(title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=/);
});

test("the reader's own time stands beside the freeze", async ({ page }) => {
  await open(page, "/");
  const place = page.locator("[data-local]").first();
  await expect(place).toHaveText(/^your time \d+ \w+,? (at )?1[34]:00$/);
});

test("the theme is chosen, kept, and given back to the system", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/");
  const button = page.locator("button[data-theme-toggle]");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "auto");
  await button.click();
  await button.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await open(page, "/glossary");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(dark);
  await button.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "auto");
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(dark);
});

test("the text that mends a mismatch is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/proposals");
  const links = await page.locator("a[data-row-link]").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  for (const href of links) {
    await page.goto(href);
    if ((await page.locator("button[data-copy]").count()) === 0) continue;
    await open(page, href);
    const closed = page.locator("details:has(button[data-copy]):not([open]) > summary");
    if (await closed.count()) await closed.first().click();
    const fix = page.locator(".fix").first();
    await fix.locator("button").click();
    await expect(fix.locator("button")).toHaveText("Copied");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await fix.locator("pre").textContent());
    return;
  }
  throw new Error("no proposal of the demo world has a mismatch with a fix");
});

test("islands break no content policy", async ({ page }) => {
  const complaints = await complaintsOf(page);
  for (const address of ["/", "/proposals", await aProposal(page)]) await open(page, address);
  expect(complaints).toEqual([]);
});

test("the first load of the dashboard stays under 200 kB", async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await open(page, "/");
  await page.waitForLoadState("networkidle");
  console.log(`first load of the dashboard: ${(bytes / 1000).toFixed(1)} kB`);
  expect(bytes).toBeLessThanOrEqual(200_000);
});
