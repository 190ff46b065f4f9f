//! The reader's own account: name, languages, shortcuts, password, and where they are signed in.

use super::{
    Answer,
    levels::{self, Says},
    page, settle,
};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    said::Said,
    session::{self, Arrival, SignedIn},
    site::Site,
    views::{
        account::{Account, Session},
        shell::{Flash, Place},
    },
};
use axum::{
    extract::{ConnectInfo, State},
    response::Response,
};
use desk::{
    Stop,
    accounts::{self, Shortcuts},
    attendance, sign_in,
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const HERE: &str = "/account";

/// `GET /account`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    Ok(draw(&site, &signed_in, None).await?)
}

async fn draw(site: &Site, signed_in: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let person = &signed_in.person;
    let known = desk::levels::of(&site.desk, signed_in.reach(), person.id).await?;
    let held = desk::permits::held(&site.desk, signed_in.reach(), person.id).await?;
    let sessions = accounts::sessions(&site.desk, person.id).await?;
    let sessions = sessions.into_iter().map(|session| Session {
        is_this: session.token_hash == signed_in.session,
        id: session.token_hash,
        device: device(&session.device),
        since: frame.words.exactly(session.created_at),
        seen: frame.words.exactly(session.seen_at),
    });
    page(&Account {
        shell: frame.shell("Account", Place::Account),
        name: person.name.clone(),
        email: person.email.to_string(),
        permits: super::permits::held(&frame.words, &held),
        levels: levels::section(&frame.words, &known, Says::Oneself, format!("{HERE}/languages")),
        uses_shortcuts: person.uses_shortcuts,
        sessions: sessions.collect(),
    })
}

/// A browser as people call it: "Firefox on Linux". What it says of itself is a riddle with a tradition.
fn device(agent: &str) -> String {
    let named = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browsers = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    match (named(&browsers), named(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if agent.is_empty() => "Unknown device".to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

/// `POST /account`
pub(crate) async fn change(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let shortcuts = if form.text("shortcuts") == "on" { Shortcuts::On } else { Shortcuts::Off };
    let done = accounts::change_own(&site.desk, &signed_in, form.text("name"), shortcuts).await;
    settle(done, HERE, Said::Saved, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /account/languages`
pub(crate) async fn say_language(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let done = async {
        let spoken = levels::spoken(&form, Says::Oneself, site.desk.clock.now().day())?;
        desk::levels::enter(&site.desk, signed_in.reach(), signed_in.person.id, spoken).await
    };
    settle(done.await, HERE, Said::LanguageSaved, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /account/password`
pub(crate) async fn change_password(
    State(site): State<Site>,
    signed_in: SignedIn,
    from: Neighbour,
    form: Fields,
) -> Answer {
    let done = async {
        let _door = site.attempts.one_more(from.0, signed_in.person.email.as_str()).await?;
        accounts::change_password(&site.desk, &signed_in, form.text("current"), form.text("new")).await
    };
    settle(done.await, HERE, Said::PasswordChanged, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /account/sessions/{session}/endings`
pub(crate) async fn end_session(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(session): At<String>,
) -> Answer {
    let done = attendance::end_own_session(&site.desk, &signed_in, &session).await;
    settle(done, HERE, Said::SessionEnded, async |flash| draw(&site, &signed_in, flash).await).await
}

/// `POST /account/sign-outs`
pub(crate) async fn sign_out_everywhere(
    State(site): State<Site>,
    signed_in: SignedIn,
    arrival: Arrival,
) -> Answer {
    sign_in::sign_out_everywhere(&site.desk, signed_in.person.id).await?;
    let mut response = super::go("/sign-in", Said::SignedOutEverywhere);
    session::end(&arrival, response.headers_mut());
    Ok(response)
}

/// The address of the network that a request came from; nowhere in particular when nobody says.
pub(crate) struct Neighbour(pub(crate) IpAddr);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Neighbour {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, Self::Rejection> {
        let from = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(from.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(from)| from.ip())))
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_called_by_their_names() {
        let check = |agent: &str, name: &str| assert_eq!(device(agent), name);
        check("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux");
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Mobile Safari/604.1",
            "Safari on iPhone",
        );
        check(
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0",
            "Edge on Windows",
        );
        check("curl/8", "curl/8");
        check("", "Unknown device");
    }
}
