// The meeting of the week by keyboard alone, with somebody else looking on.
import { expect, test, type Page } from "@playwright/test";
import { alone, signInAs } from "../support";

const sentence = (page: Page) => page.getByLabel("In a sentence", { exact: true });
const onStage = (page: Page) => page.locator("form[data-check-in-form]").getAttribute("data-key");
const ready = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-islands", "ready");

/** Proposals of the week, in the order of the meeting, with what the release team still has to say. */
async function openOnes(page: Page): Promise<string[]> {
  const rows = await (await page.request.get("/check-ins/current/now/check-ins.json")).json();
  const spoke = (row: { said: { halves: { release_team: boolean } }[] }) => row.said.some((said) => said.halves.release_team);
  return rows.filter((row: never) => !spoke(row)).map((row: { source: string; number: number }) => `${row.source}/${row.number}`);
}

test("every tracked proposal is checked in by keyboard, with two keys beside the sentence", async ({ page, browser }) => {
  test.setTimeout(240_000);
  await alone("check-ins", async () => {
    const other = await (await browser.newContext()).newPage();
    await signInAs(page, "releaseTeam", "/check-ins/current/now/meeting");
    const left = await openOnes(page);
    expect(left.length).toBeGreaterThan(3);
    await other.goto(`/check-ins/current/now/meeting?on=${left[left.length - 1]}`);
    await ready(other);
    for (let n = 0; n < left.length; n += 1) {
      await ready(page);
      const key = (await onStage(page))!;
      expect(left).toContain(key);
      await page.keyboard.press("1");
      await expect(sentence(page)).toBeFocused();
      await sentence(page).fill("");
      await page.keyboard.type(`Goes on, ${n}.`);
      const saved = page.waitForURL((url) => !url.search.endsWith(`on=${key}`));
      await page.keyboard.press("Enter");
      await saved;
      // The second browser was never touched.
      await expect(other.locator(`.week-rail a[data-check-in="${key}"]`)).toHaveClass(/done/, { timeout: 5_000 });
    }
    await expect(page).toHaveURL(/\/minutes\?said=/);
    await expect(page.getByText("Recorded for ")).toBeVisible();
    expect(await openOnes(page)).toEqual([]);
    await expect(page.locator("pre")).toContainText("Goes on, 0.");
    await page.goto("/check-ins/current/now/comments");
    await expect(page.locator("pre").filter({ hasText: "Goes on, 0." })).toBeVisible();
    await other.context().close();
  });
});

test("what another records appears within a second, and what is typed stays", async ({ page, browser }) => {
  await alone("check-ins", async () => {
    const context = await browser.newContext();
    const other = await context.newPage();
    await signInAs(page, "releaseTeam", "/check-ins/current/now/meeting");
    await signInAs(other, "sigMember", "/check-ins/current/now");
    const rows = await (await page.request.get("/check-ins/current/now/check-ins.json")).json();
    const one = rows.find((row: { source: string }) => row.source === "cep");
    const address = `/check-ins/current/now/meeting?on=${one.source}/${one.number}`;
    await page.goto(address);
    await other.goto(address);
    await ready(page);
    await ready(other);
    // Each sees the other in the meeting, so that both streams are open before anybody speaks.
    for (const one of [page, other]) {
      for (const name of ["@ines-demo", "@petra-demo"]) await expect(one.locator("[data-present]")).toContainText(name);
    }
    await sentence(page).fill("I am still typing");
    const words = `A word at ${Date.now()}`;
    await other.keyboard.press("2");
    await sentence(other).fill(words);
    const sent = other.waitForResponse((answer) => answer.request().method() === "POST");
    await other.keyboard.press("Enter");
    await sent;
    const before = Date.now();
    const seen = page.locator("[data-words]").filter({ hasText: words });
    await expect.poll(() => seen.count(), { intervals: [50], timeout: 5_000 }).toBe(1);
    const took = Date.now() - before;
    test.info().annotations.push({ type: "seen after", description: `${took} ms` });
    expect(took).toBeLessThan(1_000);
    await expect(sentence(page)).toHaveValue("I am still typing");
    // Both are kept.
    await sentence(page).press("Enter");
    await page.goto(address);
    await expect(page.locator("[data-words]").filter({ hasText: words })).toContainText("I am still typing");
    await context.close();
    await expect(page.locator("[data-present]")).toHaveText("Nobody else is here", { timeout: 20_000 });
  });
});

test("retargeting shows what it asks for, and a sentence that is not sent is kept", async ({ page }) => {
  await signInAs(page, "releaseTeam", "/check-ins/current/now/meeting");
  await ready(page);
  await page.keyboard.press("5");
  await expect(sentence(page)).toBeFocused();
  await expect(page.getByLabel("To which release")).toBeVisible();
  await sentence(page).fill("Half typed");
  await page.locator("[data-next]").click();
  await ready(page);
  await page.keyboard.press("k");
  await ready(page);
  await expect(sentence(page)).toHaveValue("Half typed");
});

test("who types for the same side is told first what another recorded, and a digit chooses again after Escape", async ({ page, browser }) => {
  await alone("check-ins", async () => {
    const context = await browser.newContext();
    const other = await context.newPage();
    await signInAs(page, "releaseTeam", "/check-ins/current/now/meeting");
    await signInAs(other, "twoRoles", "/check-ins/current/now");
    const address = `/check-ins/current/now/meeting?on=${await onStage(page)}`;
    for (const one of [page, other]) {
      await one.goto(address);
      await ready(one);
    }
    for (const one of [page, other]) await expect(one.locator("[data-present]")).toContainText("@levi-demo");
    await page.keyboard.press("1");
    await page.keyboard.type("Mine, at length");
    await page.keyboard.press("Escape");
    await page.keyboard.press("2");
    await expect(page.locator("[name=outcome]:checked")).toHaveValue("at-risk");
    await expect(sentence(page)).toBeFocused();
    const words = `Theirs, ${Date.now()}`;
    await other.keyboard.press("3");
    await other.keyboard.type(words);
    await other.keyboard.press("Enter");
    await expect(page.locator("[data-words]")).toContainText(words);
    await page.keyboard.press("Enter");
    await expect(page.locator("#problems")).toContainText(words);
    await expect(sentence(page)).toHaveValue("Mine, at length");
    await ready(page);
    await expect(sentence(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Recorded for ")).toContainText("Mine, at length");
    await page.goto(address);
    await expect(page.locator("[data-words]").filter({ hasText: words })).toContainText("Mine, at length");
    await context.close();
  });
});

test("a sentence that was sent after the session was over is there again after signing in", async ({ page }) => {
  await alone("check-ins", async () => {
    await signInAs(page, "releaseTeam", "/check-ins/current/now/meeting");
    const address = `/check-ins/current/now/meeting?on=${await onStage(page)}`;
    await page.goto(address);
    await ready(page);
    await page.keyboard.press("1");
    await sentence(page).fill("Not to be lost");
    await page.context().clearCookies();
    await page.keyboard.press("Enter");
    await expect(page.getByText("You are not signed in, or your session is over.")).toBeVisible();
    await signInAs(page, "releaseTeam", address);
    await ready(page);
    await expect(sentence(page)).toHaveValue("Not to be lost");
  });
});
