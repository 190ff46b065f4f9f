//! Every route × every role. The expected answers stand here one by one, so a new route fails until somebody has thought about
//! who may open it.

use crate::house::{Browser, House};
use cases::escalation::FormKind;
use desk::escalations::{self, HandOver, Whom};
use kernel::{CaseId, EscalationId, MessageId};
use std::collections::BTreeSet;
use testkit::Mail;

/// The roles, in the order of the columns: a visitor, the owner, Aurora's support owner, the lead and a representative of the
/// partner that answers Aurora, a representative of the partner that answers pip, Aurora's resolver to whom the case isn't
/// assigned, and the old session of somebody who was disabled.
const ROLES: [&str; 8] = ["visitor", "olga", "greta", "ines", "tiago", "jun", "rok", "carla"];

/// What each of them is answered when they send an empty form. `>` leads to the sign-in page. A 422 says that they may and that
/// the form is empty; 404 says that there is nothing here.
const EXPECTED: &str = "
GET  /                                                         >   303 303 303 303 303 303 >
POST /account/languages                                        401 422 422 422 422 422 422 401
POST /account/password                                         401 422 422 422 422 422 422 401
POST /account/sessions/{session}/endings                       401 404 404 404 404 404 404 401
POST /account/sign-outs                                        401 303 303 303 303 303 303 401
POST /account                                                  401 422 422 422 422 422 422 401
GET  /account                                                  >   200 200 200 200 200 200 >
GET  /assets/{hash}/{*name}                                    404 404 404 404 404 404 404 404
POST /cases/{case}/address-clearings                           401 404 409 409 409 404 404 401
POST /cases/{case}/assignment                                  401 404 303 303 303 404 404 401
POST /cases/{case}/dates                                       401 404 422 422 422 404 404 401
POST /cases/{case}/draft                                       401 404 204 204 204 404 404 401
POST /cases/{case}/messages/{message}/answers                   401 404 422 422 422 404 404 401
POST /cases/{case}/messages/{message}/attempts                 401 404 404 404 404 404 404 401
POST /cases/{case}/messages/{message}/languages                401 404 422 422 422 404 404 401
POST /cases/{case}/messages/{message}/second-readers           401 404 303 409 409 404 404 401
POST /cases/{case}/messages/{message}/explanations             401 404 303 409 409 404 404 401
POST /cases/{case}/messages/{message}/signals/dismissals       401 404 409 409 409 404 404 401
POST /cases/{case}/messages/{message}/departures               401 404 409 409 409 404 404 401
POST /cases/{case}/messages/{message}/downloads/{position}/endings 401 404 404 404 404 404 404 401
GET  /downloads/{token}                                        404 404 404 404 404 404 404 404
GET  /replies/{token}                                          404 404 404 404 404 404 404 404
POST /replies/{token}/misunderstandings                        404 404 404 404 404 404 404 404
POST /replies/{token}/place-requests                           404 404 404 404 404 404 404 404
GET  /escalated/{token}                                        404 404 404 404 404 404 404 404
POST /escalated/{token}/steps                                  404 404 404 404 404 404 404 404
POST /escalated/{token}/fields                                 404 404 404 404 404 404 404 404
POST /inbox/next                                               401 303 303 303 303 303 303 401
GET  /cases/{case}/routings                                    >   404 200 200 200 404 404 >
GET  /permits                                                  >   404 200 200 404 404 404 >
POST /permits                                                  401 422 422 422 422 422 422 401
POST /permits/{permit}/stages                                  401 422 422 422 422 422 422 401
POST /permits/{permit}/endings                                 401 422 422 422 422 422 422 401
POST /skills                                                   401 422 422 422 422 422 422 401
POST /skills/removals                                          401 422 422 422 422 422 422 401
GET  /approvals                                                >   200 200 200 200 200 200 >
POST /cases/{case}/messages/{message}/approvals                401 404 409 409 409 404 404 401
GET  /escalations                                              >   200 200 200 200 200 200 >
GET  /escalations/{escalation}                                 >   404 200 200 200 404 200 >
POST /escalations/{escalation}/steps                           401 404 422 422 422 404 422 401
POST /escalations/{escalation}/fields                          401 404 303 303 303 404 303 401
GET  /cases/{case}/escalations/new                             >   404 200 200 200 404 404 >
POST /cases/{case}/escalations                                 401 404 422 422 422 404 404 401
GET  /clients/{client}/vendors                                 >   200 404 404 404 404 404 >
POST /clients/{client}/vendors                                 401 422 404 404 404 404 404 401
POST /clients/{client}/vendors/{vendor}                        401 404 404 404 404 404 404 401
POST /clients/{client}/vendors/{vendor}/removals               401 404 404 404 404 404 404 401
GET  /unsubscriptions/{token}                                  404 404 404 404 404 404 404 404
POST /unsubscriptions/{token}                                  404 404 404 404 404 404 404 404
GET  /cases/{case}/messages/{message}/files/{position}         >   404 200 200 200 404 404 >
GET  /cases/{case}/messages/{message}/html                     >   404 200 200 200 404 404 >
GET  /cases/{case}/messages/{message}/pictures/{position}      >   404 200 200 200 404 404 >
GET  /cases/{case}/messages/{message}/remote-pictures/{position} > 404 200 200 200 404 404 >
GET  /cases/{case}/messages/{message}/raw                      >   404 200 200 200 404 404 >
POST /cases/{case}/messages/{message}/times                    401 404 409 409 409 404 404 401
POST /cases/{case}/messages/{message}/withdrawals              401 404 303 404 404 404 404 401
POST /cases/{case}/plainness                                   401 404 200 200 200 404 404 401
POST /cases/{case}/sharing                                     401 404 303 303 303 404 404 401
POST /cases/{case}/merges                                      401 404 422 422 422 404 404 401
POST /cases/{case}/partings                                    401 404 422 422 422 404 404 401
POST /cases/{case}/translations                                401 404 422 422 422 404 404 401
POST /cases/{case}/translations/endings                        401 404 303 303 303 404 404 401
POST /cases/{case}/messages/{message}/translations             401 404 409 409 409 404 404 401
POST /cases/{case}/notes                                       401 404 422 422 422 404 404 401
POST /cases/{case}/other-language                              401 404 409 409 409 404 404 401
POST /cases/{case}/topics                                      401 404 422 422 422 404 404 401
POST /cases/{case}/topics/removals                             401 404 422 422 422 404 404 401
POST /cases/{case}/readers                                     401 404 422 422 422 404 404 401
POST /cases/{case}/readings                                    401 404 422 422 422 404 404 401
POST /cases/{case}/place-requests                              401 404 422 422 422 404 404 401
POST /cases/{case}/place-requests/refusals                     401 404 422 422 422 404 404 401
POST /cases/{case}/priority                                    401 404 422 422 422 404 404 401
POST /cases/{case}/replies                                     401 404 422 422 422 404 404 401
POST /cases/{case}/state                                       401 404 422 422 422 404 404 401
GET  /cases/{case}                                             >   404 200 200 200 404 404 >
GET  /clients/new                                              >   200 404 404 404 404 404 >
POST /clients/{client}/mailboxes/{mailbox}/removals            401 409 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/signatures          401 422 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/smarthost           401 422 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/smarthost/removals  401 303 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/fetching            401 422 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/fetching/removals   401 409 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/fetching/attempts   401 409 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/fetching/left/attempts 401 409 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}/fetching/consents   401 409 404 404 404 404 404 401
GET  /consents                                                 >   200 404 404 404 404 404 >
GET  /consents/return                                          >   409 404 404 404 404 404 >
POST /consents/{provider}                                      401 422 404 404 404 404 404 401
POST /consents/{provider}/removals                             401 303 404 404 404 404 404 401
POST /translation/engines/{engine}/removals                    401 404 404 404 404 404 404 401
POST /translation/engines/{engine}/trials                      401 404 404 404 404 404 404 401
POST /translation/engines/{engine}                             401 422 404 404 404 404 404 401
POST /translation/engines                                      401 422 404 404 404 404 404 401
POST /translation/models/{pair}/measures                       401 404 404 404 404 404 404 401
GET  /translation                                              >   200 404 404 404 404 404 >
POST /clients/{client}/engines/{engine}/removals               401 404 404 404 404 404 404 401
POST /clients/{client}/engines/{engine}                        401 422 404 404 404 404 404 401
GET  /clients/{client}/engines                                 >   200 404 404 404 404 404 >
GET  /mailboxes                                                >   200 404 404 404 404 404 >
POST /clients/{client}/mailboxes/{mailbox}/test-letters        401 422 404 404 404 404 404 401
POST /clients/{client}/mailboxes/{mailbox}                     401 422 404 404 404 404 404 401
GET  /clients/{client}/mailboxes/{mailbox}                     >   200 404 404 404 404 404 >
POST /clients/{client}/correspondence                          401 422 404 404 404 404 404 401
POST /clients/{client}/risky-topics                            401 303 404 404 404 404 404 401
POST /clients/{client}/approved-texts                          401 422 404 404 404 404 404 401
POST /clients/{client}/mailboxes                               401 422 404 404 404 404 404 401
POST /clients/{client}                                         401 422 404 404 404 404 404 401
GET  /clients/{client}/terms                                   >   200 404 404 404 404 404 >
POST /clients/{client}/terms                                   401 422 404 404 404 404 404 401
POST /clients/{client}/terms/files                             401 422 404 404 404 404 404 401
GET  /clients/{client}/terms/files/{format}                    >   200 404 404 404 404 404 >
GET  /clients/{client}/terms/{term}                            >   404 404 404 404 404 404 >
POST /clients/{client}/terms/{term}                            401 404 404 404 404 404 404 401
POST /clients/{client}/terms/{term}/removals                   401 404 404 404 404 404 404 401
GET  /clients/{client}/memory                                  >   200 404 404 404 404 404 >
POST /clients/{client}/memory/files                            401 422 404 404 404 404 404 401
GET  /clients/{client}/memory/files/tmx                        >   200 404 404 404 404 404 >
POST /clients/{client}/memory/{entry}/removals                 401 404 404 404 404 404 404 401
GET  /clients/{client}                                         >   200 404 404 404 404 404 >
POST /clients                                                  401 422 404 404 404 404 404 401
GET  /clients                                                  >   200 404 404 404 404 404 >
GET  /engagements/new                                          >   200 404 404 404 404 404 >
GET  /holidays                                                 >   200 200 200 200 200 200 >
POST /holidays                                                 401 422 422 422 403 403 403 401
POST /holidays/{list}/removals                                 401 404 404 404 403 403 403 401
POST /holidays/{list}/days/{day}/removals                      401 404 404 404 403 403 403 401
GET  /engagements/{engagement}                                 >   200 200 404 404 200 200 >
GET  /engagements/{engagement}/terms/new                       >   200 200 404 404 403 403 >
POST /engagements/{engagement}/terms                           401 422 422 404 404 403 403 401
POST /engagements/{engagement}/terms/{version}/agreements      401 422 422 404 404 403 403 401
POST /engagements/{engagement}/terms/{version}/withdrawals     401 409 409 404 404 403 403 401
POST /engagements/{engagement}/endings                         401 303 404 404 404 404 404 401
POST /engagements                                              401 422 404 404 404 404 404 401
GET  /engagements                                              >   200 200 200 200 200 200 >
GET  /first-run                                                404 404 404 404 404 404 404 404
POST /first-run                                                404 404 404 404 404 404 404 404
GET  /gallery/mail                                             >   200 200 200 200 200 200 >
GET  /gallery                                                  >   200 200 200 200 200 200 >
GET  /inbox                                                    >   200 200 200 200 200 200 >
POST /invitations/{token}/withdrawals                          401 404 404 404 404 404 404 401
GET  /invitations/{token}                                      404 404 404 404 404 404 404 404
POST /invitations/{token}                                      404 404 404 404 404 404 404 404
POST /invitations                                              401 422 404 404 404 404 404 401
POST /jobs/{job}/abandonments                                  401 404 404 404 404 404 404 401
POST /jobs/{job}/attempts                                      401 404 404 404 404 404 404 401
GET  /jobs                                                     >   200 404 404 404 404 404 >
GET  /outstanding                                              >   200 200 200 200 200 200 >
GET  /hand-overs                                               >   200 200 200 200 200 200 >
POST /hand-overs/{hand_over}/acceptances                       401 404 404 404 404 404 404 401
POST /hand-overs/{hand_over}/withdrawals                       401 404 404 404 404 404 404 401
POST /hand-overs/{hand_over}/additions                         401 422 422 422 422 422 422 401
POST /cases/{case}/hand-overs                                  401 404 422 422 422 404 404 401
GET  /board                                                    >   200 200 200 200 200 200 >
GET  /live                                                     401 200 200 200 200 200 200 401
POST /outgoing-mail/test-letters                               401 422 404 404 404 404 404 401
POST /outgoing-mail                                            401 422 404 404 404 404 404 401
GET  /outgoing-mail                                            >   200 404 404 404 404 404 >
POST /parked/{mail}/discardings                                401 404 404 404 404 404 404 401
POST /parked/{mail}/openings                                   401 422 404 404 404 404 404 401
GET  /parked/{mail}/raw                                        >   404 404 404 404 404 404 >
GET  /parked                                                   >   200 404 404 404 404 404 >
POST /partners/{partner}/teams                                 401 422 404 404 404 404 404 401
POST /partners                                                 401 422 404 404 404 404 404 401
POST /people/{person}/languages                                401 422 404 404 404 404 404 401
POST /people/{person}/disablings                               401 303 404 404 404 404 404 401
POST /people/{person}/enablings                                401 303 404 404 404 404 404 401
POST /people/{person}/invitations                              401 303 404 404 404 404 404 401
POST /people/{person}/seats/{seat}/removals                    401 303 404 404 404 404 404 401
POST /people/{person}/seats                                    401 422 404 404 404 404 404 401
POST /people/{person}/sign-outs                                401 303 404 404 404 404 404 401
GET  /people/{person}                                          >   200 404 404 404 404 404 >
GET  /people                                                   >   200 404 404 404 404 404 >
POST /postbox/letters                                          401 404 404 404 404 404 404 401
POST /postbox/clock                                            401 404 404 404 404 404 404 401
GET  /postbox/new                                              >   404 404 404 404 404 404 >
GET  /postbox/{letter}                                         >   404 404 404 404 404 404 >
GET  /postbox                                                  >   404 404 404 404 404 404 >
GET  /understanding                                            >   200 200 200 404 404 404 >
GET  /understanding/figures                                    >   200 200 200 404 404 404 >
GET  /understanding/cases                                      >   404 404 404 404 404 404 >
GET  /queue                                                    >   200 200 200 404 404 404 >
POST /queue/attempts                                           401 303 404 404 404 404 404 401
POST /sign-in/demo                                             404 404 404 404 404 404 404 404
GET  /sending-domains/{domain}                                 >   200 404 404 404 404 404 >
POST /sending-domains/{domain}/checks                          401 303 404 404 404 404 404 401
POST /sending-domains/{domain}/keys/{selector}/beginnings      401 404 404 404 404 404 404 401
POST /sending-domains/{domain}/keys/{selector}/removals        401 404 404 404 404 404 404 401
POST /sending-domains/{domain}/keys                            401 422 404 404 404 404 404 401
GET  /sending-domains                                          >   200 404 404 404 404 404 >
GET  /service-worker.js                                        200 200 200 200 200 200 200 200
GET  /calls/{token}                                            404 404 404 404 404 404 404 404
POST /calls/{token}/acknowledgements                           404 404 404 404 404 404 404 404
POST /presence                                                 401 422 422 422 422 422 422 401
GET  /roster                                                   >   200 200 200 200 200 404 >
POST /roster/{team}/shifts                                     401 422 422 422 422 404 404 401
POST /roster/{team}/shifts/{shift}/removals                    401 404 403 404 403 404 404 401
POST /roster/{team}/copies                                     401 303 403 303 403 404 404 401
POST /roster/{team}/files                                      401 422 403 422 403 404 404 401
POST /roster/{team}/absences                                   401 422 422 422 422 404 404 401
POST /roster/{team}/absences/{leave}/endings                   401 404 404 404 404 404 404 401
GET  /coverage                                                 >   200 200 200 200 200 200 >
GET  /on-call                                                  >   200 200 200 200 200 200 >
POST /on-call/pages/{page}/acknowledgements                    401 404 404 404 404 404 404 401
POST /on-call/{engagement}/duties                              401 422 422 422 422 422 422 401
POST /on-call/duties/{duty}/removals                           401 404 404 404 404 404 404 401
POST /on-call/addresses                                        401 422 422 422 422 422 422 401
POST /on-call/addresses/removals                               401 422 422 422 422 422 422 401
GET  /sign-in                                                  200 200 200 200 200 200 200 200
POST /sign-in                                                  401 401 401 401 401 401 401 401
POST /sign-out                                                 303 303 303 303 303 303 303 303
";

/// The ids that stand in the addresses.
struct Ids {
    case: CaseId,
    message: MessageId,
    reply: MessageId,
    others: Vec<(&'static str, String)>,
}

async fn ids(house: &House) -> Ids {
    let world = &house.world;
    let escalation = handed_to_rok(house).await;
    let mail = a_mail(house);
    let case = world.receive(&mail).await;
    let reply = world.reply("tiago", case, "We are on it.").await.expect("tiago may answer");
    let message = world.messages(case).await[0].id;
    let carla = world.person("carla");
    let owner = world.reach("olga").await;
    desk::accounts::admit(&world.desk, &owner, carla, desk::accounts::Admission::Disabled)
        .await
        .expect("the owner may");
    let seat = world.read(move |tx| people::tables::seats_of(tx, carla)).await[0].id;
    let partner = world.read(people::tables::partners).await[0].id;
    let others = vec![
        ("{hash}/{*name}", "no/such.css".to_owned()),
        ("{token}", "no-such-secret".to_owned()),
        ("{session}", "no-such-session".to_owned()),
        ("{position}", "0".to_owned()),
        ("{client}", world.aurora.client.id.to_string()),
        ("{mailbox}", world.aurora.mailbox.id.to_string()),
        ("{domain}", "aurora.example".to_owned()),
        ("{selector}", "dragoman1".to_owned()),
        ("{provider}", "google".to_owned()),
        ("{engine}", "00000000000000000000000000000001".to_owned()),
        ("{pair}", "en-pt".to_owned()),
        ("{partner}", partner.to_string()),
        ("{person}", carla.to_string()),
        ("{seat}", seat.to_string()),
        ("{engagement}", world.nights.to_string()),
        ("{version}", "1".to_owned()),
        ("{list}", "DE".to_owned()),
        ("{day}", "2026-12-25".to_owned()),
        ("{mail}", "00000000000000000000000000000001".to_owned()),
        ("{hand_over}", "00000000000000000000000000000001".to_owned()),
        ("{term}", "00000000000000000000000000000001".to_owned()),
        ("{entry}", "00000000000000000000000000000001".to_owned()),
        ("{format}", "csv".to_owned()),
        ("{job}", "00000000000000000000000000000001".to_owned()),
        ("{team}", world.lisbon.to_string()),
        ("{shift}", "00000000000000000000000000000001".to_owned()),
        ("{leave}", "00000000000000000000000000000001".to_owned()),
        ("{page}", "00000000000000000000000000000001".to_owned()),
        ("{duty}", "00000000000000000000000000000001".to_owned()),
        ("{letter}", "00000000000000000000000000000001".to_owned()),
        ("{permit}", "00000000000000000000000000000001".to_owned()),
        ("{vendor}", "00000000000000000000000000000001".to_owned()),
        ("{escalation}", escalation.to_string()),
    ];
    Ids { case, message, reply, others }
}

/// A part of another case of Aurora's, in the hands of its resolver.
async fn handed_to_rok(house: &House) -> EscalationId {
    let world = &house.world;
    let from = "Ivo Novak <ivo@customer.example>";
    let case = world.receive(&world.mail(from, "help@aurora.example", "It hums", "Since today.")).await;
    let what = HandOver {
        to: Whom::Person(world.person("rok")),
        kind: FormKind::Other,
        asked: "Is it known that it hums?".to_owned(),
        tried: String::new(),
        shared: Vec::new(),
        fields: Vec::new(),
        files: Vec::new(),
        needed_at: None,
    };
    let reach = world.reach("tiago").await;
    escalations::hand_over(&world.desk, &reach, case, what).await.expect("tiago may hand it over")
}

fn a_mail(house: &House) -> Mail {
    let mail = house.world.mail(
        "Eva Novak <eva@customer.example>",
        "help@aurora.example",
        "It leaks",
        "Since today.",
    );
    mail.with_html("<p>Since today.</p>").with_file("kettle.png", "image/png", b"png")
}

fn filled(path: &str, ids: &Ids) -> String {
    let message =
        if path.ends_with("withdrawals") || path.ends_with("attempts") { ids.reply } else { ids.message };
    let path = path.replace("{case}", &ids.case.to_string()).replace("{message}", &message.to_string());
    ids.others.iter().fold(path, |path, (name, id)| path.replace(name, id))
}

async fn browser(house: &House, role: &str, disabled: &Browser) -> Browser {
    match role {
        "visitor" => house.visitor(),
        "carla" => disabled.clone(),
        somebody => house.browser(somebody).await,
    }
}

#[test]
fn every_route_answers_every_role_as_agreed() {
    House::on_both_engines(async |house| {
        let disabled = house.browser("carla").await;
        let ids = ids(&house).await;
        let mut found = BTreeSet::new();
        for route in web::routes::routes() {
            let mut cells = Vec::new();
            for role in ROLES {
                let browser = browser(&house, role, &disabled).await;
                let told = browser.send(route.method.clone(), &filled(route.path, &ids), &[]).await;
                let away = told.leads_to().starts_with("/sign-in?then=")
                    || (route.path == "/" && told.leads_to() == "/sign-in");
                cells.push(if away { ">".to_owned() } else { told.status.as_u16().to_string() });
            }
            found.insert(format!("{} {} {}", route.method, route.path, cells.join(" ")));
        }
        let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected: BTreeSet<String> =
            EXPECTED.lines().filter(|line| !line.is_empty()).map(squeezed).collect();
        let unexpected: Vec<&String> = found.difference(&expected).collect();
        let missing: Vec<&String> = expected.difference(&found).collect();
        assert!(unexpected.is_empty() && missing.is_empty(), "found {unexpected:#?} instead of {missing:#?}");
    });
}

/// Nobody adds a route beside the table: the router's own method for it stands in one place only.
#[test]
fn routes_are_made_from_the_table_only() {
    let sources = ["src/routes.rs", "src/lib.rs", "src/live.rs", "src/assets.rs", "src/site.rs"];
    let text = |path: &str| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
            .expect("a source file")
    };
    let count: usize = sources.iter().map(|path| text(path).matches(".route(").count()).sum();
    assert_eq!(count, 1);
    let routes = web::routes::routes();
    let addresses: BTreeSet<String> =
        routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    assert_eq!(addresses.len(), routes.len(), "an address stands twice");
}
