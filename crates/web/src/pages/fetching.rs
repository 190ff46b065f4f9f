//! Fetching a mailbox's mail from an IMAP account: naming the account, trying it, how every mailbox stands.

use super::{
    Answer,
    mailbox::{Ids, Typed, ended},
    page,
};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::OwnerIn,
    site::Site,
    views::{
        fetching::{
            AccountForm, ConsentMark, Fetching as FetchingView, Left, MailboxRow, Mailboxes as MailboxesView,
            Progress,
        },
        marks::Choice,
        shell::{Administration, Place},
    },
    words::Words,
};
use axum::extract::State;
use desk::{
    administration,
    fetching::{self, AccountPage, Line},
};
use engagements::fetching::{
    AfterIntake, Fetching, FirstFetch, MailAccount, Security, SignIn, Standing, Switch, TypedAccount,
};
use people::Client;

/// The section of a mailbox's page; `typed` is what was refused.
pub(super) fn section(words: &Words, found: &AccountPage, typed: Option<&Fields>) -> FetchingView {
    let account = found.account.as_ref();
    let left =
        found.left.iter().map(|left| Left { because: left.because.clone(), at: words.exactly(left.at) });
    FetchingView {
        progress: progress(words, account, found.fetching.as_ref()),
        is_named: account.is_some(),
        may_try: account.is_some_and(|account| account.switch == Switch::On),
        consent: account.and_then(|one| one.sign_in.provider()).map(|provider| ConsentMark {
            provider: provider.name(),
            is_given: found.has_secret,
            given_by: found.given_by.clone(),
        }),
        form: form(account, found.has_secret, typed),
        left: left.collect(),
    }
}

fn form(account: Option<&MailAccount>, has_secret: bool, typed: Option<&Fields>) -> AccountForm {
    let kept = |of: fn(&MailAccount) -> String, usual: &str| account.map_or(usual.to_owned(), of);
    let shown = |name: &str, kept: String| typed.map_or(kept, |form| form.text(name).to_owned());
    let security = shown("security", kept(|one| one.security.as_str().to_owned(), "tls"));
    let sign_in = shown("sign_in", kept(|one| one.sign_in.as_str().to_owned(), "password"));
    let first = shown("first_fetch", kept(|one| one.first_fetch.as_str().to_owned(), "from_now"));
    let after = shown("after_intake", kept(|one| one.after_intake.as_str().to_owned(), "leave"));
    AccountForm {
        host: shown("host", kept(|one| one.host.clone(), "")),
        port: shown("port", kept(|one| one.port.to_string(), "993")),
        securities: Security::ALL.iter().map(|one| choice(one.as_str(), secured(*one), &security)).collect(),
        user: shown("user", kept(|one| one.user.clone(), "")),
        sign_ins: SignIn::ALL.iter().map(|one| choice(one.as_str(), signed_in(*one), &sign_in)).collect(),
        has_password: has_secret && account.is_some_and(|one| one.sign_in == SignIn::Password),
        folder: shown("folder", kept(|one| one.folder.clone(), "INBOX")),
        first_fetches: FirstFetch::ALL.iter().map(|one| choice(one.as_str(), begun(*one), &first)).collect(),
        after_intakes: AfterIntake::WORDS.iter().map(|word| choice(word, afterwards(word), &after)).collect(),
        move_to: shown("move_to", kept(|one| one.after_intake.folder().to_owned(), "")),
        is_on: shown("switch", kept(|one| one.switch.as_str().to_owned(), "on")) == Switch::On.as_str(),
    }
}

fn choice(value: &str, words: &str, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), words: words.to_owned(), is_chosen: value == chosen }
}

fn secured(security: Security) -> &'static str {
    match security {
        Security::Tls => "TLS (usual on port 993)",
        Security::StartTls => "STARTTLS (usual on port 143)",
        Security::Plain => "None (only on this machine)",
    }
}

fn signed_in(sign_in: SignIn) -> &'static str {
    match sign_in {
        SignIn::Password => "With a password",
        SignIn::Google => "By signing in at Google",
        SignIn::Microsoft => "By signing in at Microsoft",
    }
}

fn begun(first: FirstFetch) -> &'static str {
    match first {
        FirstFetch::FromNow => "Only mail that comes from now on",
        FirstFetch::Everything => "Everything that is in the folder",
    }
}

fn afterwards(word: &str) -> &'static str {
    match word {
        "leave" => "Leave it as it is",
        "mark_read" => "Mark it as read",
        "move" => "Move it to another folder",
        _ => "Delete it",
    }
}

/// How the fetching of a mailbox stands, in plain words.
pub(super) fn progress(
    words: &Words,
    account: Option<&MailAccount>,
    fetching: Option<&Fetching>,
) -> Progress {
    let (key, icon, standing) = match (account.map(|account| account.switch), fetching) {
        (None, _) | (_, None) => ("closed", "dot", "Not fetched".to_owned()),
        (Some(Switch::Off), _) => ("closed", "lock", "Switched off".to_owned()),
        (Some(Switch::On), Some(one)) => standing(one),
    };
    let is_on = account.is_some_and(|account| account.switch == Switch::On);
    let known = fetching.filter(|_| account.is_some());
    let current = known.filter(|_| is_on);
    Progress {
        key,
        icon,
        words: standing,
        sentence: current.map_or(String::new(), |one| one.sentence.clone()),
        next: current.and_then(|one| one.next_try_at).map(|at| words.exactly(at)),
        taken: known.map_or(String::new(), taken),
        last: known.and_then(|one| one.last_taken_at).map(|at| words.exactly(at)),
    }
}

/// The badge of an account that is on: its style, its icon, its words.
fn standing(fetching: &Fetching) -> (&'static str, &'static str, String) {
    match fetching.standing {
        Standing::New => ("new", "clock", "About to be tried".to_owned()),
        Standing::Waiting => ("in-force", "check", "Waiting for mail".to_owned()),
        Standing::Fetching if fetching.total > 0 => {
            ("new", "download", format!("Fetching, {} of {} done", fetching.done, fetching.total))
        }
        Standing::Fetching => ("new", "download", "Fetching".to_owned()),
        Standing::Failed => ("urgent", "alert", "Can’t be fetched".to_owned()),
    }
}

fn taken(fetching: &Fetching) -> String {
    match fetching.taken {
        0 => String::new(),
        1 => "One mail taken".to_owned(),
        many => format!("{many} mails taken"),
    }
}

/// `GET /mailboxes`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    let (mut lines, _) = fetching::overview(&site.desk, owner.reach()).await?;
    let clients = administration::set_up(&site.desk, owner.reach()).await?.clients;
    let frame = Frame::of(&site, &owner).await?;
    lines.sort_by_cached_key(|line| (urgency(line), line.mailbox.address.to_string()));
    Ok(page(&MailboxesView {
        shell: frame.shell("Mailboxes", Place::Administration(Administration::Clients)),
        summary: summary(&lines),
        rows: lines.iter().map(|line| row(&frame.words, line, &clients)).collect(),
    })?)
}

/// Those that need somebody stand first, and those that are at work before those that aren't fetched.
fn urgency(line: &Line) -> u8 {
    match (is_on(line), &line.fetching) {
        (true, Some(one)) if one.standing == Standing::Failed => 0,
        (true, Some(one)) if !one.sentence.is_empty() => 1,
        (true, Some(one)) if one.standing == Standing::Waiting => 3,
        (true, _) => 2,
        (false, _) if line.account.is_some() => 4,
        (false, _) => 5,
    }
}

fn is_on(line: &Line) -> bool {
    line.account.as_ref().is_some_and(|account| account.switch == Switch::On)
}

fn summary(lines: &[Line]) -> String {
    let fetched = lines.iter().filter(|line| is_on(line)).count();
    let failed = lines.iter().filter(|line| urgency(line) == 0).count();
    let mailboxes =
        if lines.len() == 1 { "One mailbox".to_owned() } else { format!("{} mailboxes", lines.len()) };
    let trouble = match failed {
        0 => String::new(),
        1 => " One of them can’t be fetched at present.".to_owned(),
        many => format!(" {many} of them can’t be fetched at present."),
    };
    match fetched {
        0 => format!("{mailboxes}, none of which is fetched."),
        1 => format!("{mailboxes}; one is fetched from an IMAP account.{trouble}"),
        many => format!("{mailboxes}; {many} are fetched from IMAP accounts.{trouble}"),
    }
}

fn row(words: &Words, line: &Line, clients: &[Client]) -> MailboxRow {
    let mailbox = &line.mailbox;
    MailboxRow {
        client: clients.iter().find(|client| client.id == mailbox.client).map(client_mark),
        url: format!("/clients/{}/mailboxes/{}", mailbox.client, mailbox.id),
        address: mailbox.address.to_string(),
        server: line.account.as_ref().map_or(String::new(), |one| format!("{}:{}", one.host, one.port)),
        progress: progress(words, line.account.as_ref(), line.fetching.as_ref()),
    }
}

/// `POST /clients/{client}/mailboxes/{mailbox}/fetching`
pub(crate) async fn name_account(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
    form: Fields,
) -> Answer {
    let account = TypedAccount {
        host: form.text("host"),
        port: form.text("port"),
        security: form.text("security"),
        user: form.text("user"),
        sign_in: Some(form.text("sign_in"))
            .filter(|one| !one.is_empty())
            .unwrap_or(SignIn::Password.as_str()),
        folder: form.text("folder"),
        first_fetch: form.text("first_fetch"),
        after_intake: form.text("after_intake"),
        move_to: form.text("move_to"),
        switch: form.text("switch"),
    };
    let password = form.text("password");
    let done = fetching::name_account(&site.desk, owner.reach(), ids.0, ids.1, account, password).await;
    let typed = Typed::of_account(&form);
    ended(&site, &owner, ids, done, Said::AccountSaved, typed).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/fetching/removals`
pub(crate) async fn remove_account(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
) -> Answer {
    let done = fetching::remove_account(&site.desk, owner.reach(), ids.0, ids.1).await;
    ended(&site, &owner, ids, done, Said::AccountRemoved, Typed::default()).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/fetching/attempts`
pub(crate) async fn try_now(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(ids): At<Ids>) -> Answer {
    let done = fetching::try_now(&site.desk, owner.reach(), ids.0, ids.1).await;
    ended(&site, &owner, ids, done, Said::AccountTried, Typed::default()).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/fetching/left/attempts`
pub(crate) async fn fetch_left(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
) -> Answer {
    let done = fetching::fetch_left(&site.desk, owner.reach(), ids.0, ids.1).await;
    ended(&site, &owner, ids, done, Said::LeftTried, Typed::default()).await
}
