//! Taking mails: they are fetched, kept durably, marked on the server as the account wants, and only then the cursor moves on.
//! Whatever breaks in between is done again, and changes nothing.

use super::{
    dialogue::Turn,
    head, names,
    session::Session,
    trouble::{self, Step, Trouble},
    wire::Literals,
    words::{Fetched, Heard},
};
use crate::email::receiver::Body as Fetch;
use desk::{
    Desk,
    fetching::{self, Opened},
    intake::{self, Body, Delivery},
};
use engagements::fetching::{
    AfterIntake, Compared, Cursor, Fetching, KnownMail, MailHead, STUMBLES, compared, compared_later, course,
};
use kernel::Fault;
use std::{collections::BTreeSet, io::Read};
use tokio::task::JoinSet;

/// Mails with their sizes, in the order of their UIDs.
type Planned = [(u32, u64)];

/// A visit to an account: signed in, with everything that taking its mail needs.
pub(super) struct Visit<'a> {
    pub desk: &'a Desk,
    pub opened: &'a Opened,
    pub session: Session,
    /// What went wrong beside the mails, for the page.
    pub warning: String,
}

/// A try that failed, and at which mail if at one.
pub(super) struct Stumbled {
    pub trouble: Trouble,
    pub at: Option<u32>,
}

impl<T: Into<Trouble>> From<T> for Stumbled {
    fn from(trouble: T) -> Self {
        Self { trouble: trouble.into(), at: None }
    }
}

impl Visit<'_> {
    /// Takes everything that is there by now.
    pub(super) async fn look(&mut self) -> Result<(), Stumbled> {
        let account = &self.opened.account;
        let known = fetching::progress(self.desk, account.mailbox).await?;
        let folder = self.session.open_folder(account).await?;
        let last = if folder.next.is_none() { self.session.last_there().await? } else { 0 };
        let course = course(known.cursor, &folder, last, account.first_fetch);
        let known = if course.because.is_some() {
            fetching::set_out(self.desk, account.mailbox, course.cursor).await?;
            fetching::progress(self.desk, account.mailbox).await?
        } else {
            known
        };
        let mut cursor = course.cursor;
        loop {
            let listed = self.session.list(cursor.last).await?;
            if listed.mails.is_empty() {
                break;
            }
            let total = i64::try_from(listed.total).unwrap_or(i64::MAX);
            fetching::under_way(self.desk, account.mailbox, total).await?;
            self.take(&mut cursor, &listed.mails, &known).await?;
        }
        Ok(self.take_wanted(cursor.validity).await?)
    }

    /// Takes these mails, in lots. The cursor moves behind each lot.
    async fn take(&mut self, cursor: &mut Cursor, mails: &Planned, known: &Fetching) -> Result<(), Stumbled> {
        for lot in mails.chunks(self.session.patience.compared_mails) {
            let (before, behind) =
                lot.split_at(lot.partition_point(|(uid, _)| *uid <= cursor.compared_until));
            let (first, began_at) = (self.opened.account.first_fetch, self.opened.fetching.began_at);
            let fresh = self.new_among(before, |head, same| compared(head, same, first, began_at)).await?;
            self.take_lot(cursor, before, &fresh, known).await?;
            let set_out_at = known.set_out_at.unwrap_or(began_at);
            let fresh = match self.opened.account.after_intake {
                AfterIntake::Leave => {
                    self.new_among(behind, |head, same| compared_later(head, same, set_out_at)).await?
                }
                // A desk that died once a mail was kept has the step after it still to do. The same bytes are kept once only.
                AfterIntake::MarkRead | AfterIntake::Move(_) | AfterIntake::Delete => behind.to_vec(),
            };
            self.take_lot(cursor, behind, &fresh, known).await?;
        }
        Ok(())
    }

    /// The mails of a lot that weren't taken before, as far as their heads tell.
    async fn new_among(
        &mut self,
        lot: &Planned,
        compared: impl Fn(&MailHead, &[KnownMail]) -> Compared,
    ) -> Result<Vec<(u32, u64)>, Stumbled> {
        if lot.is_empty() {
            return Ok(Vec::new());
        }
        let uids: Vec<u32> = lot.iter().map(|(uid, _)| *uid).collect();
        let heads = self.session.heads(&uids).await?.into_iter().filter_map(|fetched| {
            let Some(Fetch::Inline(bytes)) = &fetched.body else { return None };
            Some((fetched.uid?, head::mail_head(bytes, fetched.arrived.as_deref())))
        });
        let heads: Vec<_> = heads.collect();
        let ids = heads.iter().filter_map(|(_, head)| head.message_id.clone()).collect();
        let known = fetching::known(self.desk, self.opened.client, ids).await?;
        let is_new = |uid: u32| {
            let Some((_, head)) = heads.iter().find(|(of, _)| *of == uid) else { return true };
            let same = head.message_id.as_ref().and_then(|id| known.get(id)).map_or(&[][..], Vec::as_slice);
            compared(head, same) == Compared::New
        };
        Ok(lot.iter().copied().filter(|(uid, _)| is_new(*uid)).collect())
    }

    /// Takes the `fresh` ones of a lot; the others are settled.
    async fn take_lot(
        &mut self,
        cursor: &mut Cursor,
        lot: &Planned,
        fresh: &Planned,
        known: &Fetching,
    ) -> Result<(), Stumbled> {
        let mut rest = fresh;
        while !rest.is_empty() {
            let (batch, behind) = rest.split_at(self.batch(rest, known));
            rest = behind;
            let taken = self.take_batch(cursor, lot, batch, known).await?;
            let end = rest.first().map_or(u32::MAX, |(uid, _)| *uid);
            self.settle(cursor, lot, end, taken).await?;
        }
        Ok(self.settle(cursor, lot, u32::MAX, 0).await?)
    }

    /// How many of these mails are asked for at once: some that are small together, or one. A mail at which a try ended is asked
    /// for alone.
    fn batch(&self, mails: &Planned, known: &Fetching) -> usize {
        let patience = &self.session.patience;
        let alone = |uid: u32| known.stumbles > 0 && i64::from(uid) == known.stumbled_uid;
        let mut bytes = 0;
        let fits = |(nth, (uid, size)): &(usize, &(u32, u64))| {
            bytes += *size;
            *nth < patience.batch_mails && bytes <= patience.batch_bytes && !alone(*uid)
        };
        mails.iter().enumerate().take_while(fits).count().max(1)
    }

    /// Moves the cursor behind the mails of a lot before `end`, all of which are settled.
    async fn settle(&self, cursor: &mut Cursor, lot: &Planned, end: u32, taken: i64) -> Result<(), Fault> {
        let settled = lot.iter().map(|(uid, _)| *uid).filter(|uid| *uid < end || end == u32::MAX);
        let settled: Vec<u32> = settled.filter(|uid| *uid > cursor.last).collect();
        if let Some(last) = settled.last() {
            cursor.last = *last;
            let done = i64::try_from(settled.len()).unwrap_or(0);
            fetching::advance(self.desk, self.opened.account.mailbox, *cursor, taken, done).await?;
        }
        Ok(())
    }

    /// Takes a batch; answers how many were kept. When it breaks off, what was kept is settled all the same.
    async fn take_batch(
        &mut self,
        cursor: &mut Cursor,
        lot: &Planned,
        batch: &Planned,
        known: &Fetching,
    ) -> Result<i64, Stumbled> {
        let mut uids = Vec::new();
        for (uid, size) in batch {
            let most = self.session.patience.message_bytes;
            let given_up = known.stumbles >= STUMBLES && i64::from(*uid) == known.stumbled_uid;
            if *size > most {
                self.leave(*cursor, *uid, &trouble::too_large(*size, most, *uid)).await?;
            } else if given_up {
                self.leave(*cursor, *uid, &trouble::not_handed_over(*uid, &known.sentence)).await?;
            } else {
                uids.push(*uid);
            }
        }
        if uids.is_empty() {
            return Ok(0);
        }
        let mut kept = BTreeSet::new();
        let fetched = self.fetch(&uids, &mut kept).await;
        let missing: Vec<u32> = uids.iter().copied().filter(|uid| !kept.contains(uid)).collect();
        let taken = i64::try_from(kept.len()).unwrap_or(0);
        match (fetched, missing.first().copied()) {
            (Ok(refused), _) => {
                self.after(&kept).await?;
                self.look_after(*cursor, &missing, &refused).await?;
                Ok(taken)
            }
            (Err(Trouble::Ours(fault)), _) => Err(fault.into()),
            (Err(trouble), at) => {
                let end = self.break_off(*cursor, at, &trouble).await?;
                // What is still to be marked, moved or deleted is fetched again for that, and then up to this mail only.
                if kept.is_empty() || self.opened.account.after_intake == AfterIntake::Leave {
                    self.settle(cursor, lot, end, taken).await?;
                    return Err(Stumbled { trouble, at: at.filter(|at| *at >= end) });
                }
                Err(Stumbled { trouble, at })
            }
        }
    }

    /// A batch broke off at a mail: everything before it is settled, and it itself too when it is too large to be taken ever.
    async fn break_off(&self, cursor: Cursor, at: Option<u32>, trouble: &Trouble) -> Result<u32, Fault> {
        let Some(uid) = at else { return Ok(u32::MAX) };
        if let Trouble::TooLarge { bytes } = trouble {
            let most = self.session.patience.message_bytes;
            self.leave(cursor, uid, &trouble::too_large(*bytes, most, uid)).await?;
            return Ok(uid.saturating_add(1));
        }
        Ok(uid)
    }

    /// Mails that were asked for and didn't come: expunged by now, or kept back by the server, which is told.
    async fn look_after(&mut self, cursor: Cursor, missing: &[u32], refused: &str) -> Result<(), Stumbled> {
        if !missing.is_empty() {
            for (uid, _) in self.session.still_there(missing).await? {
                self.leave(cursor, uid, &trouble::not_handed_over(uid, refused)).await?;
            }
        }
        Ok(())
    }

    async fn leave(&self, cursor: Cursor, uid: u32, because: &str) -> Result<(), Fault> {
        let mailbox = self.opened.account.mailbox;
        tracing::warn!(%mailbox, uid, "a mail is left on the server");
        fetching::leave(self.desk, mailbox, cursor.validity, uid, because).await
    }

    /// Fetches these mails and keeps each as it comes. Answers what the server said if it refused.
    async fn fetch(&mut self, uids: &[u32], kept: &mut BTreeSet<u32>) -> Result<String, Trouble> {
        let step = Step::Fetching(uids.first().copied().unwrap_or(0));
        let line = format!("UID FETCH {} (UID INTERNALDATE BODY.PEEK[])", names::uid_set(uids));
        let within = self.session.patience.message_within;
        let spool = self.desk.blobs.incoming();
        let mut keeping =
            Keeping { desk: self.desk.clone(), opened: self.opened, under_way: JoinSet::new(), bytes: 0 };
        let mut command = self.session.dialogue.begin(&step, &line, within).await?;
        let said = loop {
            match self.session.dialogue.turn(&mut command, Literals::Mail(&spool)).await {
                Ok(Turn::Aside(Heard::Mail(Fetched {
                    uid: Some(uid), arrived, body: Some(body), ..
                }))) if uids.contains(&uid) => {
                    keeping.add(uid, arrived, body);
                    if keeping.bytes > 2 * self.session.patience.in_memory_bytes {
                        keeping.settle(kept).await?;
                    }
                }
                Ok(Turn::Aside(_)) => {}
                Ok(Turn::Done(_)) => break Ok(String::new()),
                Ok(Turn::Refused(said)) => break Ok(said.words),
                Ok(Turn::GoOn) => break Err(Trouble::Garbled(step)),
                Err(trouble) => break Err(trouble),
            }
        };
        keeping.settle(kept).await?;
        said
    }

    /// Does on the server what the account wants done with mails that are kept. That it can't is told and stops nothing.
    async fn after(&mut self, kept: &BTreeSet<u32>) -> Result<(), Trouble> {
        let uids: Vec<u32> = kept.iter().copied().collect();
        if uids.is_empty() {
            return Ok(());
        }
        let set = names::uid_set(&uids);
        let done = match self.opened.account.after_intake.clone() {
            AfterIntake::Leave => Ok(()),
            AfterIntake::MarkRead => self.ask(&format!("UID STORE {set} +FLAGS.SILENT (\\Seen)")).await,
            AfterIntake::Move(folder) => self.move_to(&set, &folder).await,
            AfterIntake::Delete => self.delete(&set).await,
        };
        match done {
            Err(Trouble::Refused(_, said)) => {
                let said = trouble::quote(&said);
                self.warning = format!(
                    "Mails are taken, but the server refuses to {} them (“{said}”). Check the step after intake.",
                    self.opened.account.after_intake.as_str().replace('_', " as ")
                );
                Ok(())
            }
            other => other,
        }
    }

    async fn ask(&mut self, line: &str) -> Result<(), Trouble> {
        self.session.dialogue.run(&Step::AfterIntake, line, |_| {}).await.map(drop)
    }

    async fn move_to(&mut self, set: &str, folder: &str) -> Result<(), Trouble> {
        let folder = names::folder(folder);
        let moves = self.session.dialogue.offers("MOVE");
        let line =
            if moves { format!("UID MOVE {set} {folder}") } else { format!("UID COPY {set} {folder}") };
        if let Err(Trouble::Refused(..)) = self.ask(&line).await {
            // The folder may not be there yet.
            let _ = self.ask(&format!("CREATE {folder}")).await;
            self.ask(&line).await?;
        }
        if moves { Ok(()) } else { self.delete(set).await }
    }

    /// Without UIDPLUS, removing these would remove what others have marked, so they stay marked.
    async fn delete(&mut self, set: &str) -> Result<(), Trouble> {
        self.ask(&format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)")).await?;
        if self.session.dialogue.offers("UIDPLUS") {
            self.ask(&format!("UID EXPUNGE {set}")).await?;
        }
        Ok(())
    }

    /// Tries once more what was left and what a person wants.
    async fn take_wanted(&mut self, validity: u32) -> Result<(), Trouble> {
        let mailbox = self.opened.account.mailbox;
        let cursor = Cursor { validity, last: u32::MAX, compared_until: 0 };
        for uid in fetching::wanted(self.desk, mailbox, validity).await? {
            let most = self.session.patience.message_bytes;
            let there = self.session.still_there(&[uid]).await?;
            match there.first() {
                None => fetching::leave_no_more(self.desk, mailbox, validity, uid).await?,
                Some((_, size)) if *size > most => {
                    self.leave(cursor, uid, &trouble::too_large(*size, most, uid)).await?;
                }
                Some(_) => {
                    // Should the connection break now, it is not tried again by itself.
                    self.leave(cursor, uid, &trouble::not_handed_over(uid, "")).await?;
                    let mut kept = BTreeSet::new();
                    self.fetch(&[uid], &mut kept).await?;
                    if kept.contains(&uid) {
                        self.after(&kept).await?;
                        fetching::leave_no_more(self.desk, mailbox, validity, uid).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Mails on their way into the database, which takes many in one go.
struct Keeping<'a> {
    desk: Desk,
    opened: &'a Opened,
    under_way: JoinSet<Result<u32, Fault>>,
    bytes: usize,
}

impl Keeping<'_> {
    fn add(&mut self, uid: u32, arrived: Option<String>, mail: Fetch) {
        let desk = self.desk.clone();
        let (peer, address) = (format!("imap {}", self.opened.account.host), self.opened.address.clone());
        self.bytes += if let Fetch::Inline(bytes) = &mail { bytes.len() } else { 0 };
        self.under_way.spawn(async move {
            let arrived =
                arrived.as_deref().and_then(head::internal_date).unwrap_or_else(|| desk.clock.now());
            let sender = head::return_path(&beginning(&mail)?);
            // The path removes its file when it goes, unless the desk has moved the file by then.
            let (body, _file) = match mail {
                Fetch::Inline(bytes) => (Body::Bytes(bytes), None),
                Fetch::Spooled { path, .. } => (Body::File(path.to_path_buf()), Some(path)),
            };
            let delivery = Delivery { sender, recipients: vec![address], peer, trace: String::new(), body };
            intake::keep_arrived(&desk, delivery, arrived).await.map(|()| uid)
        });
    }

    /// Waits until all of them are kept.
    async fn settle(&mut self, kept: &mut BTreeSet<u32>) -> Result<(), Fault> {
        self.bytes = 0;
        let mut failed = None;
        while let Some(ended) = self.under_way.join_next().await {
            match ended.map_err(Fault::new).and_then(|kept| kept) {
                Ok(uid) => drop(kept.insert(uid)),
                Err(fault) => failed = Some(fault),
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

fn beginning(mail: &Fetch) -> Result<Vec<u8>, Fault> {
    let mut beginning = Vec::new();
    match mail {
        Fetch::Inline(bytes) => beginning.extend_from_slice(&bytes[..bytes.len().min(cases::HEAD)]),
        Fetch::Spooled { path, .. } => {
            let file = std::fs::File::open(path).map_err(Fault::new)?;
            file.take(cases::HEAD as u64).read_to_end(&mut beginning).map_err(Fault::new)?;
        }
    }
    Ok(beginning)
}
