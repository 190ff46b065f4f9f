//! Sending domains: whether letters are signed, making keys, looking up records.

use super::{Answer, page, sending_domain_words as told, settle};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        marks::ClientMark,
        sending_domains::{DomainRow, SendingDomain as DomainView, SendingDomains as DomainsView},
        shell::{Administration, Flash, Place},
    },
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    sending_domains::{self, SendingDomain},
};
use engagements::sending_domains::{DomainName, Method, may_be_made};
use people::Client;

const LIST: &str = "/sending-domains";

fn place() -> Place {
    Place::Administration(Administration::OutgoingMail)
}

fn url(name: &DomainName) -> String {
    format!("{LIST}/{name}")
}

/// `GET /sending-domains`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    let (domains, clients, _) = sending_domains::overview(&site.desk, owner.reach()).await?;
    let frame = Frame::of(&site, &owner).await?;
    let mut rows = Vec::new();
    for domain in &domains {
        let lost = sending_domains::lost_keys(&site.desk, domain).await?;
        let standing = told::standing(domain, &lost);
        rows.push(DomainRow {
            name: domain.name.to_string(),
            url: url(&domain.name),
            mark: standing.mark,
            next: standing.next,
            clients: whose(domain, &clients),
            mailboxes: addresses(domain),
            checked: domain.checks.first().map(|check| frame.words.exactly(check.at)),
        });
    }
    Ok(page(&DomainsView { shell: frame.shell("Sending domains", place()), rows })?)
}

fn whose(domain: &SendingDomain, clients: &[Client]) -> Vec<ClientMark> {
    let sends = |client: &&Client| domain.mailboxes.iter().any(|mailbox| mailbox.client == client.id);
    clients.iter().filter(sends).map(client_mark).collect()
}

fn addresses(domain: &SendingDomain) -> Vec<String> {
    domain.mailboxes.iter().map(|mailbox| mailbox.address.to_string()).collect()
}

/// `GET /sending-domains/{domain}`
pub(crate) async fn one(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(name): At<String>) -> Answer {
    let name = named(&name)?;
    Ok(draw(&site, &owner, &name, None).await?)
}

fn named(text: &str) -> Result<DomainName, Stop> {
    Ok(text.parse::<DomainName>()?)
}

async fn draw(
    site: &Site,
    owner: &SignedIn,
    name: &DomainName,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let domain = sending_domains::domain(&site.desk, owner.reach(), name).await?;
    let lost = sending_domains::lost_keys(&site.desk, &domain).await?;
    let (_, clients, now) = sending_domains::overview(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let standing = told::standing(&domain, &lost);
    let may = |method| may_be_made(&domain.keys, method).is_ok();
    let has = |method| domain.keys.iter().any(|key| key.method == method);
    page(&DomainView {
        shell: frame.shell(name.as_str(), place()),
        name: name.to_string(),
        url: url(name),
        mark: standing.mark,
        sentence: standing.sentence,
        clients: whose(&domain, &clients),
        mailboxes: addresses(&domain),
        hosts: domain.hosts.join(", "),
        keys: domain.keys.iter().rev().map(|key| told::key(&frame.words, key, &lost, now)).collect(),
        make: may(Method::Rsa).then(|| if has(Method::Rsa) { "Make the next key" } else { "Make keys" }),
        make_short: may(Method::Ed25519)
            .then(|| match has(Method::Ed25519) {
                true => "Make the next short key",
                false => "Add a short key (Ed25519)",
            })
            .filter(|_| !domain.keys.is_empty()),
        records: told::records(&domain),
        checked: domain.checks.first().map(|check| frame.words.exactly(check.at)),
    })
}

/// `POST /sending-domains/{domain}/keys`
pub(crate) async fn make_key(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(name): At<String>,
    form: Fields,
) -> Answer {
    let name = named(&name)?;
    let done = async {
        let method: Method = form.text("method").parse().map_err(Stop::from)?;
        // Nobody waits for a key that is refused then.
        let domain = sending_domains::domain(&site.desk, owner.reach(), &name).await?;
        may_be_made(&domain.keys, method)?;
        let drawn = site.mailroom.draw_key(method).await?;
        sending_domains::add_key(&site.desk, owner.reach(), &name, drawn).await
    };
    ended(&site, &owner, &name, done.await, Said::KeyMade).await
}

async fn ended(
    site: &Site,
    owner: &SignedIn,
    name: &DomainName,
    done: Result<(), Stop>,
    said: Said,
) -> Answer {
    settle(done, &url(name), said, async |flash| draw(site, owner, name, flash).await).await
}

/// `POST /sending-domains/{domain}/keys/{selector}/beginnings`
pub(crate) async fn sign_anyway(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((name, selector)): At<(String, String)>,
) -> Answer {
    let name = named(&name)?;
    let done = sending_domains::sign_anyway(&site.desk, owner.reach(), &name, &selector).await;
    ended(&site, &owner, &name, done, Said::KeySigns).await
}

/// `POST /sending-domains/{domain}/keys/{selector}/removals`
pub(crate) async fn forget_key(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((name, selector)): At<(String, String)>,
) -> Answer {
    let name = named(&name)?;
    let done = sending_domains::forget_key(&site.desk, owner.reach(), &name, &selector).await;
    // The last key of a domain without mailboxes takes its page with it.
    let is_left = sending_domains::domain(&site.desk, owner.reach(), &name).await.is_ok();
    match (&done, is_left) {
        (Ok(()), false) => Ok(super::go(LIST, Said::KeyForgotten)),
        _ => ended(&site, &owner, &name, done, Said::KeyForgotten).await,
    }
}

/// `POST /sending-domains/{domain}/checks`
pub(crate) async fn check(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(name): At<String>) -> Answer {
    let name = named(&name)?;
    let done = async {
        let domain = sending_domains::domain(&site.desk, owner.reach(), &name).await?;
        let answers = site.mailroom.look_up(domain.questions()).await;
        sending_domains::note_answers(&site.desk, owner.reach(), &name, answers).await
    };
    ended(&site, &owner, &name, done.await, Said::DomainChecked).await
}
