import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { everyPage } from "../support";

/** Everything that axe finds wrong, as short lines. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} (${node.failureSummary})`));
}

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing wrong on any page, ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: theme });
    for (const address of [...(await everyPage(page)), "/proposals?status=ready-cf&q=a&page=x", "/nowhere"]) {
      await page.goto(address);
      expect(await violations(page), address).toEqual([]);
      // What is folded away is looked at too.
      await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => d.setAttribute("open", "")));
      expect(await violations(page), `${address}, unfolded`).toEqual([]);
    }
  });
}

test("axe finds nothing wrong on a phone", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of await everyPage(page)) {
    await page.goto(address);
    expect(await violations(page), address).toEqual([]);
  }
});

test("everything to press is at least 24 px large, or stands within text", async ({ page }) => {
  for (const address of await everyPage(page)) {
    await page.goto(address);
    const small = await page.locator("button:visible, summary:visible, select:visible, input:visible, .btn:visible").evaluateAll((all) =>
      all.filter((e) => e.getBoundingClientRect().height < 24 && !(e as HTMLInputElement).disabled && !e.closest("label")).map((e) => e.outerHTML.slice(0, 120)),
    );
    expect(small, address).toEqual([]);
  }
});
