//! The API from outside: what each role gets, and that nothing of another client's is among it.

#![allow(clippy::unwrap_used, reason = "a test says by failing what it expected")]

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use kernel::CaseId;
use serde_json::Value;
use testkit::{World, on_both_engines};
use tower::ServiceExt;

const EVERYBODY: [&str; 11] =
    ["olga", "greta", "paula", "rok", "nora", "wanda", "ines", "tiago", "carla", "maricel", "jun"];

/// Who sees a case that Aurora's mailbox brought in, which Lisbon answers.
const SEE_AURORA: [&str; 4] = ["greta", "ines", "tiago", "carla"];

struct Answer {
    status: StatusCode,
    kind: String,
    body: Value,
}

async fn ask(world: &World, who: Option<&str>, path: &str) -> Answer {
    let mut request = Request::get(path);
    if let Some(who) = who {
        let token = world.session(who).await;
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.reveal()));
    }
    let router = api::router(world.desk.clone());
    let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store", "{path}");
    let (status, kind) =
        (answer.status(), answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned());
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    Answer { status, kind, body: serde_json::from_slice(&bytes).unwrap() }
}

/// Every route's address with a case of Aurora's in its place.
fn addresses(case: CaseId) -> Vec<String> {
    let filled =
        |path: &str| path.replace("{case}", &case.to_string()).replace("{*elsewhere}", "no/such/thing");
    api::ROUTES.iter().map(|(_, path)| filled(path)).collect()
}

fn ids(list: &Value) -> Vec<&str> {
    list["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect()
}

#[test]
fn a_visitor_gets_nothing_anywhere() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        for path in addresses(case) {
            let answer = ask(&world, None, &path).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(answer.kind, "application/problem+json", "{path}");
            assert_eq!(answer.body["code"], "person.sign_in_needed", "{path}");
        }
    });
}

#[test]
fn every_role_gets_its_own_cases_and_no_others() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let text = case.to_string();
        for who in EVERYBODY {
            let sees = SEE_AURORA.contains(&who);
            let expected = if sees { vec![text.as_str()] } else { Vec::new() };
            for path in ["/api/cases", "/api/cases?view=unassigned", "/api/search?q=morning"] {
                let answer = ask(&world, Some(who), path).await;
                assert_eq!(
                    (answer.status, ids(&answer.body)),
                    (StatusCode::OK, expected.clone()),
                    "{who} {path}"
                );
            }
            let one = ask(&world, Some(who), &format!("/api/cases/{text}")).await;
            assert_eq!(one.status, if sees { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{who}");
        }
    });
}

#[test]
fn a_case_out_of_reach_answers_like_one_that_never_was() {
    on_both_engines(|world| async move {
        let theirs = world.case_from_mail("help@aurora.example").await;
        let never: CaseId = store::fresh();
        let foreign = ask(&world, Some("jun"), &format!("/api/cases/{theirs}")).await;
        let missing = ask(&world, Some("jun"), &format!("/api/cases/{never}")).await;
        assert_eq!((foreign.status, &foreign.body), (missing.status, &missing.body));
        assert_eq!(foreign.body["code"], "case.not_found");
        let narrowed = format!("/api/cases?client={}", world.client("aurora"));
        assert_eq!(ids(&ask(&world, Some("jun"), &narrowed).await.body), Vec::<&str>::new());
    });
}

#[test]
fn what_cannot_be_read_is_named() {
    on_both_engines(|world| async move {
        for (path, parameter) in [
            ("/api/cases?view=everything", "view"),
            ("/api/cases?client=aurora", "client"),
            ("/api/cases?state=pending", "state"),
            ("/api/cases?after=yesterday", "after"),
        ] {
            let answer = ask(&world, Some("tiago"), path).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(answer.body["title"].as_str().unwrap().contains(parameter), "{path}: {}", answer.body);
        }
    });
}

#[test]
fn pages_of_a_list_meet_without_gap_or_overlap() {
    on_both_engines(|world| async move {
        let mut expected = Vec::new();
        for nth in 0..55 {
            let sender = format!("customer{nth}@customer.example");
            let mail = world.mail(&sender, "help@aurora.example", "It leaks", "Under the lid.");
            expected.push(world.receive(&mail).await.to_string());
        }
        let first = ask(&world, Some("tiago"), "/api/cases").await.body;
        let rest = format!("/api/cases?after={}", first["next"].as_str().unwrap());
        let second = ask(&world, Some("tiago"), &rest).await.body;
        let mut found: Vec<String> = ids(&first).into_iter().chain(ids(&second)).map(str::to_owned).collect();
        assert_eq!((ids(&first).len(), second["next"].is_null()), (50, true));
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    });
}

#[test]
fn a_merged_case_leads_to_the_one_that_holds_its_messages() {
    on_both_engines(|world| async move {
        let old = world.case_from_mail("help@aurora.example").await;
        let kept = world.case_from_mail("help@aurora.example").await;
        let reach = world.reach("tiago").await;
        let reference = world.case(kept).await.reference;
        desk::merging::merge(&world.desk, &reach, old, &reference).await.unwrap();
        let token = world.session("tiago").await;
        let request = Request::get(format!("/api/cases/{old}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", token.reveal()));
        let answer =
            api::router(world.desk.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(answer.headers()[header::LOCATION], format!("/api/cases/{kept}"));
    });
}
