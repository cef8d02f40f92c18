// Freeze day of the demo, from the simulation to the snapshot, as somebody runs it whose browser runs no script.
import { expect, test, type Page } from "@playwright/test";
import { alone, signInAs } from "../support";

const day = "/releases/current/freeze/ef";
const api = "/api/v1/releases/current/freeze/ef";

interface Frozen {
  source: string;
  number: number;
  title: string;
  group: "met" | "exception" | "others";
  status_words: string;
  kept: boolean;
}

/** Every proposal of the freeze, as judged. */
async function judged(page: Page, query = ""): Promise<Frozen[]> {
  const answer = await page.request.get(`${api}/proposals?limit=500${query}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()).items;
}

/** Names of a group in the order of the announcement. */
function announced(text: string, from: RegExp, to: RegExp | null): string[] {
  const begin = text.search(from);
  expect(begin, `${from} in ${text}`).toBeGreaterThan(-1);
  const rest = text.slice(begin).replace(from, "");
  const end = to ? rest.search(to) : -1;
  return [...(end < 0 ? rest : rest.slice(0, end)).matchAll(/^- (?:CEP|VEP) (\d+)/gm)].map((found) => found[1]).sort();
}

test("freeze day, from the simulation to a snapshot that stays", async ({ page }) => {
  test.setTimeout(120_000);
  await alone("freeze-day", async () => {
    // Before a freeze: as if it were now, with nothing to decide.
    await page.goto("/releases/current/freeze/cf");
    await expect(page.locator("main")).toContainText("If the freeze were now");
    await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);

    // On it: one proposal after the other.
    await signInAs(page, "releaseTeam", day);
    const open = (await (await page.request.get(api)).json()).unsettled as number;
    expect(open).toBeGreaterThan(0);
    for (let n = 0; n < open; n += 1) {
      await expect(page.getByLabel("Leave as it is")).toBeChecked();
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("status")).toContainText("Left as it is");
    }

    // The announcement says what the verdicts at the instant of the freeze say.
    await page.getByRole("link", { name: "Announcement", exact: true }).click();
    const mail = (await page.locator("pre").first().textContent())!;
    const all = await judged(page);
    const of = (group: string) => all.filter((one) => one.group === group).map((one) => String(one.number)).sort();
    const [met, exception, others] = [/^Enhancement Freeze met \(\d+\)$/m, /^Exception pending or granted \(\d+\)$/m, /^All others \(\d+\)$/m];
    expect(announced(mail, met, exception)).toEqual(of("met"));
    expect(announced(mail, exception, others)).toEqual(of("exception"));
    expect(announced(mail, others, null)).toEqual(of("others"));

    // Closed, it is kept: the same a month later, whatever is learned until then.
    await page.getByRole("button", { name: "Close freeze day" }).click();
    await expect(page.getByRole("status")).toContainText("Freeze day is closed");
    await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
    const kept = (all: Frozen[]) =>
      all.filter((one) => one.kept).map((one) => `${one.source}/${one.number} ${one.group} ${one.status_words}`).sort();
    const snapshot = kept(await judged(page));
    expect(snapshot).toEqual(all.map((one) => `${one.source}/${one.number} ${one.group} ${one.status_words}`).sort());
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    expect(kept(await judged(page, `&at=${later}`))).toEqual(snapshot);

    // A slip of the hand is taken back.
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("status")).toContainText("open again");
  });
});
