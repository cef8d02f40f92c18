// What people decide: on a proposal, on a plan, on a checklist; and where they find what waits for them.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { alone, open, own, personas, send, signInAs, unfold } from "../support";

/** The status of the proposal on its page. */
const status = (page: Page) => page.locator(".title-row .badge").first();

/** What is wrong, above the form. */
const problems = (page: Page) => page.getByRole("alert");

/** Whether the pages of this run have script. */
const scripted = () => test.info().project.use.javaScriptEnabled !== false;

test("a SIG member retargets a proposal, after a mistake that costs nothing, and undoes it", async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const number = own(4718, 4640);
  await page.goto("/releases/current");
  const release = (await page.locator("h1").textContent())!;
  const proposal = `/cep/${number}?release=${release}`;
  // It appears on the plan of the other release, which others order meanwhile.
  await alone("plan/cep", async () => {
    await signInAs(page, "sigMember", proposal);
    const before = (await status(page).textContent())!;
    await page.locator("details.actions > summary").click();
    await page.getByRole("link", { name: "Retarget" }).click();
    await expect(page.locator("h1")).toHaveText(`Retarget CEP ${number} from ${release}`);

    const sentence = `The schema is still argued about (${test.info().project.name}).`;
    await page.getByLabel("To", { exact: true }).selectOption("v1.12");
    await page.getByLabel("In a sentence").fill(sentence);
    expect(await send(page, page.getByRole("button", { name: "Retarget" }))).toBe(422);
    await expect(problems(page)).toContainText("Not recorded. What you typed is kept below.");
    await expect(problems(page)).toContainText("choose why it moves");
    await expect(page.getByLabel("To", { exact: true })).toHaveValue("v1.12");
    await expect(page.getByLabel("In a sentence")).toHaveValue(sentence);

    // Another reason has to be told in a sentence.
    await page.getByRole("radio", { name: /^Other/ }).check();
    await page.getByLabel("In a sentence").fill(" ");
    expect(await send(page, page.getByRole("button", { name: "Retarget" }))).toBe(422);
    await expect(problems(page)).toContainText("a reason is needed");
    await expect(page.getByRole("radio", { name: /^Other/ })).toBeChecked();

    await page.getByRole("radio", { name: /^New blocker/ }).check();
    await page.getByLabel("In a sentence").fill(sentence);
    expect(await send(page, page.getByRole("button", { name: "Retarget" }))).toBe(303);
    await expect(page).toHaveURL(/\/decisions\/\d+\?done=1$/);
    await expect(page.getByText("This page is its permanent address.")).toBeVisible();
    const decision = new URL(page.url()).pathname;
    await expect(page.getByRole("region", { name: "Status" })).toContainText("Retargeted to v1.12");

    // Its address says the same to somebody who is not signed in.
    const other = await browser.newContext({ baseURL, javaScriptEnabled: scripted() });
    const stranger = await other.newPage();
    await stranger.goto(decision);
    await expect(stranger.locator("h1")).toHaveText(`Retargeted: CEP ${number}`);
    const what = stranger.getByRole("region", { name: "What was decided" });
    await expect(what).toContainText(sentence);
    await expect(what).toContainText("new blocker");
    await expect(what).toContainText(`@${personas.sigMember.login} as a member of the owning SIG`);
    await expect(stranger.getByRole("button", { name: "Undo" })).toHaveCount(0);
    await other.close();

    await page.goto(proposal);
    await expect(status(page)).toHaveText("Retargeted to v1.12");
    await page.goto("/releases/v1.12/plan?source=cep");
    await expect(page.getByRole("region", { name: "Proposed for consideration" })).toContainText(`CEP ${number}`);

    // Undone within ten minutes, from the proposal's page.
    await page.goto(proposal);
    await expect(page.locator("form.undo")).toContainText(/\d+ minutes? left/);
    expect(await send(page, page.getByRole("button", { name: "Undo" }))).toBe(303);
    await expect(page.locator("h1")).toHaveText(`Undone: CEP ${number}`);
    await page.goto(decision);
    await expect(page.getByText("It was undone")).toBeVisible();
    await page.goto(proposal);
    await expect(status(page)).toHaveText(before);
    await page.goto(`/decisions?action=retarget&proposal=cep/${number}`);
    await expect(page.locator("tr.undone").filter({ hasText: sentence })).toContainText("undone");
  });
});

test("the log is filtered, leads to each decision, and can be had as files", async ({ page, request }) => {
  await page.goto("/decisions");
  await page.getByRole("combobox", { name: "Decision" }).selectOption({ label: "Retargeted" });
  await page.getByRole("textbox", { name: "Person" }).fill("bram-demo");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/action=retarget/);
  await expect(page).toHaveURL(/person=bram-demo/);
  const rows = page.locator("table.decisions tbody tr");
  const shown = await rows.count();
  expect(shown).toBeGreaterThan(0);
  for (const row of await rows.all()) {
    await expect(row).toContainText("Retargeted");
    await expect(row).toContainText("@bram-demo");
  }
  const csv = await request.get((await page.getByRole("link", { name: "CSV" }).getAttribute("href"))!);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).trim().split("\n").length).toBe(shown + 1);
  const json = await request.get((await page.getByRole("link", { name: "JSON" }).getAttribute("href"))!);
  expect(json.headers()["content-type"]).toContain("application/json");
  expect(JSON.stringify(await json.json())).toContain("bram-demo");

  await rows.first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/decisions\/\d+$/);
  await expect(page.locator("h1")).toHaveText(/^Retargeted: /);
  await page.goBack();
  await page.getByRole("link", { name: /Remove the filter person/ }).click();
  await expect(page).not.toHaveURL(/person=/);
  expect(await rows.count()).toBeGreaterThan(shown);
  await page.goto("/decisions?q=thereisnosuchword");
  await expect(page.getByText("No decision matches.")).toBeVisible();
  await page.getByRole("link", { name: "show all decisions" }).click();
  expect(await rows.count()).toBeGreaterThan(0);
  await page.goto("/decisions?action=dance&from=yesterday");
  await expect(page.locator(".notice")).toHaveCount(2);
});

test("whoever may not decide is told why and who may", async ({ page }) => {
  const form = "/cep/4725/decide/retarget?release=current";
  await page.goto(form);
  await expect(page.locator(".notice")).toContainText("Sign in first: it is recorded with your name. It is for members of sig-ci.");
  await expect(page.getByRole("button", { name: "Retarget" })).toHaveCount(0);
  await page.locator(".notice").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Continue as Finn Demo" }).click();
  await expect(page).toHaveURL(new RegExp(form.replace("?", "\\?")));
  await expect(page.locator(".notice")).toContainText("Retargeting a proposal is for members of");
  await expect(page.locator(".notice")).toContainText("Nothing was recorded. Ask one of them to decide it.");
  await expect(page.getByRole("button", { name: "Retarget" })).toHaveCount(0);
  // Nothing that is refused is offered.
  await page.goto("/cep/4725");
  await expect(page.locator("details.actions a")).toHaveText(["Ask for an exception"]);
  // What nobody can do here is told as well.
  await signInAs(page, "releaseTeam", "/cep/4725/decide/readmit");
  await expect(page.locator(".notice")).toContainText("It was not removed from");
});

test("a plan is filled, closed, put into another order, and compared with what was closed", async ({ page }) => {
  test.setTimeout(180_000);
  const release = own("v1.11", "v1.12");
  await alone("plan/cep", async () => {
    await signInAs(page, "sigMember", `/releases/${release}/plan`);
    const accepted = page.getByRole("region", { name: "Accepted" });
    const rows = accepted.locator("tr[data-reorder-row]");
    const names = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-name")!));
    const told = page.getByRole("status").filter({ hasText: /\w/ });
    const placed = await rows.filter({ has: page.locator("[data-reorder-rank]:not([value=''])") }).evaluateAll((all) => all.map((row) => row.getAttribute("data-name")!));
    const unplaced = (await names()).filter((name) => !placed.includes(name));

    // Accepted at the end of the order; what has no place in it yet comes after.
    const proposed = page.getByRole("region", { name: "Proposed for consideration" });
    const accept = proposed.getByRole("button", { name: /^Accept [CV]EP/ }).first();
    const accepting = (await accept.innerText()).replace(/\s+/g, " ").replace("Accept ", "");
    expect(await send(page, accept)).toBe(303);
    await expect(told).toContainText(`Accepted 1 proposal for ${release}.`);
    const before = [...placed, accepting, ...unplaced];
    expect(await names()).toEqual(before);
    const last = before[before.length - 1];
    const moved = [...before.slice(0, -2), last, before[before.length - 2]];

    // None ticked: told, nothing done.
    const several = page.getByRole("button", { name: "Accept the ticked ones" });
    if (await several.count()) {
      expect(await send(page, several)).toBe(422);
      await expect(problems(page)).toContainText(/tick at least one proposal to accept/i);
    }

    // Closed as it is.
    await unfold(page.locator("details.closing"));
    const close = page.getByRole("region", { name: "Close the plan" });
    await expect(close).toContainText(`${before.length} proposals will be in it.`);
    expect(await send(page, close.getByRole("button", { name: "Close the plan" }))).toBe(303);
    await expect(told).toContainText(`The plan of ${release} is closed.`);
    const closed = page.getByRole("region", { name: "The closed plan" });
    await expect(closed).toContainText(`@${personas.sigMember.login}`);
    await expect(closed).toContainText("Nothing has changed since.");

    // Put into another order.
    if (scripted()) {
      await open(page, `/releases/${release}/plan`);
      await rows.last().getByRole("spinbutton").focus();
      await page.keyboard.press("Alt+ArrowUp");
      expect(await names()).toEqual(moved);
      await expect(page.locator("[data-reorder-status]")).toHaveText(`${last} is now ${before.length - 1} of ${before.length}. Not saved yet.`);
      await page.keyboard.press("Alt+ArrowDown");
      expect(await names()).toEqual(before);
      // The same by dragging.
      const handle = (await rows.last().locator("[data-reorder-handle]").boundingBox())!;
      const target = (await rows.nth(before.length - 2).boundingBox())!;
      await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
      await page.mouse.down();
      await page.mouse.move(handle.x + handle.width / 2, target.y + 4, { steps: 8 });
      await page.mouse.up();
      expect(await names()).toEqual(moved);
      expect(await send(page, page.getByRole("button", { name: "Save order" }))).toBe(303);
    } else {
      expect(await send(page, page.getByRole("button", { name: `Up: ${last}` }))).toBe(303);
    }
    await expect(told).toContainText("The order is saved.");
    expect(await names()).toEqual(moved);

    // Beside what was closed.
    await expect(closed).toContainText("Order changed");
    await expect(closed.locator(".difference")).toContainText(last);
    await closed.getByRole("link", { name: /^\d+ proposals?$/ }).click();
    await expect(page).toHaveURL(/closed=\d+/);
    const kept = page.getByRole("region", { name: "The plan as closed" }).locator("tr[data-row] .id");
    await expect(kept).toHaveText(before);

    // A place that is none.
    await page.goto(`/releases/${release}/plan`);
    const place = rows.first().getByRole("spinbutton");
    await place.evaluate((field) => (field as HTMLInputElement).form!.setAttribute("novalidate", ""));
    await place.fill("0");
    expect(await send(page, page.getByRole("button", { name: "Save order" }))).toBe(422);
    await expect(problems(page)).toContainText("“0” is no place in the order; write a whole number from 1");
    await expect(place).toHaveValue("0");
  });
});

test("what slipped is carried over only with a reason", async ({ page }) => {
  await alone("plan/cep", async () => {
    await signInAs(page, "sigMember", "/releases/v1.11/plan");
    const slipped = page.getByRole("region", { name: "Carry over to v1.11" });
    const box = slipped.getByRole("checkbox").first();
    const name = (await box.getAttribute("aria-label"))!;
    await box.check();
    await page.getByLabel("In a sentence").fill("Next time.");
    expect(await send(page, slipped.getByRole("button", { name: "Carry over the ticked ones" }))).toBe(422);
    await expect(problems(page)).toContainText("Reason");
    await expect(slipped.getByRole("checkbox", { name })).toBeChecked();
    await expect(page.getByLabel("In a sentence")).toHaveValue("Next time.");
  });
});

test("the plan says to others who may change it", async ({ page }) => {
  await signInAs(page, "newcomer", "/releases/v1.11/plan");
  await expect(page.getByRole("button", { name: /Accept|Save order|Close|Up:/ })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Proposed for consideration" })).toContainText(/is for members of/);
});

test("a line of the checklist is signed by name, and who comes second sees it", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  await page.goto("/releases/v1.8/checklist?source=cep");
  const links = await page.locator("a[data-row-link]").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  const checklist = own(links[0], links[links.length - 1]);
  await signInAs(page, "sigMember", checklist);
  const other = await browser.newContext({ baseURL, javaScriptEnabled: scripted() });
  const second = await other.newPage();
  await signInAs(second, "twoRoles", checklist);
  const sign = async (page: Page, statement: string) => {
    const line = page.locator("#line-bugs");
    await unfold(line.locator("details.sign"));
    await line.getByLabel("What you state").fill(statement);
    return send(page, line.getByRole("button", { name: "Sign", exact: true }));
  };
  expect(await sign(page, "None known.")).toBe(303);
  await expect(page.locator("#line-bugs")).toContainText(`Signed by @${personas.sigMember.login}`);
  await expect(page.locator("#line-bugs")).toContainText("“None known.”");
  await expect(page.locator("#line-bugs")).toHaveClass(/pass/);

  expect(await sign(second, "One is known.")).toBe(409);
  await expect(problems(second)).toContainText(`@${personas.sigMember.login}`);
  await expect(second.locator("#line-bugs").getByLabel("What you state")).toHaveValue("One is known.");
  await other.close();

  // A line that is answered by evidence cannot be signed before it is.
  const locked = page.locator("li:has(small:text-matches('^Locked:'))");
  for (const line of await locked.all()) await expect(line.locator("details.sign")).toHaveCount(0);
  await signInAs(page, "newcomer", checklist);
  await expect(page.locator("details.sign")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Lines" })).toContainText(/is for members of/);
});

test("a release gets a line of its own on its checklist, and loses it", async ({ page }) => {
  const release = own("v1.10", "v1.11");
  const line = `Lanes of ${release} are green on the branch`;
  await alone("plan/cep", async () => {
    await signInAs(page, "sigMember", `/releases/${release}/checklist?source=cep`);
    const extra = page.getByRole("region", { name: `Lines added for ${release}` });
    await extra.getByLabel("What is asked").fill("  ");
    expect(await send(page, extra.getByRole("button", { name: "Add the line" }))).toBe(422);
    await expect(problems(page)).toBeVisible();
    await extra.getByLabel("What is asked").fill(line);
    expect(await send(page, extra.getByRole("button", { name: "Add the line" }))).toBe(303);
    await expect(extra.getByRole("listitem").filter({ hasText: line })).toBeVisible();
    await expect(page.locator("table.checklists thead")).toContainText(line);
    expect(await send(page, extra.getByRole("button", { name: `Remove “${line}”` }))).toBe(303);
    await expect(extra.getByRole("listitem").filter({ hasText: line })).toHaveCount(0);
  });
});

test("a newcomer is led from the idea to the document", async ({ page }) => {
  const title = `Measure how long jobs queue, ${test.info().project.name}`;
  await signInAs(page, "newcomer", "/start");
  await expect(page.locator("ol.steps > li")).toHaveCount(8);
  await expect(page.getByLabel("Owner’s login at GitHub")).toHaveValue(personas.newcomer.login);
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByLabel("Release to aim at").selectOption({ value: "v1.11" });
  await page.getByLabel("Stage in that release").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Write the texts" }).click();
  await expect(page).toHaveURL(/\/start\?.*title=Measure/);
  await expect(page.getByLabel("Title of the issue", { exact: true })).toContainText(title);
  await expect(page.getByLabel("Body of the issue", { exact: true })).toContainText("v1.11");
  const form = await page.getByRole("link", { name: "Open it at GitHub, filled in" }).first().getAttribute("href");
  expect(form).toMatch(/^https:\/\/github\.com\/kubevirt\/project-infra\/issues\/new\?/);

  await page.getByLabel("Number of the tracking issue").fill("9001");
  await page.getByRole("button", { name: "Use it" }).click();
  const document = page.getByLabel("The document", { exact: true });
  await expect(document).toContainText("9001");
  await expect(document).toContainText(title);
  await page.getByLabel("Reviewers", { exact: true }).fill("@ines-demo, tove-demo");
  await page.getByRole("button", { name: "Put them into the document" }).click();
  await expect(document).toContainText("@ines-demo");
  await expect(page.getByLabel("Title of the pull request", { exact: true })).toContainText("9001");

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download it" }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.md$/);
  const text = readFileSync((await download.path())!, "utf8");
  for (const part of [title, "9001", `@${personas.newcomer.login}`, "@tove-demo", "v1.11"]) expect(text).toContain(part);
});

test("an idea much like another leads to that one first", async ({ page }) => {
  await page.goto("/start?source=cep&title=Prow%20job%20config%20linting%20in%20presubmit");
  await expect(page.locator(".notice").filter({ hasText: "much the same title" }).getByRole("link", { name: "CEP 4702" })).toBeVisible();
  await page.goto("/start?source=cep&title=Prow%20job%20config%20linting%20in%20presubmit&number=4702");
  await expect(page.locator("ol.steps")).toContainText("That number is known here");
});

test("an admin keeps the roster of a release, and others read it", async ({ page }) => {
  const release = own("v1.9", "v1.8");
  const rosters = `/settings/rosters?release=${release}`;
  await signInAs(page, "newcomer", rosters);
  await expect(page.getByRole("button", { name: "Add" })).toHaveCount(0);
  await signInAs(page, "admin", rosters);
  const team = page.getByRole("region", { name: `Release team of ${release}` });
  const login = team.getByLabel("Login at GitHub");
  const add = team.getByRole("button", { name: "Add", exact: true });
  await login.fill("no login!");
  await team.getByLabel("Part").selectOption("lead");
  expect(await send(page, add)).toBe(422);
  await expect(problems(page)).toContainText("the first day is needed");
  await expect(login).toHaveValue("no login!");
  await expect(team.getByLabel("Part")).toHaveValue("lead");

  await login.fill("joon-demo");
  await team.getByLabel("First day").fill("2026-01-01");
  await team.getByLabel("Last day").fill("2025-01-01");
  expect(await send(page, add)).toBe(422);
  await expect(problems(page)).toBeVisible();
  await expect(login).toHaveValue("joon-demo");
  await team.getByLabel("Last day").fill("");
  expect(await send(page, add)).toBe(303);
  const row = team.getByRole("row").filter({ hasText: "joon-demo" });
  await expect(row).toContainText("lead");
  await expect(team).toContainText("Release team today: @joon-demo");

  await row.getByRole("link", { name: "Change @joon-demo" }).click();
  await team.getByLabel("Part").selectOption("shadow");
  expect(await send(page, team.getByRole("button", { name: "Save" }))).toBe(303);
  await expect(row).toContainText("shadow");
  await expect(page.getByRole("region", { name: "Changes" })).toContainText(`@${personas.admin.login}`);
  expect(await send(page, row.getByRole("button", { name: "Remove @joon-demo" }))).toBe(303);
  await expect(row).toHaveCount(0);
});

test("one's page shows what waits on one, and nothing else", async ({ page }) => {
  await page.goto("/me");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fme|\/sign-in\?next=\/me/);
  const waits = page.getByRole("region", { name: "Waits on you" });
  for (const [persona, what] of [
    ["owner", /Commit: CEP 5124/],
    ["sigMember", /Assign: CEP 4688/],
    ["releaseTeam", /Decide: CEP 4731/],
    ["twoRoles", /Decide: CEP 4731/],
  ] as const) {
    await signInAs(page, persona, "/me");
    await expect(page.locator("h1")).toHaveText("My page");
    await expect(page.locator(".title-row")).toContainText(`@${personas[persona].login}`);
    await expect(waits.getByRole("link", { name: what })).toBeVisible();
    const note = await waits.locator("header").textContent();
    const shown = waits.locator("li[data-row]").filter({ visible: true });
    expect(await shown.count(), persona).toBe(Number(/(\d+) things?/.exec(note!)![1]));
  }
  // What is left of releases that are over, and what is far ahead, is folded away.
  const checklist = waits.getByRole("link", { name: /Open the checklist/ });
  await expect(checklist).toBeHidden();
  await waits.getByText(/^\d+ things? in other releases/).click();
  await expect(checklist).toBeVisible();
  // Who has two roles is told in which each thing waits on them.
  await expect(waits).toContainText("as member of sig-ci");
  await expect(waits).toContainText("as release team");
  // What waits leads to where it is done.
  await waits.getByRole("link", { name: "Decide: CEP 4731" }).click();
  await expect(page.getByRole("region", { name: "Decide" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Decide" })).toContainText("as a member of the release team");

  await signInAs(page, "newcomer", "/me");
  await expect(waits).toContainText("Nothing waits on you.");
  await waits.getByRole("link", { name: "Proposals of the current release" }).click();
  await expect(page).toHaveURL(/\/proposals\?release=current/);
});

test("who signs out is out, and signing in leads back to where one was", async ({ page }) => {
  const proposal = "/cep/4612?release=v1.8";
  await page.goto(proposal);
  await page.getByRole("link", { name: "Sign in to decide" }).click();
  await page.getByRole("button", { name: "Continue as Gwen Demo" }).click();
  await expect(page).toHaveURL(/\/cep\/4612\?release=v1\.8$/);
  const session = (await page.context().cookies()).map((cookie) => cookie.name);
  expect(session.length).toBeGreaterThan(0);
  for (const cookie of await page.context().cookies()) {
    if (cookie.name !== "theme") expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  }
  await page.locator("details.account > summary").click();
  await expect(page.locator("details.account")).toContainText(`@${personas.approver.login}`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/:\d+\/$/);
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await page.goto("/me");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page.locator("details.account")).toHaveCount(0);
});

test("a form that another site sends is refused", async ({ page, baseURL }) => {
  await signInAs(page, "sigMember", "/cep/4725/decide/feedback");
  const csrf = await page.locator("form input[name=csrf]").first().inputValue();
  const form = { csrf, note: "Forged.", links: "" };
  const post = (headers: Record<string, string>, form: Record<string, string>) =>
    page.request.post("/cep/4725/decide/feedback", { headers, form, maxRedirects: 0 });
  expect((await post({ origin: "https://elsewhere.example" }, form)).status()).toBe(403);
  expect((await post({ origin: baseURL! }, { ...form, csrf: "guessed" })).status()).toBe(403);
  await page.goto("/cep/4725");
  await expect(page.locator("main")).not.toContainText("Forged.");
  // The form itself goes through.
  await page.goto("/cep/4725/decide/feedback");
  await page.getByLabel("Note").fill(`Two users run it on arm64 (${test.info().project.name}).`);
  expect(await send(page, page.getByRole("button", { name: "Record feedback" }))).toBe(303);
  await page.goto("/cep/4725");
  await expect(page.getByRole("region", { name: "Community" })).toContainText(test.info().project.name);
});
