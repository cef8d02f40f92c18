// Freeze day of the demo, from the simulation to the snapshot, as somebody runs it whose browser runs no script.
import { expect, test, type Page } from "@playwright/test";
import { alone, signInAs } from "../support";

interface Frozen {
  source: string;
  number: number;
  title: string;
  group: "met" | "exception" | "others";
  status_words: string;
  kept: boolean;
}

/** Every proposal of a freeze, as judged. */
async function judged(page: Page, day: string, query = ""): Promise<Frozen[]> {
  const answer = await page.request.get(`/api/v1${day}/proposals?limit=500${query}`);
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

test("before a freeze its day is a simulation, with nothing to decide", async ({ page }) => {
  await signInAs(page, "releaseTeam", "/releases/current/freeze/cf");
  await expect(page.locator("main")).toContainText("If the freeze were now");
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
});

// One that leaves a proposal to be settled, and one with all of its groups.
for (const day of ["/releases/v1.8/freeze/cf", "/releases/v1.9/freeze/ef"]) {
  test(`${day}, from the first proposal to a snapshot that stays`, async ({ page }) => {
    test.setTimeout(120_000);
    await alone("freeze-day", async () => {
      await signInAs(page, "releaseTeam", day);
      const open = (await (await page.request.get(`/api/v1${day}`)).json()).unsettled as number;
      for (let n = 0; n < open; n += 1) {
        await expect(page.getByLabel("Leave as it is")).toBeChecked();
        await page.getByRole("button", { name: "Save" }).click();
        await expect(page.getByRole("status")).toContainText("Left as it is");
      }

      // The announcement says what the verdicts at the instant of the freeze say.
      await page.getByRole("link", { name: "Announcement", exact: true }).click();
      const mail = (await page.locator("pre").first().textContent())!;
      const all = await judged(page, day);
      const of = (group: string) => all.filter((one) => one.group === group).map((one) => String(one.number)).sort();
      const met = /^(?:Enhancement|Code) Freeze met \(\d+\)$/m;
      const exception = /^Exception pending or granted \(\d+\)$/m;
      const others = /^All others \(\d+\)$/m;
      expect(announced(mail, met, exception)).toEqual(of("met"));
      expect(announced(mail, exception, others)).toEqual(of("exception"));
      expect(announced(mail, others, null)).toEqual(of("others"));

      // Closed, it is kept: the same a month later, whatever is learned until then.
      await page.getByRole("button", { name: "Close freeze day" }).click();
      await expect(page.getByRole("status")).toContainText("Freeze day is closed");
      await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
      const line = (one: Frozen) => `${one.source}/${one.number} ${one.group}`;
      const kept = (all: Frozen[]) => all.filter((one) => one.kept).map(line).sort();
      expect(kept(await judged(page, day))).toEqual(all.map(line).sort());
      const later = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
      expect(kept(await judged(page, day, `&at=${later}`))).toEqual(all.map(line).sort());

      // A slip of the hand is taken back.
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByRole("status")).toContainText("open again");
    });
  });
}
