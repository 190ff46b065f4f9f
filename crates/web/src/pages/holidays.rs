//! Lists of holidays: what they hold, bringing one in, taking days out.

use super::{Answer, page, settle};
use crate::{
    fields::At,
    frame::Frame,
    said::Said,
    session::SignedIn,
    site::Site,
    uploads::OneFile,
    views::{
        holidays::{HolidayDay, HolidayListView, Holidays},
        shell::{Administration, Flash, Place},
    },
    words::day,
};
use axum::{extract::State, response::Response};
use desk::{Stop, holidays};
use jiff::civil::Date;

const HERE: &str = "/holidays";

/// `GET /holidays`
pub(crate) async fn show(State(site): State<Site>, who: SignedIn) -> Answer {
    Ok(draw(&site, &who, None).await?)
}

async fn draw(site: &Site, who: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = holidays::lists(&site.desk, who.reach()).await?;
    let frame = Frame::of(site, who).await?.saying(flash);
    let lists = found.lists.iter().map(|(list, days)| HolidayListView {
        name: list.name.clone(),
        reach: list.first.parse().ok().zip(list.last.parse().ok()).map_or(String::new(), |(first, last)| {
            format!("{} days, {} to {}", list.days, day(first), day(last))
        }),
        days: days
            .iter()
            .map(|one| HolidayDay { on: one.on.to_string(), words: day(one.on), name: one.name.clone() })
            .collect(),
    });
    page(&Holidays {
        shell: frame.shell("Holidays", Place::Administration(Administration::Engagements)),
        lists: lists.collect(),
        may_change: found.may_change,
    })
}

/// `POST /holidays`: a file, which is a list named as it is.
pub(crate) async fn bring(State(site): State<Site>, who: SignedIn, file: OneFile) -> Answer {
    let done = holidays::bring(&site.desk, who.reach(), file.stem(), &file.bytes).await;
    settle(done, HERE, Said::HolidaysBrought, async |flash| draw(&site, &who, flash).await).await
}

/// `POST /holidays/{list}/removals`
pub(crate) async fn remove(State(site): State<Site>, who: SignedIn, At(list): At<String>) -> Answer {
    let done = holidays::drop_list(&site.desk, who.reach(), &list).await;
    settle(done, HERE, Said::HolidaysRemoved, async |flash| draw(&site, &who, flash).await).await
}

/// `POST /holidays/{list}/days/{day}/removals`
pub(crate) async fn remove_day(
    State(site): State<Site>,
    who: SignedIn,
    At((list, on)): At<(String, Date)>,
) -> Answer {
    let done = holidays::drop_day(&site.desk, who.reach(), &list, on).await;
    settle(done, HERE, Said::HolidaysRemoved, async |flash| draw(&site, &who, flash).await).await
}
