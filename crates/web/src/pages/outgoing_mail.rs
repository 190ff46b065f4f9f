//! How letters leave: the server that takes them, and trying it.

use super::{Answer, page, settle};
use crate::{
    fields::Fields,
    frame::Frame,
    mailroom::Password,
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        mail::OutgoingMail,
        marks::Choice,
        shell::{Administration, Flash, Place},
    },
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    outgoing::{self, Security, Smarthost},
    replies::SEND,
    stuck_jobs,
};
use kernel::EmailAddress;

const HERE: &str = "/outgoing-mail";

/// `GET /outgoing-mail`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw(&site, &owner, None, None).await?)
}

async fn draw(
    site: &Site,
    owner: &SignedIn,
    typed: Option<&Fields>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let frame = Frame::of(site, owner).await?.saying(flash);
    let relay = outgoing::relay(&site.desk).await?;
    let kept = |of: fn(&Smarthost) -> String, usual: &str| relay.as_ref().map_or(usual.to_owned(), of);
    let shown = |name: &str, kept: String| typed.map_or(kept, |form| form.text(name).to_owned());
    let security = shown("security", kept(|relay| relay.security.as_str().to_owned(), "starttls"));
    page(&OutgoingMail {
        shell: frame.shell("Outgoing mail", Place::Administration(Administration::OutgoingMail)),
        host: shown("host", kept(|relay| relay.host.clone(), "")),
        port: shown("port", kept(|relay| relay.port.to_string(), "587")),
        securities: Security::ALL.map(|one| security_choice(one, &security)).to_vec(),
        user: shown("user", kept(|relay| relay.user.clone(), "")),
        has_password: site.mailroom.password() == Password::Given,
        test_to: owner.person.email.to_string(),
        backlog: backlog(site, owner).await?,
    })
}

pub(super) fn security_choice(security: Security, chosen: &str) -> Choice {
    let words = match security {
        Security::StartTls => "STARTTLS (usual on port 587)",
        Security::Tls => "TLS (usual on port 465)",
        Security::Plain => "None (only on this machine)",
    };
    Choice {
        value: security.as_str().to_owned(),
        words: words.to_owned(),
        is_chosen: security.as_str() == chosen,
    }
}

async fn backlog(site: &Site, owner: &SignedIn) -> Result<Option<String>, Stop> {
    let rows = stuck_jobs::list(&site.desk, owner.reach()).await?;
    let letters = rows.iter().filter(|row| row.kind == SEND && (row.attempts > 0 || row.state == "stuck"));
    Ok(match letters.count() {
        0 => None,
        1 => Some("One letter couldn't leave so far.".to_owned()),
        many => Some(format!("{many} letters couldn't leave so far.")),
    })
}

/// `POST /outgoing-mail`
pub(crate) async fn save(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    let done = async {
        let (host, port) = (form.text("host"), form.text("port"));
        let relay = Smarthost::filled_in(host, port, form.text("security"), form.text("user"))?;
        outgoing::set_relay(&site.desk, owner.reach(), relay).await
    };
    settle(done.await, HERE, Said::RelaySaved, async |flash| draw(&site, &owner, Some(&form), flash).await)
        .await
}

/// `POST /outgoing-mail/test-letters`
pub(crate) async fn send_test(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    let done = async {
        let to: EmailAddress = form.one("to")?;
        site.mailroom.send_test(to, None).await
    };
    settle(done.await, HERE, Said::TestSent, async |flash| draw(&site, &owner, None, flash).await).await
}
