//! The whole story of the demo world: its companies, its customers and its cases, worked out before anything is written.

use super::casting::{Company, Player};
use super::chance::Chance;
use super::plot::{self, Era, Outcome, Scene};
use super::schedule::{self, Scheduled};
use super::script::{self, Author, Cast, Template};
use super::staffing::Desks;
use super::tale::{self, Colleague, Material, Taken, Tale};
use super::wording::Gaps;
use super::world::World;
use cases::{Case, Delivery, LastWord, State};
use jiff::ToSpan;
use kernel::{Fault, Instant};
use store::fresh;

/// Another seed is another demo; this one has been looked at.
pub(super) const SEED: u64 = 20_261_123;

/// Everything that is to be written down.
pub(super) struct Story {
    pub world: World,
    pub players: Vec<Player>,
    pub tales: Vec<Tale>,
}

/// How many cases each client's specialist has.
const PASSED_ON: usize = 4;

/// Works the story out as it stands at this instant.
pub(super) fn work_out(now: Instant, seed: u64) -> Result<Story, Fault> {
    let cast = Cast::read().map_err(Fault::new)?;
    let templates = script::templates().map_err(Fault::new)?;
    let world = World::new(&cast, now)?;
    let mut chance = Chance::new(seed);
    let scenes = plot::scenes(&templates, &mut chance);
    let mut narrator = Narrator {
        cast: &cast,
        templates: &templates,
        world: &world,
        company: Company::default(),
        desks: Desks::new(&cast),
        passed_on: vec![0; cast.client.len()],
        failed: 0,
        chance,
        now,
    };
    let tales = scenes.iter().map(|scene| narrator.tell(scene)).collect::<Result<Vec<_>, _>>()?;
    let players = narrator.company.players;
    Ok(Story { world, players, tales })
}

struct Narrator<'a> {
    cast: &'a Cast,
    templates: &'a [Template],
    world: &'a World,
    company: Company,
    desks: Desks<'a>,
    /// How many cases each client's specialist has so far.
    passed_on: Vec<usize>,
    /// How many replies couldn't be delivered so far.
    failed: usize,
    chance: Chance,
    now: Instant,
}

impl Narrator<'_> {
    fn tell(&mut self, scene: &Scene) -> Result<Tale, Fault> {
        let template = &self.templates[scene.template];
        let stuck = || Fault::new(format!("the demo can't tell `{}`", template.key));
        let client = self.world.client_at(self.cast, &template.client)?;
        let calendar = &self.world.calendars[client];
        let player = self.company.cast(self.cast, template, &mut self.chance).ok_or_else(stuck)?;
        let scheduled = schedule::schedule(scene, template, &self.desks, calendar, &mut self.chance);
        let scheduled = scheduled.ok_or_else(stuck)?;
        let representative = self
            .desks
            .representative(
                scheduled.engagement,
                &template.language,
                schedule::stays(scene),
                &mut self.chance,
            )
            .ok_or_else(stuck)?;
        let opened = *scheduled.moments.first().ok_or_else(stuck)?;
        let gaps = self.gaps(client, player, opened)?;
        let case = self.case(scene, client, &scheduled, opened, &gaps);
        let passed_on = self.passed_on(scene, client, scheduled.engagement);
        if passed_on.is_some() {
            self.desks.relieve(representative);
        }
        let delivery = self.delivery(scene);
        let material = Material {
            template,
            lines: scene.lines,
            player: &self.company.players[player],
            mailbox: &self.world.mailboxes[client],
            gaps,
            scheduled,
            representative: self.colleague(representative),
            taken: if scene.outcome == Outcome::Taken { Taken::Yes } else { Taken::No },
            delivery,
            passed_on,
            now: self.now,
            zone: calendar.zone.clone(),
        };
        Ok(tale::tell(&material, case, player, &mut self.chance))
    }

    fn gaps(&mut self, client: usize, player: usize, opened: Instant) -> Result<Gaps, Fault> {
        let key = &self.cast.client[client].key;
        let products: Vec<_> = self.cast.product.iter().filter(|product| product.client == *key).collect();
        let product = self.chance.pick(&products).map_or("", |product| product.name.as_str());
        let before = i64::try_from(self.chance.between(8, 19)).map_err(Fault::new)?;
        let day = self.world.calendars[client].day_of(opened);
        let day = day.checked_sub(before.days()).map_err(Fault::new)?;
        Ok(Gaps::draw(&self.company.players[player], product, day, &mut self.chance))
    }

    /// The case as its first mail opens it.
    fn case(
        &mut self,
        scene: &Scene,
        client: usize,
        scheduled: &Scheduled,
        opened: Instant,
        gaps: &Gaps,
    ) -> Case {
        let template = &self.templates[scene.template];
        Case {
            id: fresh(),
            client: self.world.clients[client].id,
            engagement: self.world.engagements[scheduled.engagement].id,
            // Known once the customers are written down.
            customer: fresh(),
            mailbox: self.world.mailboxes[client].id,
            reference: cases::reference(self.chance.number()),
            subject: gaps.fill(&template.subject, ""),
            state: State::New,
            priority: template.priority,
            language: template.language.clone(),
            assignee: None,
            last_word: LastWord::Customer,
            opened_at: opened,
            updated_at: opened,
            closed_at: None,
            follows: None,
            merged_into: None,
            flooded_at: None,
        }
    }

    /// Some open cases about safety end with the client's own specialist.
    fn passed_on(
        &mut self,
        scene: &Scene,
        client: usize,
        engagement: usize,
    ) -> Option<(Colleague, Colleague)> {
        let template = &self.templates[scene.template];
        let grave = matches!(template.intent.as_str(), "safety" | "complaint");
        let has_answer = template.message.iter().take(scene.lines).any(|line| line.by != Author::Customer);
        if scene.outcome != Outcome::Open || !grave || !has_answer || self.passed_on[client] >= PASSED_ON {
            return None;
        }
        let specialist = self.desks.resolver(&template.client)?;
        // Without a lead the specialist takes it.
        let lead = self.desks.lead(engagement).unwrap_or(specialist);
        self.passed_on[client] += 1;
        Some((self.colleague(lead), self.colleague(specialist)))
    }

    /// One reply of the last days couldn't be delivered, so that a newcomer sees how that looks.
    fn delivery(&mut self, scene: &Scene) -> Delivery {
        let fails = scene.outcome == Outcome::Waiting && scene.era == Era::Now && self.failed == 0;
        self.failed += usize::from(fails);
        if fails { Delivery::Failed } else { Delivery::Sent }
    }

    fn colleague(&self, at: usize) -> Colleague {
        let person = &self.world.persons[at];
        Colleague { id: person.id, name: person.name.clone() }
    }
}
