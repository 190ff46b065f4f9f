//! The coverage map: how many are there hour by hour in each language, and the gaps of the next four weeks.

use super::{Answer, page, roster::Shown};
use crate::{
    fields::Asked,
    frame::Frame,
    session::SignedIn,
    site::Site,
    views::{
        coverage_map::{CoverageMap, DayMap, HourCell, NeedMap},
        shell::Place,
    },
    words::language_name,
};
use axum::extract::State;
use desk::coverage_map::{self, Covered, Needed};
use jiff::tz::TimeZone;
use kernel::Instant;

const WEEKS: u32 = 4;
/// More gaps than that are counted only.
const SHOWN: usize = 100;

/// `GET /coverage`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let frame = Frame::of(&site, &signed_in).await?;
    let shown = Shown::asked(&asked, &frame);
    let found = coverage_map::map(&site.desk, signed_in.reach(), shown.monday, shown.zone(), WEEKS).await?;
    let mut gaps: Vec<(Instant, String)> = found
        .iter()
        .flat_map(|covered| {
            covered.gaps.iter().map(|gap| (gap.span.from, coverage_map::sentence(covered, gap)))
        })
        .collect();
    gaps.sort();
    let rest = gaps.len().saturating_sub(SHOWN);
    let url = |days| format!("/coverage?week={}&zone={}", shown.later(days), shown.zone);
    Ok(page(&CoverageMap {
        shell: frame.shell("Coverage", Place::Coverage),
        title: shown.title(),
        before_url: url(-7),
        after_url: url(7),
        hours: (0..24).map(|hour| format!("{hour:02}")).collect(),
        gaps: gaps.into_iter().take(SHOWN).map(|(_, sentence)| sentence).collect(),
        more: if rest > 0 { format!("and {rest} more") } else { String::new() },
        maps: found.iter().map(|covered| need_map(covered, &shown.zone())).collect(),
        zone: shown.zone,
    })?)
}

fn need_map(covered: &Covered, zone: &TimeZone) -> NeedMap {
    let needed = match &covered.needed {
        Needed::Anybody => "Anybody".to_owned(),
        Needed::Language(language) => language_name(language.as_str()).to_owned(),
        Needed::Skill(skill) => format!("Knows {skill}"),
    };
    let mut days: Vec<DayMap> = Vec::new();
    for (at, count) in &covered.hours {
        let words = at.timestamp().to_zoned(zone.clone()).strftime("%a %-d").to_string();
        match days.last_mut().filter(|day| day.words == words) {
            Some(day) => day.cells.push(cell(*count)),
            None => days.push(DayMap { words, cells: vec![cell(*count)] }),
        }
    }
    NeedMap { name: format!("{} · {}", covered.client, covered.engagement.name), needed, days }
}

fn cell(count: Option<u32>) -> HourCell {
    let (kind, words, title) = match count {
        None => ("closed", String::new(), "closed".to_owned()),
        Some(0) => ("nobody", "0".to_owned(), "nobody is there".to_owned()),
        Some(1) => ("one", "1".to_owned(), "one is there".to_owned()),
        Some(many) => ("enough", many.to_string(), format!("{many} are there")),
    };
    HourCell { kind, words, title }
}
