//! Draws every page with sample values, to look at: `cargo run -p web --example preview`, then open the address.
//!
//! The pages stand under the same content security policy as in the real program.

use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::{Router, routing::get};
use web::gallery::drawing::{NAMES, draw};

const ADDRESS: &str = "127.0.0.1:4400";

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mail = "<!doctype html><p>Guten Tag,<br>die <b>App</b> zählt weiter.</p>";
    let router = Router::new()
        .route("/", get(index))
        .route("/preview/mail", get(async move || Html(mail)))
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
