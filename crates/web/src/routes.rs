//! The table of contents: every address of the pages, who may open it, and the handler that answers it. The router is made
//! from this list and from nothing else, so a test that walks the list walks everything.

use crate::{
    assets, faults, live,
    pages::{
        account, agreement, approvals, board, case, case_acts, case_clocks, clients, consents, coverage_map,
        departures, doorstep, engagements, engine_permissions, engines, escalated, escalations, fetching,
        files, gallery, hand_overs, holidays, inbox, invitations, jobs, kinship, mailbox, memory, meter,
        on_call, open_links, outgoing_mail, outstanding, parked, participants, people, permits, person,
        place, plainness, postbox, queue, risk, roster, routings, senders, sending_domains, speakers, terms,
        translations, vendors, wording,
    },
    security,
    site::Site,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    handler::Handler,
    http::{Extensions, HeaderMap, Method, StatusCode, Version, header},
    middleware::{self, Next},
    response::Response,
    routing::{MethodRouter, get as getting, post as posting},
};
use std::time::{Duration, Instant};
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    timeout::TimeoutLayer,
};

/// The most that a form may send.
const LARGEST_FORM: usize = 2 * 1024 * 1024;
/// The longest that an answer may take to begin.
const LONGEST: Duration = Duration::from_secs(30);
/// The same where files come in first: 100 MB over a slow line.
const LONGEST_WITH_FILES: Duration = Duration::from_secs(15 * 60);

/// Who may open an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, signed in or not.
    Anybody,
    /// Whoever holds the secret that the address names.
    Holders,
    /// Anybody, while the installation has no owner or is a demo.
    Newcomers,
    /// Whoever is signed in; what it shows is their own.
    SignedIn,
    /// Whoever's reach sees the case that the address names.
    Reaching,
    /// Owners of the installation.
    Owners,
    /// Whoever is signed in to a demo.
    Demo,
}

/// One line of the table of contents.
pub struct Route {
    /// How it is asked.
    pub method: Method,
    /// Its address, with the names of its ids in braces.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    answer: MethodRouter<Site>,
}

fn get<H: Handler<T, Site>, T: 'static>(who: Who, path: &'static str, handler: H) -> Route {
    Route { method: Method::GET, path, who, answer: getting(handler) }
}

fn post<H: Handler<T, Site>, T: 'static>(who: Who, path: &'static str, handler: H) -> Route {
    Route { method: Method::POST, path, who, answer: posting(handler) }
}

/// Every address.
pub fn routes() -> Vec<Route> {
    [at_the_door(), work(), attendance(), administration(), words(), escalating(), permitting(), mail()]
        .into_iter()
        .flatten()
        .collect()
}

fn at_the_door() -> Vec<Route> {
    use Who::{Anybody, Holders, Newcomers, SignedIn};
    vec![
        get(Anybody, assets::ROUTE, assets::serve),
        get(Anybody, "/sign-in", doorstep::show),
        post(Anybody, "/sign-in", doorstep::sign_in),
        post(Newcomers, "/sign-in/demo", doorstep::sign_in_demo),
        post(Anybody, "/sign-out", doorstep::sign_out),
        get(Newcomers, "/first-run", doorstep::first_run_page),
        post(Newcomers, "/first-run", doorstep::first_run),
        get(Holders, "/invitations/{token}", invitations::show),
        post(Holders, "/invitations/{token}", invitations::accept),
        get(Holders, "/downloads/{token}", open_links::download),
        get(Holders, "/replies/{token}", open_links::reply),
        post(Holders, "/replies/{token}/misunderstandings", open_links::not_understood),
        post(Holders, "/replies/{token}/place-requests", open_links::ask_for_place),
        get(Anybody, "/service-worker.js", assets::service_worker),
        get(Holders, "/calls/{token}", on_call::call),
        post(Holders, "/calls/{token}/acknowledgements", on_call::acknowledge_by_link),
        get(Holders, "/unsubscriptions/{token}", open_links::unsubscription),
        post(Holders, "/unsubscriptions/{token}", open_links::unsubscribe),
        get(SignedIn, "/account", account::show),
        post(SignedIn, "/account", account::change),
        post(SignedIn, "/account/languages", account::say_language),
        post(SignedIn, "/account/password", account::change_password),
        post(SignedIn, "/account/sessions/{session}/endings", account::end_session),
        post(SignedIn, "/account/sign-outs", account::sign_out_everywhere),
        get(SignedIn, "/gallery", gallery::show),
        get(SignedIn, "/gallery/mail", gallery::mail),
    ]
}

fn work() -> Vec<Route> {
    use Who::{Reaching, SignedIn};
    vec![
        get(SignedIn, "/", inbox::home),
        get(SignedIn, "/inbox", inbox::show),
        get(SignedIn, "/hand-overs", hand_overs::show),
        post(SignedIn, "/hand-overs/{hand_over}/acceptances", hand_overs::accept),
        post(SignedIn, "/hand-overs/{hand_over}/withdrawals", hand_overs::keep),
        post(SignedIn, "/hand-overs/{hand_over}/additions", hand_overs::add),
        post(SignedIn, "/inbox/next", routings::next),
        get(Reaching, "/cases/{case}/routings", routings::show),
        get(SignedIn, "/live", live::stream),
        get(SignedIn, "/board", board::show),
        get(Reaching, "/cases/{case}", case::show),
        post(Reaching, "/cases/{case}/replies", case_acts::reply),
        post(Reaching, "/cases/{case}/notes", case_acts::note),
        post(Reaching, "/cases/{case}/translations", wording::translate),
        post(Reaching, "/cases/{case}/translations/endings", wording::give_up),
        post(Reaching, "/cases/{case}/messages/{message}/translations", translations::ask),
        post(Reaching, "/cases/{case}/messages/{message}/languages", translations::correct),
        post(Reaching, "/cases/{case}/plainness", plainness::look),
        post(Reaching, "/cases/{case}/draft", case_acts::draft),
        post(Reaching, "/cases/{case}/assignment", case_acts::assign),
        post(Reaching, "/cases/{case}/hand-overs", hand_overs::give),
        post(Reaching, "/cases/{case}/state", case_acts::move_to),
        post(Reaching, "/cases/{case}/other-language", speakers::ask_other_language),
        post(Reaching, "/cases/{case}/topics", risk::add_topic),
        post(Reaching, "/cases/{case}/topics/removals", risk::drop_topic),
        post(Reaching, "/cases/{case}/readers", risk::ask_reader),
        post(Reaching, "/cases/{case}/readings", risk::read),
        post(Reaching, "/cases/{case}/place-requests", place::enter),
        post(Reaching, "/cases/{case}/place-requests/refusals", place::decline),
        post(Reaching, "/cases/{case}/priority", case_acts::prioritise),
        post(Reaching, "/cases/{case}/sharing", participants::share),
        post(Reaching, "/cases/{case}/merges", kinship::merge),
        post(Reaching, "/cases/{case}/partings", kinship::part),
        post(Reaching, "/cases/{case}/address-clearings", case_acts::clear_address),
        post(Reaching, "/cases/{case}/messages/{message}/withdrawals", case_acts::withdraw),
        post(Reaching, "/cases/{case}/messages/{message}/attempts", case_acts::try_again),
        post(Reaching, "/cases/{case}/messages/{message}/answers", senders::choose),
        post(Reaching, "/cases/{case}/messages/{message}/second-readers", case_acts::ask_second_reader),
        post(Reaching, "/cases/{case}/messages/{message}/explanations", case_acts::explained),
        post(Reaching, "/cases/{case}/messages/{message}/signals/dismissals", meter::dismiss),
        post(Reaching, "/cases/{case}/messages/{message}/departures", departures::send_now),
        post(Reaching, "/cases/{case}/messages/{message}/times", departures::change_time),
        post(
            Reaching,
            "/cases/{case}/messages/{message}/downloads/{position}/endings",
            departures::end_download,
        ),
        get(Reaching, "/cases/{case}/messages/{message}/html", files::framed),
        get(Reaching, "/cases/{case}/messages/{message}/raw", files::raw),
        get(Reaching, "/cases/{case}/messages/{message}/files/{position}", files::download),
        get(Reaching, "/cases/{case}/messages/{message}/pictures/{position}", files::picture),
        get(Reaching, "/cases/{case}/messages/{message}/remote-pictures/{position}", files::remote_picture),
    ]
}

/// Who works when, and who is called.
fn attendance() -> Vec<Route> {
    use Who::SignedIn;
    vec![
        post(SignedIn, "/presence", roster::be_present),
        get(SignedIn, "/roster", roster::show),
        post(SignedIn, "/roster/{team}/shifts", roster::draw_shift),
        post(SignedIn, "/roster/{team}/shifts/{shift}/removals", roster::remove_shift),
        post(SignedIn, "/roster/{team}/copies", roster::copy_week),
        post(SignedIn, "/roster/{team}/files", roster::bring),
        post(SignedIn, "/roster/{team}/absences", roster::be_absent),
        post(SignedIn, "/roster/{team}/absences/{leave}/endings", roster::come_back),
        get(SignedIn, "/coverage", coverage_map::show),
        get(SignedIn, "/on-call", on_call::show),
        post(SignedIn, "/on-call/pages/{page}/acknowledgements", on_call::acknowledge),
        post(SignedIn, "/on-call/{engagement}/duties", on_call::add_duty),
        post(SignedIn, "/on-call/duties/{duty}/removals", on_call::remove_duty),
        post(SignedIn, "/on-call/addresses", on_call::add_address),
        post(SignedIn, "/on-call/addresses/removals", on_call::remove_address),
    ]
}

fn administration() -> Vec<Route> {
    use Who::{Owners, SignedIn};
    vec![
        get(Owners, "/clients", clients::show),
        post(Owners, "/clients", clients::add),
        get(Owners, "/clients/new", clients::new),
        get(Owners, "/clients/{client}", clients::one),
        post(Owners, "/clients/{client}", clients::change),
        post(Owners, "/clients/{client}/correspondence", clients::correspond),
        post(Owners, "/clients/{client}/risky-topics", clients::choose_topics),
        post(Owners, "/clients/{client}/approved-texts", clients::approve_text),
        post(Owners, "/clients/{client}/mailboxes", clients::add_mailbox),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/removals", clients::remove_mailbox),
        get(Owners, "/clients/{client}/mailboxes/{mailbox}", mailbox::show),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}", mailbox::appear),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/signatures", mailbox::sign),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/smarthost", mailbox::leave_through),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/smarthost/removals", mailbox::leave_as_all),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/test-letters", mailbox::send_test),
        get(Owners, "/mailboxes", fetching::show),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/fetching", fetching::name_account),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/fetching/removals", fetching::remove_account),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/fetching/attempts", fetching::try_now),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/fetching/left/attempts", fetching::fetch_left),
        post(Owners, "/clients/{client}/mailboxes/{mailbox}/fetching/consents", consents::begin),
        get(Owners, "/consents", consents::show),
        get(Owners, "/consents/return", consents::arrive),
        post(Owners, "/consents/{provider}", consents::register),
        post(Owners, "/consents/{provider}/removals", consents::unregister),
        get(Owners, "/people", people::show),
        post(Owners, "/invitations", invitations::make),
        post(Owners, "/invitations/{token}/withdrawals", invitations::withdraw),
        post(Owners, "/partners", people::add_partner),
        post(Owners, "/partners/{partner}/teams", people::add_team),
        get(Owners, "/people/{person}", person::show),
        post(Owners, "/people/{person}/seats", person::seat),
        post(Owners, "/people/{person}/seats/{seat}/removals", person::unseat),
        post(Owners, "/people/{person}/languages", person::enter_language),
        post(Owners, "/people/{person}/disablings", person::disable),
        post(Owners, "/people/{person}/enablings", person::enable),
        post(Owners, "/people/{person}/sign-outs", person::sign_out),
        post(Owners, "/people/{person}/invitations", invitations::make_again),
        get(SignedIn, "/holidays", holidays::show),
        post(SignedIn, "/holidays", holidays::bring),
        post(SignedIn, "/holidays/{list}/removals", holidays::remove),
        post(SignedIn, "/holidays/{list}/days/{day}/removals", holidays::remove_day),
        get(SignedIn, "/engagements", engagements::show),
        get(SignedIn, "/engagements/{engagement}", agreement::show),
        get(SignedIn, "/engagements/{engagement}/terms/new", agreement::new),
        post(SignedIn, "/engagements/{engagement}/terms", agreement::propose),
        post(SignedIn, "/engagements/{engagement}/terms/{version}/agreements", agreement::agree),
        post(SignedIn, "/engagements/{engagement}/terms/{version}/withdrawals", agreement::withdraw),
        post(Owners, "/engagements", engagements::add),
        get(Owners, "/engagements/new", engagements::new),
        post(Owners, "/engagements/{engagement}/endings", engagements::end),
    ]
}

fn words() -> Vec<Route> {
    use Who::Owners;
    vec![
        get(Owners, "/clients/{client}/terms", terms::show),
        post(Owners, "/clients/{client}/terms", terms::add),
        post(Owners, "/clients/{client}/terms/files", terms::bring),
        get(Owners, "/clients/{client}/terms/files/{format}", terms::take),
        get(Owners, "/clients/{client}/terms/{term}", terms::one),
        post(Owners, "/clients/{client}/terms/{term}", terms::change),
        post(Owners, "/clients/{client}/terms/{term}/removals", terms::remove),
        get(Owners, "/clients/{client}/memory", memory::show),
        post(Owners, "/clients/{client}/memory/files", memory::bring),
        get(Owners, "/clients/{client}/memory/files/tmx", memory::take),
        post(Owners, "/clients/{client}/memory/{entry}/removals", memory::forget),
    ]
}

fn permitting() -> Vec<Route> {
    use Who::{Reaching, SignedIn};
    vec![
        get(SignedIn, "/permits", permits::show),
        post(SignedIn, "/permits", permits::grant),
        post(SignedIn, "/permits/{permit}/stages", permits::change_stage),
        post(SignedIn, "/permits/{permit}/endings", permits::end),
        post(SignedIn, "/skills", permits::enter_skill),
        post(SignedIn, "/skills/removals", permits::drop_skill),
        get(SignedIn, "/approvals", approvals::show),
        post(Reaching, "/cases/{case}/messages/{message}/approvals", approvals::decide),
    ]
}

fn escalating() -> Vec<Route> {
    use Who::{Holders, Owners, Reaching, SignedIn};
    vec![
        get(Holders, "/escalated/{token}", escalated::show),
        post(Holders, "/escalated/{token}/steps", escalated::take_step),
        post(Holders, "/escalated/{token}/fields", escalated::fill_in),
        get(Reaching, "/cases/{case}/escalations/new", escalations::new),
        post(Reaching, "/cases/{case}/escalations", escalations::open),
        get(SignedIn, "/outstanding", outstanding::show),
        post(Reaching, "/cases/{case}/dates", case_clocks::look_again),
        get(SignedIn, "/escalations", escalations::list),
        get(SignedIn, "/escalations/{escalation}", escalations::one),
        post(SignedIn, "/escalations/{escalation}/steps", escalations::take_step),
        post(SignedIn, "/escalations/{escalation}/fields", escalations::fill_in),
        get(Owners, "/clients/{client}/vendors", vendors::show),
        post(Owners, "/clients/{client}/vendors", vendors::add),
        post(Owners, "/clients/{client}/vendors/{vendor}", vendors::change),
        post(Owners, "/clients/{client}/vendors/{vendor}/removals", vendors::remove),
    ]
}

fn mail() -> Vec<Route> {
    use Who::{Demo, Owners, SignedIn};
    vec![
        get(Owners, "/outgoing-mail", outgoing_mail::show),
        post(Owners, "/outgoing-mail", outgoing_mail::save),
        post(Owners, "/outgoing-mail/test-letters", outgoing_mail::send_test),
        get(Owners, "/sending-domains", sending_domains::show),
        get(Owners, "/sending-domains/{domain}", sending_domains::one),
        post(Owners, "/sending-domains/{domain}/keys", sending_domains::make_key),
        post(Owners, "/sending-domains/{domain}/keys/{selector}/beginnings", sending_domains::sign_anyway),
        post(Owners, "/sending-domains/{domain}/keys/{selector}/removals", sending_domains::forget_key),
        post(Owners, "/sending-domains/{domain}/checks", sending_domains::check),
        get(Owners, "/translation", engines::show),
        post(Owners, "/translation/engines", engines::add),
        post(Owners, "/translation/engines/{engine}", engines::change),
        post(Owners, "/translation/engines/{engine}/trials", engines::test),
        post(Owners, "/translation/engines/{engine}/removals", engines::remove),
        post(Owners, "/translation/models/{pair}/measures", engines::measure),
        get(Owners, "/clients/{client}/engines", engine_permissions::show),
        post(Owners, "/clients/{client}/engines/{engine}", engine_permissions::allow),
        post(Owners, "/clients/{client}/engines/{engine}/removals", engine_permissions::withdraw),
        get(SignedIn, "/understanding", meter::show),
        get(SignedIn, "/understanding/figures", meter::figures),
        get(SignedIn, "/understanding/cases", meter::cases_behind),
        get(SignedIn, "/queue", queue::show),
        post(SignedIn, "/queue/attempts", queue::try_now),
        get(Owners, "/parked", parked::show),
        post(Owners, "/parked/{mail}/openings", parked::open),
        post(Owners, "/parked/{mail}/discardings", parked::discard),
        get(Owners, "/parked/{mail}/raw", parked::raw),
        get(Owners, "/jobs", jobs::show),
        post(Owners, "/jobs/{job}/attempts", jobs::retry),
        post(Owners, "/jobs/{job}/abandonments", jobs::abandon),
        get(Demo, "/postbox", postbox::show),
        get(Demo, "/postbox/new", postbox::new),
        get(Demo, "/postbox/{letter}", postbox::read),
        post(Demo, "/postbox/letters", postbox::write),
        post(Demo, "/postbox/clock", postbox::let_time_pass),
    ]
}

/// All pages, with everything around them: limits, cross-site checks, headers, explanations, compression.
pub fn router(site: Site) -> Router {
    let pages =
        routes().into_iter().fold(Router::new(), |pages, route| pages.route(route.path, in_time(route)));
    // The first is the outermost.
    let around = ServiceBuilder::new()
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(is_text))
        .layer(middleware::from_fn(note))
        .layer(middleware::from_fn(security::guard))
        .layer(middleware::from_fn_with_state(site.clone(), faults::explain))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::custom(faults::panicked));
    pages.fallback(nothing_here).layer(around).with_state(site)
}

/// The route with the time that an answer may take to begin. Files come in before one can.
fn in_time(route: Route) -> MethodRouter<Site> {
    let longest = if route.path.ends_with("/replies") || route.path.ends_with("/files") {
        LONGEST_WITH_FILES
    } else {
        LONGEST
    };
    route.answer.layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest))
}

/// Pages, styles, scripts and drawn icons are worth the work; files are mostly compressed already, and a stream must not wait.
fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["text/html", "text/css", "text/javascript", "image/svg"].iter().any(|text| kind.starts_with(text))
}

async fn nothing_here() -> faults::Stopped {
    faults::Stopped::absent()
}

/// Notes what was asked and how it ended; the route, never the ids' secrets or anybody's words.
async fn note(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    tracing::debug!(%method, route, status, micros, "answered");
    response
}
