import { expect, test, type Page } from "@playwright/test";
import { github, tracked } from "../../addresses";

/** How long a change may take from the answer to its webhook to a page that shows it, in milliseconds. */
const LONGEST = 2_000;

interface Delivery {
  event: string;
  action: string | null;
  status: number | null;
}

/** What the stand-in sent, the oldest first. */
async function deliveries(page: Page): Promise<Delivery[]> {
  return (await page.request.get(`http://${github}/_control/deliveries`)).json();
}

test("a page shows an issue's change within two seconds of its webhook", async ({ page }) => {
  await expect(async () => {
    await page.goto(`http://${tracked}/vep/421`);
    await expect(page.locator("h1")).toContainText("Pause idle lanes", { timeout: 1_000 });
  }, "the tracker has read GitHub").toPass({ timeout: 30_000 });
  for (const title of ["Pause idle lanes at night", "Pause all lanes", "Stop the lanes"]) {
    const told = page.getByText(`The issue is called “${title}”`);
    await expect(told).toHaveCount(0);
    const before = (await deliveries(page)).length;
    const act = { repository: "kubevirt/enhancements", number: 421, by: "olga", act: "edit", title: `VEP 421: ${title}` };
    expect((await page.request.post(`http://${github}/_control/act`, { data: act })).status()).toBe(200);
    await expect.poll(async () => (await deliveries(page)).slice(before), { intervals: [5], timeout: 10_000 }).toEqual([
      { event: "issues", action: "edited", status: 202 },
    ]);
    const answered = performance.now();
    await expect(async () => {
      await page.reload();
      await expect(told.first()).toBeVisible({ timeout: 1 });
    }).toPass({ intervals: [20], timeout: 30_000 });
    const took = performance.now() - answered;
    test.info().annotations.push({ type: "seen after", description: `${took.toFixed()} ms` });
    expect(took, `“${title}” was seen after ${took.toFixed()} ms`).toBeLessThanOrEqual(LONGEST);
    // GitHub tells times in seconds; changes of one second are another story.
    await page.waitForTimeout(1_100);
  }
});
