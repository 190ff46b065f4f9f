//! The demo world: two clients, their partners and people, and six weeks of cases in six languages, the same in every demo.

mod casting;
mod chance;
mod clocks;
mod enclosures;
mod handed_over;
mod letters;
mod mail;
mod nesting;
mod plot;
mod rosters;
mod schedule;
mod script;
mod senders;
mod staffing;
mod story;
mod tale;
mod timing;
mod wording;
mod words;
mod world;
mod writing;

#[cfg(test)]
mod tests;

use desk::{Desk, postbox, set_up};
use kernel::{Fault, Instant, Kind, Refused, Stop};

/// Fills an empty installation with the demo world as it stands now. One that holds the demo already stays as it is.
///
/// # Errors
/// `demo.not_empty` when somebody else's installation is there, or a demo that was interrupted while it was filled.
pub async fn seed(desk: &Desk) -> Result<(), Stop> {
    seed_at(desk, desk.clock.now(), |_, _| ()).await
}

/// Fills an empty installation with the demo world as it stands at `today`. `told` hears how many of how many steps are done.
///
/// # Errors
/// As [`seed`].
pub async fn seed_at(desk: &Desk, today: Instant, told: impl Fn(usize, usize)) -> Result<(), Stop> {
    if postbox::is_demo(desk).await? {
        return Ok(());
    }
    is_empty(desk).await?;
    let blobs = desk.blobs.clone();
    let worked_out = tokio::task::spawn_blocking(move || {
        let mut story = story::work_out(today, story::SEED)?;
        let files = writing::keep_files(&blobs, &mut story)?;
        Ok::<_, Fault>((story, files))
    });
    let (story, files) = worked_out.await.map_err(Fault::new)??;
    let story = writing::write_down(desk, story, files, told).await?;
    clocks::tell(desk, &story, today).await?;
    words::write_down(desk, &story).await?;
    handed_over::write_down(desk, &story).await?;
    Ok(letters::fill_postbox(desk, &story).await?)
}

async fn is_empty(desk: &Desk) -> Result<(), Stop> {
    if set_up::is_first_run(desk).await? {
        return Ok(());
    }
    let refused =
        Refused::new(Kind::Conflict, "demo.not_empty", "This installation isn't empty and isn't a demo.");
    Err(refused
        .hint("Give the demo a folder and a database of its own, or delete the one that was interrupted.")
        .into())
}
