import { expect, test } from "@playwright/test";

test("the search finds a proposal by its title", async ({ page }) => {
  await page.goto("/proposals");
  const title = (await page.locator("tr[data-row] th b").last().textContent())!;
  await page.goto("/");
  await page.getByRole("searchbox", { name: "Search proposals" }).fill(title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/proposals\?q=/);
  await expect(page.locator("tr[data-row] th b").filter({ hasText: title }).first()).toBeVisible();
});

test("filters are in the address, shown as chips, and taken away one by one", async ({ page }) => {
  await page.goto("/proposals");
  const all = await page.locator("tr[data-row]").count();
  await page.locator("select[name=source]").selectOption("vep");
  await page.locator("select[name=release]").selectOption("current");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/release=current/);
  await expect(page).toHaveURL(/source=vep/);
  const some = await page.locator("tr[data-row]").count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  for (const name of await page.locator("tr[data-row] .id").allTextContents()) expect(name).toMatch(/^VEP /);
  await page.getByRole("link", { name: /Remove the filter source/ }).click();
  await expect(page).not.toHaveURL(/source=/);
  await page.getByRole("link", { name: /Remove the filter release/ }).click();
  await expect(page.locator("tr[data-row]")).toHaveCount(all);
});

test("several statuses can be chosen at once", async ({ page }) => {
  await page.goto("/proposals");
  await page.locator("summary", { hasText: "any status" }).click();
  const boxes = page.locator("input[name=status]");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("link", { name: /Remove the filter status/ })).toHaveCount(2);
  expect(await page.locator("tr[data-row]").count()).toBeGreaterThan(0);
});

test("the heads of the columns sort, one way and the other", async ({ page }) => {
  await page.goto("/proposals");
  const titles = async () =>
    (await page.locator("tr[data-row] th b").allTextContents()).map((title) => title.toLowerCase());
  await page.getByRole("columnheader", { name: "Proposal" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=title/);
  await expect(page.getByRole("columnheader", { name: "Proposal" })).toHaveAttribute("aria-sort", "ascending");
  const up = await titles();
  expect(up).toEqual([...up].sort());
  await page.getByRole("columnheader", { name: "Proposal" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-title/);
  const down = await titles();
  expect(down).toEqual([...down].sort().reverse());
});

test("what the list shows can be had as CSV and JSON", async ({ page, request }) => {
  await page.goto("/proposals?release=current&source=cep");
  const rows = await page.locator("tr[data-row]").count();
  const csv = await request.get((await page.getByRole("link", { name: "CSV" }).getAttribute("href"))!);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).trim().split("\n").length).toBeGreaterThanOrEqual(rows + 1);
  const json = await request.get((await page.getByRole("link", { name: "JSON" }).getAttribute("href"))!);
  expect(json.headers()["content-type"]).toContain("application/json");
  expect(JSON.stringify(await json.json())).toContain("cep");
});

test("a list that finds nothing says what to do", async ({ page }) => {
  await page.goto("/proposals?q=thereisnosuchword");
  await expect(page.getByText("No proposal matches.")).toBeVisible();
  await page.getByRole("link", { name: "show all proposals" }).click();
  expect(await page.locator("tr[data-row]").count()).toBeGreaterThan(0);
});
