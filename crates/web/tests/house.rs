//! The house that the tests visit: the small world, its pages, and browsers with and without a session.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use desk::{
    Stop,
    consents::{Begun, Returned},
    sending_domains::Drawn,
};
use engagements::{
    consent::Consent,
    sending_domains::{self as domains, Answer, Question, Sought},
};
use kernel::{EmailAddress, Kind, Refused};
use std::sync::{Arc, Mutex};
use testkit::World;
use tower::ServiceExt;
use web::{
    Demo, Site,
    mailroom::{Awaited, CustomersLetter, Mailroom, Password, Picture, Pictures, RemoteImages, ShownMail},
};

/// The small world with its pages.
pub struct House {
    /// The world.
    pub world: World,
    /// The pages.
    pub pages: Router,
    /// What was written as a customer.
    pub written: Arc<Mutex<Vec<CustomersLetter>>>,
    /// What stands in the DNS: names and texts.
    pub zone: Zone,
}

/// Names and texts.
type Zone = Arc<Mutex<Vec<(String, String)>>>;

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Somebody's browser.
#[derive(Clone)]
pub struct Browser {
    pages: Router,
    cookies: Vec<String>,
    headers: Vec<(&'static str, String)>,
}

impl House {
    /// A house on a fresh SQLite file.
    pub async fn new() -> Self {
        Self::around(World::on_sqlite().await, Demo::No)
    }

    /// Runs a test in a house on each engine, where the engine could matter.
    pub fn on_both_engines<Ran: Future<Output = ()>>(test: impl Fn(Self) -> Ran + Sync) {
        testkit::on_both_engines(|world| test(Self::around(world, Demo::No)));
    }

    /// The same as a demo.
    pub async fn demo() -> Self {
        let world = World::on_sqlite().await;
        world.write(|tx| tx.set(desk::postbox::DEMO, desk::postbox::YES)).await;
        Self::around(world, Demo::Yes)
    }

    fn around(world: World, demo: Demo) -> Self {
        let (written, zone) = (Arc::default(), Zone::default());
        let mailroom = Arc::new(Pretended { written: Arc::clone(&written), zone: Arc::clone(&zone) });
        let pages = web::router(Site::new(world.desk.clone(), demo, mailroom));
        Self { world, pages, written, zone }
    }

    /// A browser without a session.
    pub fn visitor(&self) -> Browser {
        Browser::without_session(self.pages.clone())
    }

    /// A browser in which somebody is signed in.
    pub async fn browser(&self, first: &str) -> Browser {
        let session = self.world.session(first).await;
        self.visitor().with_cookie(&format!("{}={}", web::COOKIE, session.reveal()))
    }
}

/// The pages of a desk, with a pretended mailroom.
pub fn pages_of(desk: desk::Desk, demo: Demo, written: &Arc<Mutex<Vec<CustomersLetter>>>) -> Router {
    let mailroom = Arc::new(Pretended { written: Arc::clone(written), zone: Zone::default() });
    web::router(Site::new(desk, demo, mailroom))
}

impl Browser {
    /// A browser that has never been here.
    pub fn without_session(pages: Router) -> Self {
        Self { pages, cookies: Vec::new(), headers: Vec::new() }
    }

    /// The same with one more cookie.
    pub fn with_cookie(mut self, cookie: &str) -> Self {
        self.cookies.push(cookie.split(';').next().unwrap_or_default().to_owned());
        self
    }

    /// The same with one more header.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Told {
        self.send(Method::GET, path, &[]).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Told {
        self.send(Method::POST, path, fields).await
    }

    /// Sends a form with one file, as a browser does.
    pub async fn post_with_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        content: &[u8],
    ) -> Told {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part =
                format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head =
            format!("--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::HOST, "desk.example")
            .header(header::COOKIE, self.cookies.join("; "))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .expect("a test's request is well formed");
        let response = self.pages.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body can be read").to_vec();
        Told { status: parts.status, headers: parts.headers, bytes }
    }

    /// Sends a request.
    pub async fn send(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Told {
        let response = self.open(method, path, fields).await;
        let (parts, body) = response.into_parts();
        // An event stream has no end to wait for.
        let is_stream =
            parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = if is_stream { Body::empty() } else { body };
        let bytes = to_bytes(body, usize::MAX).await.expect("a body can be read").to_vec();
        Told { status: parts.status, headers: parts.headers, bytes }
    }

    /// Sends a request and doesn't read its answer.
    pub async fn open(
        &self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
    ) -> axum::response::Response {
        let mut request = Request::builder().method(&method).uri(path).header(header::HOST, "desk.example");
        if !self.cookies.is_empty() {
            request = request.header(header::COOKIE, self.cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            Body::from(encoded(fields))
        } else {
            Body::empty()
        };
        let request = request.body(body).expect("a test's request is well formed");
        self.pages.clone().oneshot(request).await.expect("the router always answers")
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl Told {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where it leads.
    pub fn leads_to(&self) -> &str {
        self.header("location")
    }

    /// The cookie of this name that it sets, whole.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        all.map(str::to_owned).find(|cookie| cookie.starts_with(&format!("{name}=")))
    }

    /// It is this status and says this somewhere.
    #[track_caller]
    pub fn says(&self, status: u16, words: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert!(self.text().contains(words), "{words} isn't said in: {}", self.text());
    }

    /// It doesn't say this anywhere.
    #[track_caller]
    pub fn is_silent_about(&self, words: &str) {
        assert!(!self.text().contains(words), "{words} is said in: {}", self.text());
    }

    /// It leads somewhere with 303.
    #[track_caller]
    pub fn goes(&self, to: &str) {
        assert_eq!((self.status.as_u16(), self.leads_to()), (303, to), "{}", self.text());
    }
}

/// Reads bytes as text, frames HTML as it is, and remembers what was written.
struct Pretended {
    written: Arc<Mutex<Vec<CustomersLetter>>>,
    zone: Zone,
}

impl Mailroom for Pretended {
    fn frame(&self, html: &str, pictures: Pictures<'_>) -> String {
        let attached = (pictures.attached)("picture-1").unwrap_or_default();
        let remote = (pictures.remote)(0).unwrap_or_default();
        format!("<!doctype html><p>[{attached}] [{remote}]</p>{html}")
    }

    fn fetch_picture<'a>(&'a self, _: &'a str, position: usize) -> Awaited<'a, Option<Picture>> {
        let picture = Picture { kind: "image/gif", bytes: b"GIF89a".to_vec() };
        Box::pin(async move { (position < 2).then_some(picture) })
    }

    fn remote_images(&self) -> RemoteImages {
        RemoteImages::Fetched
    }

    fn show(&self, bytes: &[u8]) -> ShownMail {
        let text = String::from_utf8_lossy(bytes).into_owned();
        ShownMail {
            from: "Ada Berg <ada@berg.example>".to_owned(),
            subject: "As it was received".to_owned(),
            message_id: Some("letter-1@desk.example".to_owned()),
            reply_to: Some("help+signed@aurora.example".to_owned()),
            text,
            ..ShownMail::default()
        }
    }

    fn write_as_customer(&self, letter: CustomersLetter) -> Awaited<'_, Result<(), Stop>> {
        self.written.lock().expect("nobody panics while writing").push(letter);
        Box::pin(async { Ok(()) })
    }

    fn send_test(&self, _: EmailAddress, _: Option<kernel::MailboxId>) -> Awaited<'_, Result<(), Stop>> {
        let said = Refused::new(Kind::Conflict, "relay.refused", "The server answered: 535 wrong password.");
        Box::pin(async { Err(said.into()) })
    }

    fn draw_key(&self, method: domains::Method) -> Awaited<'_, Result<Drawn, Stop>> {
        let halves = move |half: &str| format!("{half}-half-of-{method}");
        Box::pin(async move { Ok(Drawn { method, public: halves("public"), private: halves("private") }) })
    }

    fn look_up(&self, questions: Vec<Question>) -> Awaited<'_, Vec<(Question, Answer)>> {
        let known = self.zone.lock().expect("nobody panics while looking up").clone();
        let answer = move |question: Question| {
            let texts =
                known.iter().filter(|(name, _)| *name == question.name && question.sought == Sought::Texts);
            let found: Vec<String> = texts.map(|(_, text)| text.clone()).collect();
            let answer = if found.is_empty() { Answer::Nothing } else { Answer::Found(found) };
            (question, answer)
        };
        Box::pin(async move { questions.into_iter().map(answer).collect() })
    }

    fn consent_address(&self, begun: &Begun) -> String {
        format!("https://provider.example/auth?state={}&hint={}", begun.state, begun.user)
    }

    fn exchange_consent(&self, _: Returned, code: String) -> Awaited<'_, Result<Consent, Stop>> {
        Box::pin(async move {
            match code.split_once('/') {
                Some(("good", given_by)) => {
                    Ok(Consent { given_by: given_by.to_owned(), refresh_token: "r3fresh".to_owned() })
                }
                _ => {
                    Err(Refused::new(Kind::Conflict, "consent.refused", "Google didn’t accept the sign-in.")
                        .into())
                }
            }
        })
    }

    fn password(&self) -> Password {
        Password::Missing
    }
}
