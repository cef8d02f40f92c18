import { expect, test } from "@playwright/test";
import { aProposal, complaintsOf, dayOf, daysAfter, everyPage } from "../support";

test("every page loads, has one heading of the first order, and complains about nothing", async ({ page }) => {
  const addresses = await everyPage(page);
  const complaints = await complaintsOf(page);
  for (const address of addresses) {
    const answer = await page.goto(address);
    expect(answer!.status(), address).toBe(200);
    expect(answer!.headers()["content-security-policy"], address).not.toContain("unsafe-inline");
    await expect(page.locator("h1"), address).toHaveCount(1);
    await expect(page, address).toHaveTitle(/ · CEP Tracker$/);
    expect(await page.locator("[style]").count(), `inline styles on ${address}`).toBe(0);
  }
  expect(complaints).toEqual([]);
});

test("headings follow each other in order", async ({ page }) => {
  for (const address of await everyPage(page)) {
    await page.goto(address);
    const levels = await page.locator("main :is(h1, h2, h3, h4, h5, h6)").evaluateAll((all) => all.map((h) => Number(h.tagName[1])));
    levels.reduce((before, level) => {
      expect(level, `${address}: ${levels.join(" ")}`).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
  }
});

test("nothing scrolls sideways on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of await everyPage(page)) {
    await page.goto(address);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, address).toBeLessThanOrEqual(390);
  }
});

test("each count on the dashboard leads to a list of so many rows", async ({ page }) => {
  // As of a day that other tests do not change any more.
  await page.goto(`/?at=${daysAfter(new Date().toISOString().slice(0, 10), -3)}`);
  const links = await page.locator(".legend a").evaluateAll((all) =>
    all.map((a) => ({ href: a.getAttribute("href")!, count: Number(a.querySelector("b")!.textContent) })),
  );
  expect(links.length).toBeGreaterThan(3);
  for (const { href, count } of links) {
    await page.goto(href);
    await expect(page.locator("tr[data-row]"), href).toHaveCount(count);
  }
});

test("the proposal page tells what is left before it shows the document", async ({ page }) => {
  await page.goto(await aProposal(page));
  const titles = await page.locator("main h2").allTextContents();
  expect(titles.indexOf("What is left")).toBe(0);
  expect(titles.indexOf("Document")).toBeGreaterThan(titles.indexOf("Requirements"));
});

test("a proposal can be looked at for each of its releases", async ({ page }) => {
  await page.goto("/proposals");
  const links = await page.locator("a[data-row-link]").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  for (const href of links) {
    await page.goto(href);
    const tabs = page.locator("nav.tabs a");
    if ((await tabs.count()) < 2) continue;
    await expect(tabs.and(page.locator("[aria-current]"))).toHaveCount(1);
    const other = tabs.and(page.locator(":not([aria-current])")).first();
    const name = await other.locator("b").textContent();
    await other.click();
    await expect(page.locator("nav.tabs a[aria-current] b")).toHaveText(name!);
    return;
  }
  throw new Error("no proposal of the demo world takes part in two releases");
});

test("?at= shows another day, says so, and leads back to now", async ({ page }) => {
  await page.goto("/releases/current");
  const freeze = await dayOf(page, "Enhancement Freeze");
  const ga = await dayOf(page, "General availability");
  for (const [day, phase] of [[freeze, "Implementation"], [ga, "Released"], ["2000-01-01", "Planning"]]) {
    const release = await page.locator("h1").textContent();
    await page.goto(`/releases/${release}?at=${day}`);
    await expect(page.locator(".title-row .badge").first(), day).toHaveText(phase);
    await expect(page.locator(".notice").first()).toContainText("This page shows");
    await page.getByRole("link", { name: "Back to now" }).click();
    await expect(page).not.toHaveURL(/at=/);
  }
});

test("the form for another day keeps what the page shows", async ({ page }) => {
  await page.goto("/proposals?release=current");
  await page.getByText("Status on date…").click();
  await page.locator("input[name=at]").fill("2026-01-31");
  await page.locator(".at").getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/release=current.*at=2026-01-31/);
});

test("a parameter that cannot be used is named and left out", async ({ page }) => {
  const answer = await page.goto("/proposals?page=many&status=sunny&colour=red");
  expect(answer!.status()).toBe(200);
  await expect(page.locator(".notice")).toHaveCount(2);
});

test("an unknown address is a 404 that helps on", async ({ page }) => {
  for (const address of ["/nowhere", "/nowhere/at/all", "/cep/999999", "/cep/abc", "/releases/v0.0", "/releases/soon"]) {
    const answer = await page.goto(address);
    expect(answer!.status(), address).toBe(404);
    await expect(page.locator("h1"), address).toHaveText("Not found");
    await expect(page.getByRole("link", { name: "All proposals" })).toBeVisible();
  }
});

test("the first thing to reach with the keyboard leads past the navigation", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
});
