//! The clocks of the demo's cases: told from what happened to them, as if the desk had followed it.

use super::{
    story::Story,
    tale::{Mail, Moment, What},
};
use cases::{MessageKind, State};
use desk::{
    Desk,
    clocks::telling::{self, Tale, Told},
};
use kernel::{Fault, Instant};

/// How many cases are told in one transaction.
const TOGETHER: usize = 200;

/// Writes down whose turn it was at every case, what was promised and how it went.
pub(super) async fn tell(desk: &Desk, story: &Story, now: Instant) -> Result<(), Fault> {
    let tales: Vec<Tale> = story
        .tales
        .iter()
        .map(|tale| Tale { case: tale.case.id, told: tale.moments.iter().flat_map(told).collect() })
        .collect();
    for some in tales.chunks(TOGETHER) {
        let some = some.to_vec();
        desk.store.write(move |tx| telling::tell(tx, &some, now)).await?;
    }
    Ok(())
}

fn told(moment: &Moment) -> Vec<(Instant, Told)> {
    let told = match &moment.what {
        What::Wrote(mail) => wrote(mail),
        What::Closed { .. } => vec![Told::Closed],
        What::Opened | What::Left { .. } | What::Assigned { .. } => Vec::new(),
    };
    told.into_iter().map(|what| (moment.at, what)).collect()
}

fn wrote(mail: &Mail) -> Vec<Told> {
    match mail.message.kind {
        _ if mail.message.automatic.is_some() => Vec::new(),
        MessageKind::Customer => vec![Told::CustomerWrote],
        MessageKind::Reply if mail.state == State::Closed => vec![Told::Answered, Told::Closed],
        MessageKind::Reply => vec![Told::Answered],
        MessageKind::Note => Vec::new(),
    }
}
