import { expect, test } from "@playwright/test";
import { aProposal } from "../support";

test("what only script can do is not shown", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator(".needs-script:visible")).toHaveCount(0);
  await page.goto(await aProposal(page));
  await expect(page.locator("button[data-copy]:visible")).toHaveCount(0);
});

test("the system's dark theme is followed", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  const ground = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  expect(ground).toBe("rgb(16, 20, 22)");
});

test("leaving the demo asks first", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Remove the demo world" })).toBeHidden();
  await page.getByText("Leave the demo").click();
  await expect(page.getByRole("button", { name: "Remove the demo world" })).toBeVisible();
});
