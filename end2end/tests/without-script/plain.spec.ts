import { expect, test } from "@playwright/test";
import { aProposal, signInAs } from "../support";

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

test("a request is saved as a draft by its button, and found again", async ({ page }) => {
  const form = "/exceptions/new?proposal=cep/4698&freeze=cf";
  await signInAs(page, "newcomer", form);
  await page.getByLabel("Why", { exact: true }).fill("Promotion waits for two quiet days");
  await page.getByLabel("Additional time", { exact: true }).fill("3 days");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("This is your draft of")).toBeVisible();
  await expect(page.getByLabel("Additional time", { exact: true })).toHaveValue("3 days");

  await page.context().clearCookies();
  await signInAs(page, "newcomer", "/me");
  const line = page.getByRole("region", { name: "Your drafts" }).getByRole("listitem").filter({ hasText: "cep/4698" });
  await line.getByRole("link").click();
  await expect(page.getByLabel("Why", { exact: true })).toHaveValue("Promotion waits for two quiet days");
  await page.getByRole("button", { name: "delete it" }).click();
  await page.goto("/me");
  await expect(line).toHaveCount(0);
});

test("whoever is not signed in saves a draft for this browser, and finds it after signing in", async ({ page }) => {
  await page.goto("/exceptions/new?proposal=cep/4612&freeze=cf");
  await page.getByLabel("Why", { exact: true }).fill("The branch is cut late");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByRole("button", { name: "Continue as Finn Demo" }).click();
  await expect(page).toHaveURL(/\/exceptions\/new\?/);
  await expect(page.getByLabel("Why", { exact: true })).toHaveValue("The branch is cut late");
  await page.getByRole("button", { name: "delete it" }).click();
});
