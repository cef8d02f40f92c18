// Calendars and Atom as programs of other hands read them: a strict parser of RFC 5545, and the browser's of XML.
import ICAL from "ical.js";
import { expect, test, type APIRequestContext } from "@playwright/test";
import { aProposal } from "../support";

/** A calendar, read; that it is one line after another, each at most 75 octets, is checked on the way. */
async function calendar(request: APIRequestContext, address: string): Promise<ICAL.Component> {
  const answer = await request.get(address);
  expect(answer.status(), address).toBe(200);
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  expect(text.replaceAll("\r\n", ""), `${address}: every line ends with CRLF`).not.toMatch(/[\r\n]/);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
  ICAL.design.strict = true;
  const root = new ICAL.Component(ICAL.parse(text));
  expect(root.name).toBe("vcalendar");
  return root;
}

/** The events of a calendar by the beginning of their UID. */
function events(root: ICAL.Component): Map<string, ICAL.Event> {
  const all = root.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  return new Map(all.map((event) => [event.uid.split("@")[0]!, event]));
}

/** When a meeting begins, from a day on: so many times, in UTC, by the zone that the calendar brings along. */
function begins(root: ICAL.Component, meeting: string, from: string, count: number): string[] {
  const zone = new ICAL.Timezone(root.getFirstSubcomponent("vtimezone")!);
  const steps = events(root).get(meeting)!.iterator();
  const found: string[] = [];
  for (let at = steps.next(); found.length < count; at = steps.next()) {
    at.zone = zone;
    const utc = at.convertToZone(ICAL.Timezone.utcTimezone).toString();
    if (utc >= from) found.push(utc);
  }
  return found;
}

test("a meeting begins at its time of day in Berlin before and after the clocks change", async ({ request }) => {
  const root = await calendar(request, "/calendar.ics");
  // The clocks go forward on 28 March 2027 and back on 31 October 2027.
  expect(begins(root, "ci-operations-sync", "2027-03-22", 2)).toEqual(["2027-03-22T09:00:00Z", "2027-03-29T08:00:00Z"]);
  expect(begins(root, "ci-operations-sync", "2027-10-25", 2)).toEqual(["2027-10-25T08:00:00Z", "2027-11-01T09:00:00Z"]);
  expect(begins(root, "ci-operations-grooming", "2026-10-12", 2)).toEqual(["2026-10-12T09:30:00Z", "2026-10-26T10:30:00Z"]);
  const grooming = events(root).get("ci-operations-grooming")!;
  expect(grooming.duration.toSeconds()).toBe(25 * 60);
});

test("the deadlines of the current release are at the end of their days anywhere on Earth", async ({ request }) => {
  const release = await (await request.get("/api/v1/releases/current")).json();
  for (const address of ["/calendar.ics", "/releases/current/calendar.ics"]) {
    const all = events(await calendar(request, address));
    for (const [key, field] of [["enhancement-freeze", "enhancement_freeze"], ["code-freeze", "code_freeze"], ["ga", "ga"]]) {
      const event = all.get(`${release.version}-${key}`)!;
      expect(event.startDate.toString(), `${address} ${key}`).toBe(release[field!].instant);
    }
  }
});

test("titles with every kind of punctuation arrive as they were written", async ({ request }) => {
  const root = await calendar(request, "/calendar.ics");
  const ends = [...events(root)].filter(([uid]) => uid.startsWith("exception-"));
  expect(ends.length).toBeGreaterThan(0);
  const exceptions = await (await request.get("/api/v1/exceptions?limit=500")).json();
  for (const [uid, event] of ends) {
    const exception = exceptions.items.find((one: { id: number }) => `exception-${one.id}` === uid);
    expect(event.description.startsWith(`${exception.title}, ${exception.release}.`), event.description).toBe(true);
    expect(event.startDate.toString()).toBe(exception.granted_until);
  }
});

test("whoever is known here has a calendar, and nobody else", async ({ request }) => {
  expect(events(await calendar(request, "/people/chidi-demo/calendar.ics")).size).toBeGreaterThan(0);
  const unknown = await request.get("/people/nobody-at-all/calendar.ics");
  expect(unknown.status()).toBe(404);
  expect(await unknown.text()).toContain("Nobody here knows @nobody-at-all");
});

test("browsers read the Atom feeds, and every address in them is a whole one", async ({ page, request }) => {
  const proposal = await aProposal(page);
  for (const address of ["/decisions.atom", `${proposal}/feed.atom`]) {
    const text = await (await request.get(address)).text();
    const feed = await page.evaluate((xml) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const all = (name: string) => [...document.getElementsByTagNameNS("http://www.w3.org/2005/Atom", name)];
      return {
        broken: document.getElementsByTagName("parsererror").length,
        root: `${document.documentElement.namespaceURI} ${document.documentElement.localName}`,
        entries: all("entry").length,
        ids: all("id").map((id) => id.textContent!),
        links: all("link").map((link) => link.getAttribute("href")!),
        times: [...all("updated"), ...all("published")].map((time) => time.textContent!),
      };
    }, text);
    expect(feed.broken, address).toBe(0);
    expect(feed.root).toBe("http://www.w3.org/2005/Atom feed");
    expect(feed.entries, address).toBeGreaterThan(0);
    expect(new Set(feed.ids).size, address).toBe(feed.ids.length);
    for (const whole of [...feed.ids, ...feed.links]) expect(() => new URL(whole)).not.toThrow();
    for (const time of feed.times) expect(Number.isNaN(Date.parse(time)), time).toBe(false);
  }
});
