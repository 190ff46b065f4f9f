//! Consents at a pretended provider, used at a pretended mail server: given, exchanged, taken back, and whatever else goes wrong.

mod pretended;

use super::{Consents, NoToken};
use crate::email::fetcher::{Fetcher, Patience, Trust};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::{
    Desk,
    consents::{self, Begun},
    fetching,
};
use engagements::{
    consent::{Consent, Provider as Who, Registration},
    fetching::{Fetching, Standing, TypedAccount},
};
use kernel::{MailboxId, Reach, Stop};
use pretended::{MailServer, Provider};
use sha2::{Digest, Sha256};
use std::{future::Future, sync::Arc, time::Duration};
use testkit::{World, on_both_engines};
use tokio::sync::oneshot;

const USER: &str = "help@aurora.example";
const SESSION: &str = "session of olga";

/// A desk that is registered, an account without a consent, and both other sides.
struct Town {
    world: World,
    desk: Desk,
    owner: Reach,
    provider: Provider,
    server: MailServer,
    consents: Arc<Consents>,
}

impl Town {
    async fn build(world: World, who: Who) -> Self {
        let (provider, server) = (Provider::default(), MailServer::default());
        let desk = world.desk.clone().reached_at(Some("https://desk.example/".to_owned()));
        let endpoints = provider.open().await;
        let consents = Consents::new(desk.clone(), &Trust::new(None).unwrap(), endpoints).unwrap();
        let owner = world.reach("olga").await;
        let registration = Registration::typed(who, "client-1", "contoso.example").unwrap();
        consents::register(&desk, &owner, registration, "s3cret of ours").await.unwrap();
        let port = server.open().await.to_string();
        let typed = TypedAccount {
            host: "127.0.0.1",
            port: &port,
            security: "plain",
            user: USER,
            sign_in: who.as_str(),
            first_fetch: "everything",
            after_intake: "leave",
            switch: "on",
            ..TypedAccount::default()
        };
        let (client, mailbox) = (world.aurora.client.id, world.aurora.mailbox.id);
        fetching::name_account(&desk, &owner, client, mailbox, typed, "").await.unwrap();
        Self { world, desk, owner, provider, server, consents: Arc::new(consents) }
    }

    fn mailbox(&self) -> MailboxId {
        self.world.aurora.mailbox.id
    }

    async fn begin(&self) -> Begun {
        consents::begin(&self.desk, &self.owner, SESSION, self.world.aurora.client.id, self.mailbox())
            .await
            .unwrap()
    }

    /// Somebody signs in at the provider and comes back with a code.
    async fn come_back(&self, session: &str, state: &str) -> Result<(), Stop> {
        let returned = consents::returned(&self.desk, &self.owner, session, state).await?;
        let exchanged = self.consents.exchange(&returned, "c0de").await;
        let consent = exchanged.map_err(|no| no.stop(returned.provider))?;
        consents::keep(&self.desk, &self.owner, &returned, &consent).await
    }

    /// The account has a consent that was given earlier.
    async fn has_consent(&self, given_by: &str, refresh_token: &str) {
        let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"email":"{given_by}"}}"#));
        let granted =
            format!(r#"{{"access_token":"a0","refresh_token":"{refresh_token}","id_token":"h.{claims}.s"}}"#);
        self.provider.answers("code=c0de", 200, &granted);
        let state = self.begin().await.state;
        self.come_back(SESSION, &state).await.unwrap();
    }

    /// Begins to fetch, as a server that was just started. It ends when what is answered goes.
    async fn fetch(&self, patience: Patience) -> oneshot::Sender<()> {
        let (stop, stopped) = oneshot::channel::<()>();
        let trust = Trust::new(None).unwrap();
        let fetcher = Fetcher::new(self.desk.clone(), trust, Arc::clone(&self.consents), patience);
        tokio::spawn(fetcher.serve(async move { drop(stopped.await) }));
        stop
    }

    async fn until(&self, is: impl Fn(&Fetching) -> bool) -> Fetching {
        let mut last = None;
        let waiting = async {
            loop {
                let found = fetching::progress(&self.desk, self.mailbox()).await.unwrap();
                if is(&found) {
                    return found;
                }
                last = Some(found);
                // The world's clock stands still otherwise, and nothing would be tried again.
                self.world.later(Duration::from_millis(20));
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let ended = tokio::time::timeout(Duration::from_secs(150), waiting).await;
        ended.unwrap_or_else(|_| panic!("it stays as {last:?}"))
    }
}

fn eager() -> Patience {
    Patience {
        look_again_after: Duration::from_millis(50),
        tried_again_within: Duration::from_millis(50),
        ..Patience::default()
    }
}

fn waits(found: &Fetching) -> bool {
    found.standing == Standing::Waiting
}

fn failed(found: &Fetching) -> bool {
    found.standing == Standing::Failed
}

fn token(text: &str) -> String {
    format!(r#"{{"access_token":"{text}","expires_in":3600,"token_type":"Bearer"}}"#)
}

fn check<Ran: Future<Output = ()>>(who: Who, test: impl Fn(Town) -> Ran + Sync) {
    on_both_engines(|world| async { test(Town::build(world, who).await).await });
}

/// What stands under a name in an address or a form.
fn part<'a>(of: &'a str, name: &str) -> &'a str {
    of.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
}

#[test]
fn whoever_signs_in_lets_us_into_the_account_and_it_stays_so() {
    check(Who::Microsoft, async |town| {
        let begun = town.begin().await;
        let address = town.consents.address(&begun);
        assert!(address.contains("/microsoft/contoso.example/authorize?response_type=code&"), "{address}");
        assert_eq!(part(&address, "redirect_uri"), "https%3A%2F%2Fdesk.example%2Fconsents%2Freturn");
        assert_eq!(part(&address, "login_hint"), "help%40aurora.example");
        assert!(part(&address, "scope").contains("IMAP.AccessAsUser.All%20offline_access"), "{address}");
        let granted = r#"{"access_token":"a0","refresh_token":"r1","expires_in":3599}"#;
        town.provider.answers("code=c0de", 200, granted);
        town.provider.answers("refresh_token=r1", 200, &token("a1"));
        town.server.takes(USER, "a1");
        town.come_back(SESSION, part(&address, "state")).await.unwrap();
        let form = town.provider.asked("code=c0de").remove(0);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(part(&form, "code_verifier").as_bytes()));
        assert_eq!(
            (part(&address, "code_challenge"), part(&address, "code_challenge_method")),
            (&*challenge, "S256")
        );
        assert_eq!(part(&form, "client_secret"), "s3cret%20of%20ours");
        for _start in 0..2 {
            let running = town.fetch(eager()).await;
            town.until(waits).await;
            drop(running);
        }
        assert!(town.server.shown().iter().all(|token| token == "a1"));
        // The token was good all the time, so one was enough.
        assert_eq!(town.provider.asked("refresh_token=r1").len(), 1);
        let sealed = town.world.read({
            let mailbox = town.mailbox();
            move |tx| engagements::tables::accounts::sealed_secret(tx, mailbox)
        });
        assert!(!sealed.await.unwrap().contains("r1"));
    });
}

#[test]
fn nobody_elses_answer_is_taken() {
    check(Who::Google, async |town| {
        town.provider.answers("code=c0de", 200, r#"{"access_token":"a0","refresh_token":"r1"}"#);
        let code = |done: Result<(), Stop>| match done {
            Err(Stop::Refused(refused)) => refused.code,
            other => panic!("{other:?}"),
        };
        let state = town.begin().await.state;
        assert_eq!(code(town.come_back(SESSION, "made up").await), "consent.unknown");
        assert_eq!(code(town.come_back("session of another", &state).await), "consent.unknown");
        assert_eq!(code(town.come_back(SESSION, &state).await), "consent.unknown", "its chance is gone");
        let state = town.begin().await.state;
        town.world.later(Duration::from_secs(11 * 60));
        assert_eq!(code(town.come_back(SESSION, &state).await), "consent.unknown", "it is too late");
        let state = town.begin().await.state;
        town.come_back(SESSION, &state).await.unwrap();
        assert_eq!(code(town.come_back(SESSION, &state).await), "consent.unknown", "it was used");
        let claims = URL_SAFE_NO_PAD.encode(r#"{"email":"ana@aurora.example"}"#);
        let granted = format!(r#"{{"access_token":"a0","refresh_token":"r2","id_token":"h.{claims}.s"}}"#);
        town.provider.answers("code=c0de", 200, &granted);
        let state = town.begin().await.state;
        assert_eq!(code(town.come_back(SESSION, &state).await), "consent.other_account");
        town.provider.answers("code=c0de", 200, r#"{"access_token":"a0"}"#);
        let state = town.begin().await.state;
        assert_eq!(code(town.come_back(SESSION, &state).await), "consent.not_lasting");
        let kept = fetching::open(&town.desk, town.mailbox()).await.unwrap().unwrap().secret.unwrap();
        assert!(kept.ends_with("\nr1"), "the first consent stays");
    });
}

#[test]
fn a_token_that_ran_out_is_exchanged_and_so_is_a_consent() {
    check(Who::Google, async |town| {
        town.has_consent(USER, "r1").await;
        let rotated = r#"{"access_token":"a1","expires_in":3600,"refresh_token":"r2"}"#;
        town.provider.answers("refresh_token=r1", 200, rotated);
        town.server.takes(USER, "a1");
        let running = town.fetch(eager()).await;
        town.until(waits).await;
        town.provider.answers("refresh_token=r1", 400, r#"{"error":"invalid_grant"}"#);
        town.provider.answers("refresh_token=r2", 200, &token("a2"));
        town.server.takes(USER, "a2");
        town.until(|found| waits(found) && town.server.shown().contains(&"a2".to_owned())).await;
        // The first token was shown once more, as it might still have been good.
        assert_eq!(town.server.shown(), ["a1", "a1", "a2"]);
        // A token whose time is over isn't shown again.
        town.provider.answers("refresh_token=r2", 200, &token("a3"));
        town.world.later(Duration::from_secs(55 * 60));
        town.server.takes(USER, "a3");
        town.until(|found| waits(found) && town.server.shown().contains(&"a3".to_owned())).await;
        assert_eq!(town.server.shown(), ["a1", "a1", "a2", "a3"]);
        drop(running);
    });
}

#[test]
fn a_consent_that_another_server_exchanged_is_found() {
    check(Who::Microsoft, async |town| {
        town.has_consent(USER, "r1").await;
        let before = fetching::open(&town.desk, town.mailbox()).await.unwrap().unwrap().secret.unwrap();
        let after = Consent { given_by: USER.to_owned(), refresh_token: "r2".to_owned() };
        consents::exchanged(&town.desk, town.mailbox(), &before, &after).await.unwrap();
        town.provider.answers("refresh_token=r1", 400, r#"{"error":"invalid_grant"}"#);
        town.provider.answers("refresh_token=r2", 200, &token("a2"));
        let got = town.consents.token(town.mailbox(), Who::Microsoft, &before).await;
        assert_eq!(got.unwrap(), "a2");
        // Who comes with what was exchanged long ago doesn't put it back.
        let late = Consent { given_by: USER.to_owned(), refresh_token: "r9".to_owned() };
        consents::exchanged(&town.desk, town.mailbox(), &before, &late).await.unwrap();
        let kept = fetching::open(&town.desk, town.mailbox()).await.unwrap().unwrap().secret.unwrap();
        assert_eq!(kept, after.to_text());
    });
}

/// How an account fails when the provider answers a consent so; the provider isn't asked again at once.
fn check_failure(who: Who, status: u16, body: &'static str, words: &'static [&'static str], pause: Duration) {
    check(who, move |town| async move {
        town.has_consent("ana@aurora.example", "r1").await;
        town.provider.answers("refresh_token=r1", status, body);
        let running = town.fetch(Patience::default()).await;
        let found = town.until(failed).await;
        for word in words {
            assert!(found.sentence.contains(word), "{status} {body}: {word:?} isn't in {:?}", found.sentence);
        }
        assert!(found.next_try_at.unwrap() >= town.desk.clock.now().plus(pause), "{status} {body}");
        assert_eq!(town.provider.asked("refresh_token=r1").len(), 1, "{status} {body}");
        drop(running);
    });
}

#[test]
fn what_a_provider_refuses_is_told_in_plain_words() {
    let (minutes, seconds) = (Duration::from_secs(5 * 60), Duration::from_secs(5));
    let revoked = r#"{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"#;
    let words = &["Microsoft no longer lets us in", "has been expired or revoked", "Sign in there again."];
    check_failure(Who::Microsoft, 400, revoked, words, minutes);
    let unknown = r#"{"error":"invalid_client","error_description":"AADSTS7000222: The keys are expired."}"#;
    let words = &["refuses this installation", "AADSTS7000222", "Check client ID and secret"];
    check_failure(Who::Microsoft, 401, unknown, words, minutes);
    check_failure(
        Who::Microsoft,
        503,
        "",
        &["Microsoft’s sign-in server can’t be reached", "tried again"],
        seconds,
    );
    // The provider is content, but its mail server isn't: the consent is another person's.
    let words =
        &["ana@aurora.example signed in at Microsoft, but may not open the mailbox of help@aurora.example"];
    check_failure(Who::Microsoft, 200, r#"{"access_token":"a1"}"#, words, minutes);
}

#[test]
fn a_provider_that_was_down_is_asked_again() {
    check(Who::Google, async |town| {
        town.has_consent(USER, "r1").await;
        town.server.takes(USER, "a1");
        let running = town.fetch(eager()).await;
        town.until(failed).await;
        town.provider.answers("refresh_token=r1", 200, &token("a1"));
        town.until(waits).await;
        drop(running);
    });
}

#[test]
fn an_account_without_a_consent_asks_for_one() {
    check(Who::Google, async |town| {
        let running = town.fetch(eager()).await;
        let found = town.until(failed).await;
        assert_eq!(found.sentence, "Nobody has signed in at Google for this account yet. Do it below.");
        drop(running);
    });
}

#[test]
fn a_provider_that_nobody_reaches_is_told() {
    check(Who::Google, async |town| {
        town.has_consent(USER, "r1").await;
        let endpoint = |_| super::Endpoint {
            authorization: String::new(),
            token: "http://127.0.0.1:9/token".to_owned(),
        };
        let nowhere = super::Endpoints::pretended(endpoint(()), endpoint(()));
        let consents = Consents::new(town.desk.clone(), &Trust::new(None).unwrap(), nowhere).unwrap();
        let kept = fetching::open(&town.desk, town.mailbox()).await.unwrap().unwrap().secret.unwrap();
        let refused = consents.token(town.mailbox(), Who::Google, &kept).await.unwrap_err();
        assert!(matches!(&refused, NoToken::Unreachable(_)), "{refused:?}");
        let sentence = refused.sentence(Who::Google);
        assert!(sentence.contains("nothing answers there (the connection is refused)"), "{sentence}");
    });
}
