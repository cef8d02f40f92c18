// What the tests share: the addresses of the pages, and an eye on everything a page complains about.
import { expect, test, type Page } from "@playwright/test";

/** Pages that exist whatever the data. */
export const fixedPages = ["/", "/proposals", "/releases", "/releases/current", "/glossary", "/settings"];

/** The address of a proposal's page, without a query. */
export async function aProposal(page: Page): Promise<string> {
  await page.goto("/proposals?release=current");
  const href = await page.locator("a[data-row-link]").first().getAttribute("href");
  return href!.split("?")[0];
}

/** Every page, the error page aside. */
export async function everyPage(page: Page): Promise<string[]> {
  return [...fixedPages, await aProposal(page)];
}

/**
 * Collects what a page complains about: errors on the console, exceptions, violations of the content policy. Pictures
 * of documents lie in their repositories; the tests do not go there.
 */
export async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  await page.route(/^https:/, (route) => route.fulfill({ contentType: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg'/>" }));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    // Leaving a page drops what was under way, and a browser without script refuses what is loaded ahead for it.
    const why = request.failure()?.errorText ?? "";
    const unwanted = test.info().project.use.javaScriptEnabled === false && request.resourceType() === "script";
    if (!why.includes("ERR_ABORTED") && !unwanted) complaints.push(`failed: ${request.url()} (${why})`);
  });
  return complaints;
}

/** The day of a post of the release shown, as its list states it. */
export async function dayOf(page: Page, post: string): Promise<string> {
  const term = page.locator("dl.posts dt", { hasText: post });
  const day = await term.locator("xpath=following-sibling::dd[1]").locator("time").getAttribute("datetime");
  expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
  return day!;
}
