import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { aProposal, everyPage, open, send, signInAs, unfold, type Persona } from "../support";

/** Everything that axe finds wrong within a part of the page, as short lines; by all its rules, or by those given. */
async function violations(page: Page, within: string, rules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(within);
  const { violations } = await (rules.length ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} (${node.failureSummary})`));
}

/**
 * Looks at the page as it is on a desk and on a phone, in both themes: axe finds nothing wrong, and nothing scrolls
 * sideways. Every rule is asked once per width; in the other theme only what depends on colours.
 */
async function isFine(page: Page, what: string, within = "html") {
  const looks = [
    { width: 1440, theme: "light", rules: [] },
    { width: 1440, theme: "dark", rules: ["color-contrast"] },
    { width: 390, theme: "dark", rules: [] },
    { width: 390, theme: "light", rules: ["color-contrast"] },
  ] as const;
  for (const { width, theme, rules } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    expect.soft(await violations(page, within, [...rules]), `${what}, ${theme}, ${width} px`).toEqual([]);
    const [inside, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    expect.soft(inside, `${what} scrolls sideways at ${width} px`).toBeLessThanOrEqual(shown);
  }
}

/** The same with what is folded away. Menus hide what lies under them and are looked at by themselves. */
async function isFineUnfolded(page: Page, what: string) {
  await page.evaluate(() =>
    document.querySelectorAll("main details:not(.popover)").forEach((details) => details.setAttribute("open", "")),
  );
  await isFine(page, what);
}

/** Pages that look different for whoever is signed in. */
async function ownPages(page: Page, persona: Persona): Promise<string[]> {
  const first = async (list: string) => {
    await page.goto(list);
    return (await page.locator("a[data-row-link]").first().getAttribute("href"))!;
  };
  const own = [
    "/me",
    "/cep/4702",
    await first("/exceptions?state=in-review"),
    "/exceptions/new?proposal=cep/4702&freeze=cf",
    "/cep/4702/decide/retarget",
    "/cep/4612/checklist?release=v1.8",
    "/releases/v1.11/plan",
    "/start?source=cep&title=Measure+the+queue&release=v1.11&stage=alpha&number=9001",
    "/settings/rosters?release=v1.12",
    "/outbox",
  ];
  if (persona === "admin" || persona === "newcomer") return own;
  return [
    ...own,
    "/",
    await first("/exceptions?state=granted"),
    await first("/exceptions?state=needs-information"),
    "/cep/4702/decide/waive",
    "/cep/4702/decide/classify",
    "/cep/4702/decide/hand-over",
    "/cep/4612/decide/sign-line?release=v1.8",
    "/releases/v1.8/checklist?source=cep",
    "/releases/v1.11/plan?source=vep",
    "/releases/v1.8/freeze/cf",
    "/releases/v1.10/freeze/ef?show=announcement",
    "/announcements/v1.10/cf-reminder",
    "/announcements/templates/call",
    "/representation",
    "/meetings",
  ];
}

test("axe finds nothing wrong on any page", async ({ page }) => {
  test.setTimeout(900_000);
  for (const address of await everyPage(page)) {
    await page.goto(address);
    await isFineUnfolded(page, address);
  }
});

test("axe finds nothing wrong on pages that find nothing", async ({ page }) => {
  test.setTimeout(180_000);
  for (const address of ["/proposals?status=ready-cf&q=a&page=x", "/decisions?action=dance&q=thereisnosuchword", "/exceptions?q=thereisnosuchword", "/pulls?repository=no/such", "/pulls/no/such/1", "/mismatches?kind=no-such", "/diagnostics?kind=no-such", "/releases/v1.12/checklist?source=vep", "/outbox?state=failed", "/nowhere"]) {
    await page.goto(address);
    await isFineUnfolded(page, address);
  }
});

for (const persona of ["owner", "sigMember", "releaseTeam", "admin", "newcomer"] as const satisfies Persona[]) {
  test(`axe finds nothing wrong for the persona ${persona}`, async ({ page }) => {
    test.setTimeout(900_000);
    await signInAs(page, persona);
    for (const address of await ownPages(page, persona)) {
      await page.goto(address);
      await isFineUnfolded(page, `${address} for ${persona}`);
    }
  });
}

test("axe finds nothing wrong on forms that were refused", async ({ page }) => {
  test.setTimeout(300_000);
  const refused = async (persona: Persona, address: string, button: string, before?: (page: Page) => Promise<unknown>) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await signInAs(page, persona, address);
    await before?.(page);
    expect(await send(page, page.getByRole("button", { name: button, exact: true }).first()), address).toBe(422);
    await expect(page.getByRole("alert"), address).toBeVisible();
    await isFineUnfolded(page, `${address}, refused`);
  };
  await refused("twoRoles", "/exceptions/new", "Send the request", (page) => page.getByLabel("Additional time", { exact: true }).fill("as soon as possible"));
  await refused("twoRoles", "/exceptions/new?proposal=cep/4663&freeze=cf", "Preview");
  await page.goto("/exceptions?state=in-review");
  const request = new URL((await page.locator("a[data-row-link]").first().getAttribute("href"))!, page.url()).pathname;
  await refused("twoRoles", request, "Grant", (page) => page.getByLabel("Granted until").fill("soon"));
  await refused("sigMember", "/cep/4702/decide/retarget", "Retarget");
  await refused("sigMember", "/cep/4702/decide/support", "Record support");
  await refused("sigMember", "/cep/4702/decide/assign", "Assign", (page) => page.getByLabel("Reviewers").fill("no login!"));
  await refused("sigMember", "/releases/v1.11/plan", "Carry over the ticked ones");
  await refused("sigMember", "/releases/v1.11/checklist", "Add the line");
  await refused("admin", "/settings/rosters?release=v1.12", "Add");
  await page.goto("/me");
});

test("axe finds nothing wrong with open menus", async ({ page }) => {
  test.setTimeout(180_000);
  const menus = async (address: string, which: string) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(address);
    for (const menu of await page.locator(which).all()) {
      await unfold(menu);
      await isFine(page, `${address}, a menu`, "details.popover[open]");
      // On the phone, which was looked at last.
      const { x, width } = (await menu.locator(":scope > :not(summary)").first().boundingBox())!;
      expect.soft(x, `${address}, the left edge of a menu`).toBeGreaterThanOrEqual(0);
      expect.soft(x + width, `${address}, the right edge of a menu`).toBeLessThanOrEqual(390);
      await menu.evaluate((menu) => menu.removeAttribute("open"));
    }
  };
  await signInAs(page, "sigMember");
  await menus("/cep/4702", "details.popover:visible");
  for (const address of ["/proposals", "/exceptions", "/decisions", "/releases/v1.11/plan"]) await menus(address, "main details.popover");
});

test("axe finds nothing wrong with what script adds", async ({ page }) => {
  test.setTimeout(120_000);
  await signInAs(page, "sigMember");
  await open(page, "/exceptions/new?proposal=cep/4702&freeze=cf");
  await page.getByLabel("Additional time", { exact: true }).fill("as soon as possible");
  await expect(page.locator("[data-until-words]")).toContainText("no time that can be kept");
  await isFine(page, "a time that cannot be, at once");
  await open(page, "/releases/v1.10/plan");
  await page.locator("tr[data-reorder-row]").last().getByRole("spinbutton").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.locator("[data-reorder-status]")).toContainText("Not saved yet.");
  await isFine(page, "another order, not saved yet");
});

test("everything to press is at least 24 px large, or stands within text", async ({ page }) => {
  test.setTimeout(120_000);
  const small = () =>
    page.locator("button:visible, summary:visible, select:visible, input:visible, .btn:visible").evaluateAll((all) =>
      all.filter((e) => e.getBoundingClientRect().height < 24 && !(e as HTMLInputElement).disabled && !e.closest("label")).map((e) => e.outerHTML.slice(0, 120)),
    );
  for (const address of await everyPage(page)) {
    await page.goto(address);
    expect.soft(await small(), address).toEqual([]);
  }
  await signInAs(page, "sigMember");
  for (const address of ["/me", await aProposal(page), "/releases/v1.11/plan", "/cep/4612/checklist?release=v1.8", "/cep/4702/decide/retarget"]) {
    await page.goto(address);
    expect.soft(await small(), address).toEqual([]);
  }
});
