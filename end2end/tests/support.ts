// What the tests share: the addresses of the pages, the people of the demo, and an eye on everything a page complains
// about.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";

/** Pages that exist whatever the data, for everybody. */
export const fixedPages = [
  "/",
  "/proposals",
  "/releases",
  "/releases/current",
  "/releases/current/plan",
  "/releases/current/checklist",
  "/releases/current/slips",
  "/releases/v1.8/slips",
  "/slips",
  "/agenda",
  "/releases/current/freeze/cf",
  "/releases/current/freeze/ef",
  "/releases/current/freeze/ef?show=then",
  "/releases/current/freeze/ef?show=announcement",
  "/announcements",
  "/announcements/current/call",
  "/announcements/templates/ef",
  "/representation",
  "/meetings",
  "/check-ins/current",
  "/check-ins/current/now",
  "/check-ins/current/now/gaps",
  "/check-ins/current/now/meeting",
  "/check-ins/current/now/comments",
  "/check-ins/current/now/minutes",
  "/pulls",
  "/pulls?label=due",
  "/mismatches",
  "/diagnostics",
  "/reminders",
  "/candidates",
  "/sync",
  "/exceptions",
  "/exceptions/new",
  "/exceptions/statistics",
  "/decisions",
  "/start",
  "/sign-in",
  "/glossary",
  "/settings",
  "/settings/rosters",
  "/outbox",
  "/api/v1/docs",
];

/** The people as whom the demo can be tried, by what they are. */
export const personas = {
  owner: { name: "Chidi Demo", login: "chidi-demo" },
  approver: { name: "Gwen Demo", login: "gwen-demo" },
  sigMember: { name: "Ines Demo", login: "ines-demo" },
  releaseTeam: { name: "Petra Demo", login: "petra-demo" },
  twoRoles: { name: "Levi Demo", login: "levi-demo" },
  admin: { name: "Anouk Demo", login: "anouk-demo" },
  newcomer: { name: "Finn Demo", login: "finn-demo" },
} as const;

/** One of the people of the demo. */
export type Persona = keyof typeof personas;

/** Signs in as one of the people of the demo, and goes on to `next`. */
export async function signInAs(page: Page, persona: Persona, next = "/") {
  const { name } = personas[persona];
  await page.goto(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByRole("button", { name: `Continue as ${name}` }).click();
  await expect(page.locator("details.account > summary")).toHaveAttribute("title", `Signed in as ${name}`);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(next);
}

/** One thing with script and another without, so that the two runs do not get into each other's way. */
export function own<T>(withScript: T, withoutScript: T): T {
  return test.info().project.name === "with-script" ? withScript : withoutScript;
}

/** Does something while no other test does anything with the same name; all of them share one server. */
export async function alone<T>(what: string, act: () => Promise<T>): Promise<T> {
  const data = process.env.E2E_DATA ?? join(tmpdir(), "cep-tracker-e2e-running");
  const lock = `${data}.${what.replace(/\W+/g, "-")}.lock`;
  while (!taken(lock)) await new Promise((go) => setTimeout(go, 200));
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Takes a lock; that of a process that is gone counts as free. */
function taken(lock: string): boolean {
  try {
    const file = openSync(lock, "wx");
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    try {
      process.kill(Number(readFileSync(lock, "utf8")) || process.pid, 0);
    } catch {
      rmSync(lock, { force: true });
    }
    return false;
  }
}

/** Opens a page and waits until its islands live, where there is script. */
export async function open(page: Page, address: string) {
  await page.goto(address);
  await alive(page);
}

/** Waits until the islands of the page live, where there is script. */
export async function alive(page: Page) {
  if (test.info().project.use.javaScriptEnabled === false) return;
  await expect(page.locator("html[data-islands=ready]")).toBeAttached({ timeout: 15_000 });
}

/** Presses Tab until something has the focus, as people do who use no mouse. */
export async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 200; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** Presses the button of a form; the status with which it was answered, before the page that follows. */
export async function send(page: Page, button: Locator): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.request().method() === "POST");
  await button.click();
  return (await answered).status();
}

/** Unfolds something, unless it is open. */
export async function unfold(details: Locator) {
  if ((await details.getAttribute("open")) === null) await details.locator("> summary").click();
  await expect(details).toHaveAttribute("open");
}

/** The address of a proposal's page, without a query. */
export async function aProposal(page: Page): Promise<string> {
  await page.goto("/proposals?release=current");
  const href = await page.locator("a[data-row-link]").first().getAttribute("href");
  return href!.split("?")[0];
}

/** Every page, those for whoever is signed in and the error page aside. */
export async function everyPage(page: Page): Promise<string[]> {
  const proposal = await aProposal(page);
  const first = async (list: string, link: string) => {
    await page.goto(list);
    return (await page.locator(link).first().getAttribute("href"))!;
  };
  return [
    ...fixedPages,
    proposal,
    `${proposal}/checklist`,
    `${proposal}/decide/retarget`,
    await first("/exceptions", "a[data-row-link]"),
    await first("/candidates", "a[data-row-link]"),
    await first("/pulls", "table.pulls a[data-row-link]"),
    await first("/decisions", "table.decisions th a"),
  ];
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

/** A day so many days after another, as `2026-10-27`. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** A day as pages write it near now: "27 Oct". */
export function inWords(day: string): string {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const [, month, ofMonth] = day.split("-").map(Number);
  return `${ofMonth} ${months[month - 1]}`;
}
