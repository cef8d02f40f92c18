// What is typed into the form for an exception is kept while one types.
import { expect, test, type Page } from "@playwright/test";
import { dayOf, daysAfter, inWords, open, signInAs } from "../support";

const why = (page: Page) => page.getByLabel("Why", { exact: true });
const time = (page: Page) => page.getByLabel("Additional time", { exact: true });
const told = (page: Page) => page.locator("[data-draft-words]");

/** Types half of a request and waits until it is kept. */
async function typeHalf(page: Page, form: string, words: string, kept: RegExp) {
  await open(page, form);
  await why(page).pressSequentially(words);
  await time(page).pressSequentially("5 days");
  await page.getByLabel("Other pull requests").fill("kubevirt/kubevirt#1");
  await expect(told(page)).toHaveText(kept);
}

/** Finds the draft on one's page, goes on with it, and deletes it. */
async function findAndDelete(page: Page, words: string, proposal: string) {
  await page.goto("/me");
  const line = page.getByRole("region", { name: "Your drafts" }).getByRole("listitem").filter({ hasText: proposal });
  await line.getByRole("link").click();
  await expect(why(page)).toHaveValue(words);
  await expect(time(page)).toHaveValue("5 days");
  await expect(page.getByLabel("Other pull requests")).toHaveValue("kubevirt/kubevirt#1");
  await expect(page.getByText("This is your draft of")).toBeVisible();
  await page.getByRole("button", { name: "delete it" }).click();
  await page.goto("/me");
  await expect(line).toHaveCount(0);
}

test("a browser that is closed in the middle of the form loses nothing", async ({ browser }) => {
  const form = "/exceptions/new?proposal=cep/4690&freeze=cf";
  const words = "The roll-back waits for a provider release";
  const first = await browser.newContext();
  const page = await first.newPage();
  await signInAs(page, "twoRoles", form);
  await typeHalf(page, form, words, /^Saved \d\d:\d\d UTC$/);
  await first.close();

  const second = await browser.newContext();
  const later = await second.newPage();
  await signInAs(later, "twoRoles", form);
  await expect(why(later)).toHaveValue(words);
  await findAndDelete(later, words, "cep/4690");
  await second.close();
});

test("what was typed before signing in is there after it", async ({ browser }) => {
  const form = "/exceptions/new?proposal=cep/4760&freeze=cf";
  const words = "Legal answers come a week late";
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(form);
  await expect(page.getByText("You are not signed in. Fill it in all the same")).toBeVisible();
  await typeHalf(page, form, words, /^Saved \d\d:\d\d UTC for this browser$/);
  // The browser is closed; what it keeps on disk stays.
  const kept = await first.storageState();
  await first.close();

  const second = await browser.newContext({ storageState: kept });
  const later = await second.newPage();
  await later.goto(form);
  await expect(why(later)).toHaveValue(words);
  // Sending asks to sign in, and brings back to it.
  await later.getByRole("button", { name: "Send the request" }).click();
  await expect(later).toHaveURL(/\/sign-in\?next=/);
  await later.getByRole("button", { name: "Continue as Levi Demo" }).click();
  await expect(later).toHaveURL(/\/exceptions\/new\?/);
  await expect(why(later)).toHaveValue(words);
  await findAndDelete(later, words, "cep/4760");
  await second.close();

  // It went to whoever signed in, and to nobody else.
  const third = await browser.newContext();
  const other = await third.newPage();
  await signInAs(other, "newcomer", form);
  await expect(why(other)).toHaveValue("");
  await third.close();
});

test("without a connection it says so, and it is saved once there is one", async ({ page, context }) => {
  const form = "/exceptions/new?proposal=cep/4659&freeze=cf";
  await signInAs(page, "twoRoles", form);
  await open(page, form);
  await context.setOffline(true);
  await why(page).pressSequentially("The train went into a tunnel");
  await expect(told(page)).toContainText("Not saved: there is no connection. What you wrote is still here");
  await context.setOffline(false);
  await why(page).pressSequentially(", and out again");
  await expect(told(page)).toHaveText(/^Saved /);
  await page.goto(form);
  await expect(why(page)).toHaveValue("The train went into a tunnel, and out again");
  await page.getByRole("button", { name: "delete it" }).click();
});

test("who leaves between two keys leaves it saved", async ({ page }) => {
  const form = "/exceptions/new?proposal=cep/4736&freeze=cf";
  await signInAs(page, "twoRoles", form);
  await open(page, form);
  await why(page).pressSequentially("Gone at once");
  await page.goto("/glossary");
  await expect(async () => {
    await page.goto(form);
    await expect(why(page)).toHaveValue("Gone at once", { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await page.getByRole("button", { name: "delete it" }).click();
});

test("a draft follows when it turns out to be about another freeze", async ({ page }) => {
  await signInAs(page, "twoRoles");
  await open(page, "/exceptions/new?proposal=cep/4744&freeze=cf");
  await why(page).pressSequentially("About the wrong freeze at first");
  await expect(told(page)).toHaveText(/^Saved /);
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/exceptions/draft"));
  await page.getByRole("radio", { name: /Another edge case/ }).check();
  await saved;
  await page.goto("/me");
  const lines = page.getByRole("region", { name: "Your drafts" }).getByRole("listitem").filter({ hasText: "cep/4744" });
  await expect(lines).toHaveCount(1);
  await lines.getByRole("button", { name: "Delete" }).click();
  await expect(lines).toHaveCount(0);
});

test("the time typed is shown as an instant at once, and why it cannot be", async ({ page }) => {
  await page.goto("/releases/current");
  const [cf, ga] = [await dayOf(page, "Code Freeze"), await dayOf(page, "General availability")];
  await open(page, "/exceptions/new?proposal=cep/4655&freeze=cf&release=current");
  const words = page.locator("[data-until-words]");
  await time(page).pressSequentially("6 days");
  await expect(words).toContainText(`until ${inWords(daysAfter(cf, 6))}, 6 days after CF, 22 days before GA`);
  await expect(words).toContainText(`${daysAfter(cf, 7).slice(8).replace(/^0/, "")} `);
  await expect(words).toContainText(/12:00 UTC · your time \d+ \w+,? (at )?1[34]:00$/);
  await expect(words).not.toHaveClass(/wrong-words/);
  for (const [typed, rule] of [
    ["as soon as possible", "is no time that can be kept or missed"],
    [cf, "is not after the Code Freeze"],
    [daysAfter(ga, 1), "is after the general availability"],
  ]) {
    await time(page).fill(typed);
    await expect(words).toContainText(rule);
    await expect(words).toHaveClass(/wrong-words/);
  }
  await time(page).fill("two weeks");
  await expect(words).toContainText(`until ${inWords(daysAfter(cf, 14))}, 14 days after CF`);
  await time(page).fill("");
  await expect(words).toHaveText("");
});
