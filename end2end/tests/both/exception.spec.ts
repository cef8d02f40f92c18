// An exception from asking to its end, and what the rules refuse (P-16 to P-18).
import { expect, test, type Page } from "@playwright/test";
import { alive, alone, dayOf, daysAfter, inWords, open, own, personas, send, signInAs, tabTo, unfold, type Persona } from "../support";

/** Days of the current release. */
async function current(page: Page) {
  await page.goto("/releases/current");
  const release = (await page.locator("h1").textContent())!;
  const [ef, cf, ga] = [await dayOf(page, "Enhancement Freeze"), await dayOf(page, "Code Freeze"), await dayOf(page, "General availability")];
  return { release, ef, cf, ga };
}

/** What a request says. */
interface Said {
  why: string;
  time: string;
  impact: string;
}

/** Fills in the form for a request. */
async function fillIn(page: Page, { why, time, impact }: Said) {
  await page.getByLabel("Why", { exact: true }).fill(why);
  await page.getByLabel("Additional time", { exact: true }).fill(time);
  await page.getByLabel("If it is not granted", { exact: true }).fill(impact);
}

/** What stands in the form. */
async function filledIn(page: Page): Promise<Said> {
  return {
    why: await page.getByLabel("Why", { exact: true }).inputValue(),
    time: await page.getByLabel("Additional time", { exact: true }).inputValue(),
    impact: await page.getByLabel("If it is not granted", { exact: true }).inputValue(),
  };
}

/** Sends a request; its address. */
async function ask(page: Page, form: string, said: Said): Promise<string> {
  await page.goto(form);
  await fillIn(page, said);
  expect(await send(page, page.getByRole("button", { name: "Send the request" }))).toBe(303);
  await expect(page).toHaveURL(/\/exceptions\/\d+\?sent=1$/);
  return new URL(page.url()).pathname;
}

/** Signs out of whoever is signed in, and in as somebody else. */
async function becomes(page: Page, persona: Persona, next: string) {
  await page.context().clearCookies();
  await signInAs(page, persona, next);
}

/** The status of the proposal on its page. */
const status = (page: Page) => page.locator(".title-row .badge").first();

/** What is wrong, above the form. */
const problems = (page: Page) => page.getByRole("alert");

test("an owner asks without a mouse, the release team grants, and the time runs out", async ({ page }) => {
  test.setTimeout(240_000);
  const { release, cf } = await current(page);
  await alone("cep/4702", async () => {
    // Whoever ran this before has asked as well: this one asks for a day more each time.
    await page.goto(`/cep/4702?release=${release}`);
    const before = await page.getByRole("region", { name: "Exceptions" }).getByRole("link").count();
    const days = 6 + before;
    const until = daysAfter(cf, days);
    const key = (name: string) => page.keyboard.press(name);

    // Signing in.
    await open(page, "/");
    await tabTo(page, page.getByRole("link", { name: "Sign in" }));
    await key("Enter");
    await expect(page).toHaveURL(/\/sign-in$/);
    await tabTo(page, page.getByRole("button", { name: "Continue as Chidi Demo" }));
    await key("Enter");
    await expect(page).toHaveURL(/:\d+\/$/);

    // To the proposal, and to the form.
    await alive(page);
    await tabTo(page, page.getByRole("searchbox", { name: "Search proposals" }));
    await page.keyboard.type("job config linting");
    await key("Enter");
    await expect(page).toHaveURL(/\/proposals\?q=/);
    await tabTo(page, page.getByRole("link", { name: /^CEP 4702/ }).first());
    await key("Enter");
    await expect(page).toHaveURL(/\/cep\/4702/);
    await tabTo(page, page.locator("details.actions > summary"));
    await key("Enter");
    await tabTo(page, page.getByRole("link", { name: "Ask for an exception" }));
    await key("Enter");
    await expect(page.locator("h1")).toHaveText("Ask for a CF exception");

    // The request.
    await alive(page);
    const said = { why: "Two reviews take longer than the freeze allows; both changes are small.", impact: "Linting stays off for another release." };
    await tabTo(page, page.getByLabel("Why", { exact: true }));
    await page.keyboard.type(said.why);
    await tabTo(page, page.getByLabel("Additional time", { exact: true }));
    await page.keyboard.type(`${days} days`);
    await tabTo(page, page.getByLabel("If it is not granted", { exact: true }));
    await page.keyboard.type(said.impact);
    await tabTo(page, page.getByRole("button", { name: "Send the request" }));
    await key("Enter");
    await expect(page).toHaveURL(/\/exceptions\/\d+\?sent=1$/);
    await expect(page.getByRole("status").filter({ hasText: "The request is recorded." })).toBeVisible();
    const request = new URL(page.url()).pathname;
    await expect(page.getByRole("region", { name: "The request" })).toContainText(said.why);
    await expect(page.getByRole("region", { name: "The request" })).toContainText(`until ${inWords(until)}, ${days} days after CF`);

    // Its mail went out: the archive link.
    const thread = `https://groups.google.com/g/kubevirt-dev/c/e2e-${test.info().project.name}-${before}`;
    await tabTo(page, page.getByLabel("Link of the mail in the archive"));
    await page.keyboard.type(thread);
    await tabTo(page, page.getByRole("button", { name: "Record the link" }));
    await key("Enter");
    await expect(page).toHaveURL(/\/exceptions\/\d+$/);
    await expect(page.getByRole("link", { name: "Thread" })).toHaveAttribute("href", thread);

    // It is on the proposal, on the list, and on one's page.
    await page.goto(`/cep/4702?release=${release}`);
    const ofProposal = page.getByRole("region", { name: "Exceptions" }).getByRole("listitem").filter({ has: page.locator(`a[href="${request}"]`) });
    await expect(ofProposal).toContainText(`asked until ${inWords(until)}`);
    await page.goto("/exceptions");
    const row = page.locator("tr[data-row]").filter({ has: page.locator(`a[href="${request}"], a[href^="${request}?"]`) });
    await expect(row).toContainText("Filed");
    await expect(row).toContainText("release team");
    await page.goto("/me");
    await expect(page.getByRole("region", { name: "You wait on" }).locator(`a[href="${request}"]`)).toBeVisible();

    // The release team finds the facts, and grants.
    await becomes(page, "releaseTeam", "/me");
    await page.getByRole("region", { name: "Waits on you" }).locator(`a.btn[href="${request}"]`).click();
    const facts = page.getByRole("region", { name: "Facts" });
    await expect(facts).toContainText("before the freeze");
    await expect(facts).toContainText(before === 0 ? "First request for this freeze" : "request for this freeze; the");
    await page.getByLabel("Granted until").fill(until);
    await page.getByLabel("Reason, or what you ask").fill("Small, reviewed, and easy to switch off.");
    expect(await send(page, page.getByRole("button", { name: "Grant", exact: true }))).toBe(303);
    await expect(status(page)).toHaveText(`Granted until ${inWords(until)}`);

    // The status says so, up to the last day and no longer.
    const proposal = `/cep/4702?release=${release}`;
    await page.goto(proposal);
    await expect(status(page)).toHaveText(`Exception until ${inWords(until)} (CF)`);
    await page.goto(`${proposal}&at=${daysAfter(until, -1)}`);
    await expect(status(page)).toHaveText(`Exception until ${inWords(until)} (CF)`);
    await page.goto(`${proposal}&at=${daysAfter(until, 1)}`);
    await expect(status(page)).toContainText("Exception required (CF)");
    await page.goto(`${request}?at=${daysAfter(until, 1)}`);
    await expect(status(page)).toHaveText("Expired");
    await page.goto(`/exceptions?at=${daysAfter(until, 1)}`);
    await expect(row).toContainText("Expired");
  });
});

test("a request that cannot be is refused with the rule in words, and what was typed is kept", async ({ page }) => {
  const { cf, ga, release } = await current(page);
  const form = `/exceptions/new?proposal=${own("cep/4690", "cep/4760")}&freeze=cf&release=${release}`;
  await signInAs(page, "approver", form);
  const said = { why: "  ", time: "as soon as possible", impact: "" };
  await fillIn(page, said);
  expect(await send(page, page.getByRole("button", { name: "Send the request" }))).toBe(422);
  await expect(problems(page)).toContainText("Not recorded. What you typed is kept below.");
  await expect(problems(page)).toContainText("write why the work cannot be done before the freeze; deciders judge by it");
  await expect(problems(page)).toContainText("“as soon as possible” is no time that can be kept or missed");
  await expect(problems(page)).toContainText("write what happens if it is not granted");
  expect(await filledIn(page)).toEqual(said);
  // Each problem leads to its field, which says it once more.
  for (const field of ["Why", "Additional time", "If it is not granted"]) {
    await expect(page.getByLabel(field, { exact: true })).toHaveAttribute("aria-invalid", "true");
    const target = await problems(page).getByRole("link", { name: field, exact: true }).getAttribute("href");
    await expect(page.locator(target!)).toHaveAccessibleName(field);
  }
  for (const [time, rule] of [
    [daysAfter(cf, -1), `is not after the Code Freeze of ${release} (${inWords(cf)}); an exception has to reach beyond it`],
    [cf, "is not after the Code Freeze"],
    [daysAfter(ga, 1), `is after the general availability of ${release} (${inWords(ga)}); no exception reaches beyond it`],
    ["", "say how much time"],
    ["0 days", "no time that can be asked for"],
  ]) {
    const typed = { why: "Reviews take longer.", time, impact: "It moves to the next release." };
    await fillIn(page, typed);
    expect(await send(page, page.getByRole("button", { name: "Send the request" })), time).toBe(422);
    await expect(problems(page)).toContainText(rule);
    expect(await filledIn(page)).toEqual(typed);
  }
  // What was refused is kept as a draft, until it is deleted.
  await page.goto(form);
  await expect(page.getByLabel("Why", { exact: true })).toHaveValue("Reviews take longer.");
  await page.getByRole("button", { name: "delete it" }).click();
  await page.goto(form);
  await expect(page.getByLabel("Why", { exact: true })).toHaveValue("");
});

test("a preview shows the mail and the instant, and sends nothing", async ({ page }) => {
  const { cf, release } = await current(page);
  await page.goto("/exceptions");
  const before = await page.locator("tr[data-row]").filter({ hasText: own("VEP 277", "VEP 268") }).count();
  await page.goto(`/exceptions/new?proposal=${own("vep/277", "vep/268")}&freeze=cf&release=${release}`);
  await fillIn(page, { why: "The lane waits for its nodes.", time: "5 days", impact: "It moves to the next release." });
  expect(await send(page, page.getByRole("button", { name: "Preview" }))).toBe(200);
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("The lane waits for its nodes.");
  await expect(preview).toContainText("To: ");
  await expect(page.locator("[data-until-words]")).toContainText(`until ${inWords(daysAfter(cf, 5))}, 5 days after CF`);
  await expect(page.getByLabel("Why", { exact: true })).toHaveValue("The lane waits for its nodes.");
  await page.goto("/exceptions");
  expect(await page.locator("tr[data-row]").filter({ hasText: own("VEP 277", "VEP 268") }).count()).toBe(before);
});

test("a grant that cannot be is refused with the rule in words, and what was typed is kept", async ({ page }) => {
  test.setTimeout(120_000);
  const { cf, ga, release } = await current(page);
  await signInAs(page, "approver");
  const form = `/exceptions/new?proposal=${own("cep/4708", "cep/4749")}&freeze=cf&release=${release}`;
  const request = await ask(page, form, { why: "The kernel is late.", time: "6 days", impact: "It moves to the next release." });

  // Nobody else is offered to decide.
  await becomes(page, "sigMember", request);
  await expect(page.getByRole("region", { name: "The request" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Decide" })).toHaveCount(0);

  await becomes(page, "releaseTeam", request);
  const until = page.getByLabel("Granted until");
  const reason = page.getByLabel("Reason, or what you ask");
  const grant = page.getByRole("button", { name: "Grant", exact: true });
  for (const [day, why, rule] of [
    [daysAfter(cf, -1), "They are nearly done.", `is not after the Code Freeze of ${release} (${inWords(cf)})`],
    [cf, "They are nearly done.", `is not after the Code Freeze of ${release} (${inWords(cf)})`],
    [daysAfter(ga, 1), "They are nearly done.", `is after the general availability of ${release} (${inWords(ga)})`],
    ["as soon as possible", "They are nearly done.", "“as soon as possible” is no time that can be kept or missed"],
    ["", "They are nearly done.", "say how much time"],
    [daysAfter(cf, 6), " ", "a reason is needed: write one sentence that others will understand later"],
  ]) {
    await until.fill(day);
    await reason.fill(why);
    expect(await send(page, grant), rule).toBe(422);
    await expect(problems(page)).toContainText(rule);
    await expect(until).toHaveValue(day);
    await expect(reason).toHaveValue(why);
    await expect(status(page)).toContainText("Sent");
  }

  // More is asked for, answered, and decided.
  await page.getByRole("radio", { name: "Ask for more" }).check();
  await reason.fill("Which kernel is it?");
  expect(await send(page, page.getByRole("button", { name: "Ask for more", exact: true }))).toBe(303);
  await expect(status(page)).toContainText("Needs information");
  await becomes(page, "approver", request);
  await expect(page.getByRole("region", { name: "Answer" }).locator("blockquote")).toHaveText("Which kernel is it?");
  await page.getByLabel("Your answer").fill(" ");
  expect(await send(page, page.getByRole("button", { name: "Answer", exact: true }))).toBe(422);
  await expect(problems(page)).toContainText("write an answer before you send it");
  await page.getByLabel("Your answer").fill("The one of Stream 10.");
  expect(await send(page, page.getByRole("button", { name: "Answer", exact: true }))).toBe(303);
  await becomes(page, "releaseTeam", request);
  await expect(page.getByRole("region", { name: "The request" })).toContainText("The one of Stream 10.");
  await page.getByRole("radio", { name: "Deny" }).check();
  await reason.fill("The kernel will not come in time.");
  expect(await send(page, page.getByRole("button", { name: "Deny", exact: true }))).toBe(303);
  await expect(status(page)).toHaveText("Denied");
  await expect(page.getByRole("region", { name: "The request" })).toContainText("The kernel will not come in time.");
  await expect(page.getByRole("region", { name: "Decide" })).toHaveCount(0);
});

test("nobody decides on their own request, and another member of the release team can", async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  const { cf, release } = await current(page);
  await signInAs(page, "releaseTeam");
  const form = `/exceptions/new?proposal=${own("cep/4720", "cep/4753")}&freeze=cf&release=${release}`;
  const request = await ask(page, form, { why: "The reader was late.", time: "4 days", impact: "It moves to the next release." });
  await page.goto(request);
  await expect(page.getByRole("region", { name: "Decide" })).toHaveCount(0);
  await expect(page.locator(".notice")).toContainText("Nobody decides on their own request; another member of the release team has to");

  // A form from elsewhere with all that belongs to it gets no further, and loses nothing.
  const csrf = await page.locator("input[name=csrf]").first().inputValue();
  const typed = "I know best that this is safe.";
  const sent = await page.request.post(`${request}/decide`, {
    headers: { origin: baseURL! },
    form: { csrf, form: "decide", choice: "grant", until: daysAfter(cf, 4), reason: typed, do: "decide" },
  });
  expect(sent.status()).toBe(403);
  const said = await sent.text();
  expect(said.toLowerCase()).toContain("nobody decides on their own request");
  expect(said).toContain(typed);
  await page.goto(request);
  await expect(status(page)).toContainText("Sent");

  await becomes(page, "twoRoles", request);
  await page.getByRole("radio", { name: "Deny" }).check();
  await page.getByLabel("Reason, or what you ask").fill("It can wait for the next release.");
  expect(await send(page, page.getByRole("button", { name: "Deny", exact: true }))).toBe(303);
  await expect(status(page)).toHaveText("Denied");
});

test("a late and a second request are taken and pointed out, and can be taken back", async ({ page }) => {
  test.setTimeout(120_000);
  const { cf, release } = await current(page);
  await signInAs(page, "approver");
  const form = `/exceptions/new?proposal=${own("cep/4688", "cep/4681")}&freeze=ef&release=${release}`;
  const said = { why: "Nobody saw that the freeze was so near.", time: cf, impact: "It moves to the next release." };
  const first = await ask(page, form, said);
  const second = await ask(page, form, { ...said, why: "Asked once more, with the reviewer named." });
  expect(second).not.toBe(first);

  await becomes(page, "releaseTeam", second);
  const facts = page.getByRole("region", { name: "Facts" });
  await expect(facts).toContainText(/Late: sent \d+ days after the freeze/);
  await expect(facts).toContainText(/(Second|Third|Fourth|\d+th) request for this freeze; the (first|one before) is undecided/);
  await expect(facts).toContainText("The mail's archive link is missing");
  await expect(page.getByRole("region", { name: "Earlier requests of it" }).locator(`a[href="${first}"]`)).toBeVisible();

  for (const request of [second, first]) {
    await becomes(page, "approver", request);
    await unfold(page.locator("details.fold").filter({ hasText: "Withdraw the request" }));
    expect(await send(page, page.getByRole("button", { name: "Withdraw it" }))).toBe(303);
    await expect(status(page)).toHaveText("Withdrawn");
  }
});

test("exceptions can be filtered, counted and had as files", async ({ page, request }) => {
  await page.goto("/exceptions?release=v1.8");
  const shown = await page.locator("tr[data-row]").count();
  expect(shown).toBeGreaterThan(0);
  await expect(page.getByRole("link", { name: /Remove the filter release/ })).toBeVisible();
  const csv = await request.get((await page.getByRole("link", { name: "CSV" }).getAttribute("href"))!);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).trim().split("\n").length).toBeGreaterThan(shown);
  const json = await request.get((await page.getByRole("link", { name: "JSON" }).getAttribute("href"))!);
  expect(json.headers()["content-type"]).toContain("application/json");
  await page.goto("/exceptions?q=thereisnosuchword");
  await expect(page.getByText(/No request matches/)).toBeVisible();
  await page.goto("/exceptions/statistics");
  const list = page.locator("main table a").first();
  await list.click();
  await expect(page).toHaveURL(/\/exceptions\?/);
  expect(await page.locator("tr[data-row]").count()).toBeGreaterThan(0);
  const yaml = await request.get("/exceptions.yaml");
  expect(yaml.status()).toBe(200);
  expect(await yaml.text()).toContain(personas.owner.login);
});
