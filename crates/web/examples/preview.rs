//! Draws every page with sample values, to look at: `cargo run -p web --example preview`, then open the address.
//!
//! The pages stand under the same content security policy as in the real program.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::{Router, routing::get};
use web::gallery::{self, pages, settings};
use web::views::shell::Place;

const ADDRESS: &str = "127.0.0.1:4400";

/// Every page by the last part of its address.
const NAMES: [&str; 27] = [
    "inbox", "inbox-done", "search", "case", "case-new", "case-long", "sign-in", "sign-in-demo", "invitation",
    "first-run", "absent", "refusal", "fault", "clients", "client-new", "client", "people", "person",
    "engagements", "engagement-new", "outgoing-mail", "parked", "jobs", "account", "postbox", "postbox-new",
    "gallery",
];

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let router = Router::new()
        .route("/", get(index))
        .route("/preview/mail", get(async || Html("<!doctype html><p>Guten Tag,<br>die <b>App</b> zählt weiter.</p>")))
        .route("/preview/raw", get(async || "From: somebody"))
        .route("/preview/{name}", get(page))
        .route(web::assets::ROUTE, get(web::assets::serve))
        .layer(middleware::from_fn(policy));
    let listener = tokio::net::TcpListener::bind(ADDRESS).await?;
    axum::serve(listener, router).await
}

async fn index() -> Html<String> {
    Html(NAMES.map(|name| format!("<p><a href=\"/preview/{name}\">{name}</a></p>")).concat())
}

async fn page(Path(name): Path<String>) -> Response {
    match draw(&name) {
        Some(Ok(html)) => Html(html).into_response(),
        Some(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn draw(name: &str) -> Option<askama::Result<String>> {
    Some(match name {
        "inbox" => pages::inbox().render(),
        "inbox-done" => pages::inbox_done().render(),
        "search" => pages::search().render(),
        "case" => pages::case().render(),
        "case-new" => pages::case_new().render(),
        "case-long" => pages::case_long().render(),
        "sign-in" => pages::sign_in().render(),
        "sign-in-demo" => pages::sign_in_demo().render(),
        "invitation" => pages::invitation().render(),
        "first-run" => pages::first_run().render(),
        "absent" => pages::absent().render(),
        "refusal" => pages::refusal().render(),
        "fault" => pages::fault().render(),
        "gallery" => gallery::gallery(gallery::shell("Gallery", Place::Gallery)).render(),
        other => return draw_settings(other),
    })
}

fn draw_settings(name: &str) -> Option<askama::Result<String>> {
    Some(match name {
        "clients" => settings::clients().render(),
        "client-new" => settings::client_new().render(),
        "client" => settings::client().render(),
        "people" => settings::people().render(),
        "person" => settings::person().render(),
        "engagements" => settings::engagements().render(),
        "engagement-new" => settings::engagement_new().render(),
        "outgoing-mail" => settings::outgoing_mail().render(),
        "parked" => settings::parked().render(),
        "jobs" => settings::jobs().render(),
        "account" => settings::account().render(),
        "postbox" => settings::postbox().render(),
        "postbox-new" => settings::postbox_new().render(),
        _ => return None,
    })
}

async fn policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = format!(
        "default-src 'none'; script-src 'self' {}; style-src 'self' {}; img-src 'self' data:; connect-src 'self'; \
         frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
        web::assets::importmap_hash(),
        web::assets::TURBO_STYLE_HASH
    );
    let value = policy.parse().expect("the policy is plain ASCII");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
    response
}
