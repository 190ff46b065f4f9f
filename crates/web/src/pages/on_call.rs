//! On call: who is called now, pages that go on, acknowledging them, the rota, and where one is called.

use super::{Answer, account::Neighbour, page, refuse, settle};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        marks::Choice,
        on_call::{AddressLine, CallPage, DutyLine, OnCall, PageCard, RotaCard},
        shell::{Flash, Place},
    },
    words::Words,
};
use axum::{extract::State, response::Response};
use coverage::CallWay;
use desk::{
    Stop,
    paging::{
        self, addresses,
        board::{self, Duty, OnCallIn, ShownPage},
        rota,
    },
};
use kernel::{EngagementId, Instant, OnCallDutyId, PageId};

const HERE: &str = "/on-call";

/// `GET /on-call`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    Ok(draw(&site, &signed_in, None).await?)
}

async fn draw(site: &Site, signed_in: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = board::board(&site.desk, signed_in.reach()).await?;
    let own = addresses::own(&site.desk, signed_in.reach()).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let (words, now) = (&frame.words, site.desk.clock.now());
    let mut pages: Vec<PageCard> = found.pages.iter().map(|one| card(words, one)).collect();
    pages.sort_by_key(|one| (one.take_url.is_none(), one.taken_by.is_some()));
    page(&OnCall {
        shell: frame.shell("On call", Place::OnCall),
        pages,
        engagements: found.engagements.iter().map(|one| rota_card(words, one, now)).collect(),
        own: found.own.iter().map(|one| duty(words, one, now, false)).collect(),
        addresses: own.into_iter().map(address).collect(),
        email: signed_in.person.email.to_string(),
        zone: words.zone().to_owned(),
        push_key: site.mailroom.push_key(),
    })
}

fn card(words: &Words, shown: &ShownPage) -> PageCard {
    let take_url = format!("{HERE}/pages/{}/acknowledgements", shown.id);
    PageCard {
        reference: shown.reference.clone(),
        case_url: shown.case.as_ref().map(|case| format!("/cases/{}", case.id)),
        client: shown.client.clone(),
        because: shown.because.clone(),
        begun: words.exactly(shown.begun_at),
        trail: shown.trail.iter().map(|(at, said)| (words.exactly(*at), said.clone())).collect(),
        next: shown.next_at.map(|at| words.exactly(at)),
        taken_by: shown.acknowledged_by.clone(),
        is_unanswered: shown.is_unanswered,
        take_url: shown.is_mine_to_take.then_some(take_url),
    }
}

fn rota_card(words: &Words, found: &OnCallIn, now: Instant) -> RotaCard {
    let may_change = !found.callable.is_empty();
    let is_now = |one: &&Duty| one.duty.span.from <= now;
    let line = |one: &Duty| duty(words, one, now, may_change);
    let choice = |person: &::people::Person| Choice {
        value: person.id.to_string(),
        words: person.name.clone(),
        is_chosen: false,
    };
    RotaCard {
        client: found.client.clone(),
        name: found.engagement.name.clone(),
        now: found.duties.iter().filter(is_now).map(line).collect(),
        next: found.duties.iter().filter(|one| !is_now(one)).map(line).collect(),
        add_url: may_change.then(|| format!("{HERE}/{}/duties", found.engagement.id)),
        people: found.callable.iter().map(choice).collect(),
    }
}

fn duty(words: &Words, found: &Duty, now: Instant, may_change: bool) -> DutyLine {
    let span = found.duty.span;
    DutyLine {
        level: format!("Level {}", found.duty.level),
        name: found.name.clone(),
        client: found.client.clone(),
        from: words.exactly(span.from),
        until: words.exactly(span.until),
        is_now: span.from <= now && now < span.until,
        remove_url: may_change.then(|| format!("{HERE}/duties/{}/removals", found.duty.id)),
    }
}

fn address(own: addresses::OwnAddress) -> AddressLine {
    let shown = match own.way {
        // A browser's address says nothing to anybody but the name of its push service.
        CallWay::Push => own.address.split('/').nth(2).unwrap_or_default().to_owned(),
        _ => own.address.clone(),
    };
    AddressLine {
        way: own.way.as_str(),
        title: own.way.title(),
        address: own.address,
        shown,
        secret: own.secret,
        trouble: own.trouble,
    }
}

/// `POST /on-call/pages/{page}/acknowledgements`
pub(crate) async fn acknowledge(State(site): State<Site>, signed_in: SignedIn, At(id): At<PageId>) -> Answer {
    let done = paging::acknowledge(&site.desk, signed_in.person.id, id).await;
    settle(done, HERE, Said::CallTaken, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /on-call/{engagement}/duties`
pub(crate) async fn add_duty(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(engagement): At<EngagementId>,
    form: Fields,
) -> Answer {
    let done = async {
        let written = rota::DutyWritten {
            person: form.one("person")?,
            level: form.one("level")?,
            from: form.text("from").to_owned(),
            until: form.text("until").to_owned(),
            zone: form.text("zone").to_owned(),
        };
        rota::add(&site.desk, signed_in.reach(), engagement, written).await
    };
    settle(done.await, HERE, Said::DutySaved, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /on-call/duties/{duty}/removals`
pub(crate) async fn remove_duty(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<OnCallDutyId>,
) -> Answer {
    let done = rota::remove(&site.desk, signed_in.reach(), id).await;
    settle(done, HERE, Said::DutyRemoved, async |flash| draw(&site, &signed_in, flash).await).await
}

fn way(form: &Fields) -> Result<CallWay, Stop> {
    form.one("way")
}

/// `POST /on-call/addresses`
pub(crate) async fn add_address(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let done = async {
        let (address, keys) = (form.text("address"), form.text("keys"));
        addresses::add(&site.desk, signed_in.reach(), way(&form)?, address, keys).await
    };
    settle(done.await, HERE, Said::AddressAdded, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /on-call/addresses/removals`
pub(crate) async fn remove_address(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let done = async {
        addresses::remove(&site.desk, signed_in.reach(), way(&form)?, form.text("address")).await?;
        Ok(())
    };
    settle(done.await, HERE, Said::AddressRemoved, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `GET /calls/{token}`: mail programs look at links by themselves, so looking changes nothing.
pub(crate) async fn call(State(site): State<Site>, from: Neighbour, At(token): At<String>) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    Ok(draw_call(&site, &token, None).await?)
}

/// `POST /calls/{token}/acknowledgements`
pub(crate) async fn acknowledge_by_link(
    State(site): State<Site>,
    from: Neighbour,
    At(token): At<String>,
) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    match paging::acknowledge_by_link(&site.desk, &token).await {
        Ok(()) => Ok(draw_call(&site, &token, None).await?),
        Err(stop) => refuse(stop, async |flash| draw_call(&site, &token, flash).await).await,
    }
}

async fn draw_call(site: &Site, token: &str, flash: Option<Flash>) -> Result<Response, Stop> {
    let (shown, name) = board::of_holder(&site.desk, token).await?;
    let mut call = card(&Words::new(site.desk.clock.now(), "UTC"), &shown);
    call.take_url = call.take_url.map(|_| format!("/calls/{token}/acknowledgements"));
    page(&CallPage { flash, name, call, token: token.to_owned() })
}
