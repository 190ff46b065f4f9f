//! The same desk as JSON, in shapes of its own: what a program may rely on while pages change.
//!
//! Every answer is made with the reach of the person whose token is presented, as `Authorization: Bearer …` or as the session
//! cookie of a browser. Errors are problem details (RFC 9457) with the refusal's stable code.

mod problem;
mod shapes;
mod who;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    middleware::map_response,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use cases::{Cursor, Filter, View};
use desk::{Desk, case_page, inbox};
use kernel::{CaseId, Instant};
use problem::Problem;
use serde::Deserialize;
use shapes::{CaseInList, CaseWhole, Cases};
use who::Who;

/// The API's routes, as (method, path): the table test walks them.
pub const ROUTES: [(&str, &str); 4] = [
    ("GET", "/api/cases"),
    ("GET", "/api/cases/{case}"),
    ("GET", "/api/search"),
    ("GET", "/api/{*elsewhere}"),
];

/// The API.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .route("/api/cases", get(list))
        .route("/api/cases/{case}", get(one))
        .route("/api/search", get(search))
        .route("/api/{*elsewhere}", get(async |_: Who| Problem::not_found()))
        .layer(map_response(guarded))
        .with_state(desk)
}

/// Answers hold customers' words: nobody keeps a copy, and no browser takes one for a page.
async fn guarded(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    answer
}

/// How a list is narrowed. `after` is the `next` of the page before.
#[derive(Deserialize)]
struct Listing {
    view: Option<String>,
    client: Option<String>,
    state: Option<String>,
    language: Option<String>,
    after: Option<String>,
}

async fn list(
    State(desk): State<Desk>,
    who: Who,
    Query(asked): Query<Listing>,
) -> Result<Json<Cases>, Problem> {
    let wanted = inbox::Wanted {
        view: view(asked.view.as_deref())?,
        filter: Filter {
            client: parsed(asked.client, "client")?,
            state: parsed(asked.state, "state")?,
            language: parsed(asked.language, "language")?,
        },
        after: asked.after.as_deref().map(cursor).transpose()?,
    };
    let page = inbox::page(&desk, &who.reach, wanted).await?;
    let next = page.next.map(|next| format!("{}.{}", next.updated_at.micros(), next.id));
    Ok(Json(Cases { cases: page.rows.into_iter().map(CaseInList::from).collect(), next }))
}

fn view(word: Option<&str>) -> Result<View, Problem> {
    match word {
        None | Some("open") => Ok(View::Open),
        Some("mine") => Ok(View::Mine),
        Some("unassigned") => Ok(View::Unassigned),
        Some("closed") => Ok(View::Closed),
        Some(_) => Err(Problem::unreadable("view")),
    }
}

fn parsed<T: std::str::FromStr>(text: Option<String>, name: &'static str) -> Result<Option<T>, Problem> {
    text.map(|text| text.parse().map_err(|_| Problem::unreadable(name))).transpose()
}

fn cursor(text: &str) -> Result<Cursor, Problem> {
    let read = || {
        let (micros, id) = text.split_once('.')?;
        Some(Cursor { updated_at: Instant::from_micros(micros.parse().ok()?), id: id.parse().ok()? })
    };
    read().ok_or_else(|| Problem::unreadable("after"))
}

#[derive(Deserialize)]
struct Reading {
    earlier_than: Option<String>,
}

async fn one(
    State(desk): State<Desk>,
    who: Who,
    Path(case): Path<String>,
    Query(asked): Query<Reading>,
) -> Result<Response, Problem> {
    let case: CaseId = case.parse().map_err(|_| Problem::not_found())?;
    let before = parsed(asked.earlier_than, "earlier_than")?;
    let page = case_page::case_page(&desk, &who.reach, case, before).await?;
    Ok(match &page.kin.merged_into {
        Some(holder) => Redirect::temporary(&format!("/api/cases/{}", holder.id)).into_response(),
        None => Json(CaseWhole::from(page)).into_response(),
    })
}

#[derive(Deserialize)]
struct Searched {
    #[serde(default)]
    q: String,
}

async fn search(
    State(desk): State<Desk>,
    who: Who,
    Query(asked): Query<Searched>,
) -> Result<Json<Cases>, Problem> {
    let rows = inbox::search(&desk, &who.reach, &asked.q, None).await?;
    Ok(Json(Cases { cases: rows.into_iter().map(CaseInList::from).collect(), next: None }))
}
