// Around the clock: the evening's take-over, the morning's hand-back, overflow. In a world of its own, in which time passes.

import assert from "node:assert/strict";
import { sendMail } from "../mail.mjs";
import { startDemo } from "../program.mjs";
import { inDatabase } from "../database.mjs";
import { caseInList, fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "around the clock: take-over at 18:00, hand-back at 08:00, overflow once";

const weekdays = ["mon", "tue", "wed", "thu", "fri"];
const everyDay = [...weekdays, "sat", "sun"];
const on = (days, ...stretches) => Object.fromEntries(days.map((day) => [day, stretches]));
const byDay = { week: on(weekdays, ["08:00", "18:00"]) };
const byNight = { week: { ...on(weekdays, ["00:00", "08:00"], ["18:00", "24:00"]), ...on(["sat", "sun"], ["00:00", "24:00"]) } };
/** What is looked at every fifteen seconds happens within this. */
const swept = { timeout: 60_000 };

export async function run({ page, person, binary, axeClean }) {
  const world = await startDemo(binary);
  const pages = [page];
  const another = async () => {
    pages.push(await (await person()).newPage());
    return pages.at(-1);
  };
  try {
    const clock = new Clock(world);
    agree(world, "Aurora in English, Spanish and German, weekdays", { kind: "dedicated", hours: byDay, routing: "pull" });
    agree(world, "Aurora in English, nights and weekends", { kind: "after_hours", hours: byNight, routing: "pull" });
    const lead = page;
    const night = await another();
    await signInAs(lead, world.base, "Sofia Abrantes");
    await signInAs(night, world.base, "Grace Manalastas");
    await clock.goTo(lead, "17:50");
    const subject = await theDayHasIt(lead, world);
    await clock.goTo(lead, "18:00");
    await theNightTakesOver(lead, night, world, subject, axeClean);
    await clock.goTo(lead, "08:00");
    await theDayTakesBack(lead, night, world, subject);
    await overflowOnce(lead, await another(), world, clock);
  } finally {
    // A page that is still open would miss the world that it follows.
    await Promise.all(pages.map((one) => one.goto("about:blank")));
    await world.stop();
  }
}

/** Terms that both sides agreed on long ago. */
function agree(world, engagement, terms) {
  inDatabase(world.folder, [[
    `insert into engagement_terms (engagement_id, version, from_on, state, terms, why, proposed_at, client_agreed_at, partner_agreed_at)
     select id, 1, from_on, 'agreed', ?, '', 0, 0, 0 from engagements where name = ?`,
    [JSON.stringify(terms), engagement],
  ]]);
}

/** The demo's clock, moved on its postbox page. */
class Clock {
  constructor(world) {
    this.world = world;
    this.ahead = 0;
  }

  /** Lets time pass until it is this time of a working day in Berlin, and the next day is one, too. */
  async goTo(page, wanted) {
    const zoned = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", weekday: "short", hour: "2-digit", minute: "2-digit" });
    let minutes = 1;
    for (; minutes < 10_080; minutes += 1) {
      const shown = zoned.format(Date.now() + (this.ahead + minutes) * 60_000);
      const day = wanted === "08:00" ? /^(Tue|Wed|Thu|Fri)/ : /^(Mon|Tue|Wed|Thu)/;
      if (day.test(shown) && shown.endsWith(wanted)) break;
    }
    await this.pass(page, minutes);
  }

  /** Lets minutes pass; what falls due in between is looked at soon. */
  async pass(page, minutes) {
    this.ahead += minutes;
    await page.goto(`${this.world.base}/postbox`);
    await page.getByLabel("Let time pass, in minutes").fill(String(minutes));
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByText("It is later now.").waitFor();
  }
}

async function theDayHasIt(lead, world) {
  const subject = fresh("Kettle leaks");
  await sendMail(world.smtp, {
    from: "Orla Keane <orla.keane@mail.example>", to: "help@aurora.example", subject,
    text: "Hello, my kettle leaks since this morning. What can I do?",
  });
  await openInbox(lead, world.base, "unassigned");
  await openCase(lead, subject);
  await lead.getByRole("button", { name: "Assign to me" }).click();
  await lead.getByRole("button", { name: "Assign to me" }).waitFor({ state: "detached" });
  return subject;
}

function offered(page, subject) {
  return page.getByRole("article", { name: subject });
}

/** Loads a page again until it shows something: what is offered is looked at every fifteen seconds. */
async function shows(page, url, wanted) {
  const until = Date.now() + swept.timeout;
  for (;;) {
    await page.goto(url);
    if (await wanted.first().isVisible()) return;
    if (Date.now() > until) throw new Error(`${url} never showed ${wanted}`);
    await page.waitForTimeout(500);
  }
}

async function theNightTakesOver(lead, night, world, subject, axeClean) {
  await shows(night, `${world.base}/hand-overs`, offered(night, subject));
  const card = offered(night, subject);
  await card.getByText("Take-over after hours", { exact: false }).waitFor();
  await card.getByText(/It is still Sofia Abrantes’s/).waitFor();
  await card.getByText("my kettle leaks", { exact: false }).waitFor();
  await axeClean(night);
  await accept(night, card);
  await night.getByRole("heading", { level: 1, name: subject }).waitFor();
  assert.equal(await assignee(night), "Grace Manalastas");
  // The case goes out of her sight in the morning.
  await night.goto(`${world.base}/hand-overs`);
  await shows(lead, `${world.base}/hand-overs`, offered(lead, subject).getByText(/Grace Manalastas accepted it/));
  await openInbox(lead, world.base, "mine");
  assert.equal(await caseInList(lead, subject).count(), 0, "the day still has what the night has taken");
}

async function accept(page, card) {
  const talked = card.getByLabel("We talked");
  if (await talked.isVisible()) await talked.check();
  await card.getByRole("button", { name: /^Accept/ }).click();
}

function assignee(page) {
  return page.getByLabel("Assignee").evaluate((list) => list.selectedOptions[0].text);
}

async function theDayTakesBack(lead, night, world, subject) {
  await shows(lead, `${world.base}/hand-overs`, offered(lead, subject).getByText(/Hand-back in the morning/));
  const card = offered(lead, subject).filter({ hasText: "Hand-back in the morning" });
  await card.getByText(/to Sofia Abrantes at/).waitFor();
  await accept(lead, card);
  await lead.getByRole("heading", { level: 1, name: subject }).waitFor();
  assert.equal(await assignee(lead), "Sofia Abrantes");
  await shows(night, `${world.base}/hand-overs`, offered(night, subject).getByText(/Sofia Abrantes accepted it/));
}

/** More waits than agreed: the partner helps, until less waits; and not twenty times. */
async function overflowOnce(lead, helper, world, clock) {
  await clock.goTo(lead, "10:00");
  const [[[waiting]]] = inDatabase(world.folder, [[
    `select count(*) from cases c join engagements e on e.id = c.engagement_id
     where c.is_open and c.state <> 'waiting' and c.assignee_id is null and c.flooded_at is null and e.name in
       ('Aurora''s own team', 'Aurora in English, Spanish and German, weekdays')`, [],
  ]]);
  const overflow = { wait_minutes: 100_000, queue: waiting + 2, ends_below: 99, daily_cap: 50 };
  agree(world, "Aurora in Polish, German, Slovenian and Lithuanian", {
    kind: "overflow", hours: { week: on(everyDay, ["00:00", "24:00"]) }, routing: "pull", overflow,
  });
  for (let nth = 0; nth < 4; nth += 1) {
    await sendMail(world.smtp, {
      from: `Customer ${nth} <c${nth}@mail.example>`, to: "help@aurora.example", subject: fresh(`Toaster ${nth}`),
      text: `Hello, my toaster number ${nth} smells. What can I do?`,
    });
  }
  const told = () => inDatabase(world.folder, [[
    "select kind, count(*) from events where kind like 'overflow.%' group by kind order by kind", [],
  ]])[0];
  const until = Date.now() + swept.timeout;
  while (told().length < 2 && Date.now() < until) await lead.waitForTimeout(500);
  for (let later = 0; later < 3; later += 1) await clock.pass(lead, 1);
  assert.deepEqual(told(), [["overflow.begun", 1], ["overflow.ended", 1]]);
  await signInAs(helper, world.base, "Bartosz Wilk");
  await openInbox(helper, world.base, "unassigned");
  const [[[went]]] = inDatabase(world.folder, [[
    "select c.subject from events v join cases c on c.id = v.case_id where v.kind = 'case.handed' and v.sentence like '%More waits%' limit 1", [],
  ]]);
  await helper.getByRole("searchbox", { name: "Search all cases" }).fill(went);
  await helper.keyboard.press("Enter");
  await helper.getByRole("main").getByRole("link", { name: went }).first().click();
  await helper.getByText(/More waits than can be answered in time/).first().waitFor();
}
