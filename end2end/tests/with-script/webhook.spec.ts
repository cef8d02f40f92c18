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
  const changes = [
    { act: "unlabel", action: "unlabeled", shows: "The issue lacks sig/compute." },
    { act: "label", action: "labeled", shows: "The issue carries the labels it needs." },
    { act: "unlabel", action: "unlabeled", shows: "The issue lacks sig/compute." },
  ];
  for (const { act, action, shows } of changes) {
    const shown = page.locator(".findings li", { hasText: shows }).first();
    await expect(shown).toHaveCount(0);
    const before = (await deliveries(page)).length;
    const data = { repository: "kubevirt/enhancements", number: 421, by: "olga", act, name: "sig/compute" };
    expect((await page.request.post(`http://${github}/_control/act`, { data })).status()).toBe(200);
    const sent = [{ event: "issues", action, status: 202 }];
    await expect.poll(async () => (await deliveries(page)).slice(before), { intervals: [5], timeout: 10_000 }).toEqual(sent);
    const answered = performance.now();
    await expect(async () => {
      await page.reload();
      await expect(shown).toBeVisible({ timeout: 1 });
    }).toPass({ intervals: [20], timeout: 30_000 });
    const took = performance.now() - answered;
    test.info().annotations.push({ type: "seen after", description: `${took.toFixed()} ms` });
    expect(took, `“${shows}” was seen after ${took.toFixed()} ms`).toBeLessThanOrEqual(LONGEST);
    // GitHub tells times in seconds; two changes of one second are another story.
    await page.waitForTimeout(1_100);
  }
});
