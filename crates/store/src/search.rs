//! Search: which cases hold these words, newest message first. One of the two places where the engines differ.
//!
//! The words are prepared by the asker (segmented, folded, stemmed); here they are only kept and matched. Each entry also
//! carries a word for its engagement, so that a small reach is as quick to search as a wide one.

use crate::{
    Column, Tx, Value,
    tx::{Connection, Values},
};
use kernel::{CaseId, EngagementId, Fault, MessageId};
use std::collections::HashSet;

/// A message that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the order of arrival; ask for older ones with it.
    pub entry: i64,
    /// The case it is in.
    pub case: CaseId,
    /// The message.
    pub message: MessageId,
}

impl Tx<'_> {
    /// Makes a message findable by its words.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn index(
        &mut self,
        engagement: EngagementId,
        case: CaseId,
        message: MessageId,
        words: &str,
    ) -> Result<(), Fault> {
        let mut seen = HashSet::new();
        let different: Vec<&str> = words.split(' ').filter(|word| seen.insert(*word)).collect();
        let words = format!("{} {}", mark(engagement), different.join(" "));
        let rows = self.ask(
            "insert into search_entries (case_id, message_id, engagement_id, words) values ($1, $2, $3, $4)
             on conflict (message_id) do nothing returning entry",
            vec![text(case), text(message), text(engagement), Value::Text(words.clone().into())],
        )?;
        if let (Connection::Sqlite(_), Some(entry)) = (&self.connection, first_number(rows)) {
            let insert = "insert into search_words (rowid, words) values ($1, $2)";
            self.execute(insert, vec![Value::Int(entry), Value::Text(words.into())])?;
        }
        Ok(())
    }

    /// Lets a case's messages be found by those of another engagement, and no longer by those of the one before.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn move_index(&mut self, case: CaseId, to: EngagementId) -> Result<(), Fault> {
        let entries = "select entry, words from search_entries where case_id = $1";
        for (entry, before) in self.entries(entries, vec![text(case)])? {
            let words = before.split_once(' ').map_or("", |(_, words)| words);
            let after = format!("{} {words}", mark(to));
            self.rewrite(entry, before, after)?;
        }
        let update = "update search_entries set engagement_id = $1 where case_id = $2";
        self.execute(update, vec![text(to), text(case)]).map(drop)
    }

    /// Makes a message findable by other words than before; its place in the order of arrival stays.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn index_again(&mut self, message: MessageId, words: &str) -> Result<(), Fault> {
        let entries = "select entry, words from search_entries where message_id = $1";
        for (entry, before) in self.entries(entries, vec![text(message)])? {
            let engagement = before.split(' ').next().unwrap_or_default();
            let mut seen = HashSet::new();
            let different: Vec<&str> = words.split(' ').filter(|word| seen.insert(*word)).collect();
            let after = format!("{engagement} {}", different.join(" "));
            self.rewrite(entry, before, after)?;
        }
        Ok(())
    }

    /// Entries with their words.
    fn entries(&mut self, asked: &str, values: Values) -> Result<Vec<(i64, String)>, Fault> {
        let pair = |row: Vec<Value<'static>>| {
            let mut columns = row.into_iter();
            let entry = columns.next().and_then(i64::from_value).unwrap_or_default();
            (entry, columns.next().and_then(Column::from_value).unwrap_or_default())
        };
        Ok(self.ask(asked, values)?.into_iter().map(pair).collect())
    }

    /// Puts other words in the place of an entry's.
    fn rewrite(&mut self, entry: i64, before: String, after: String) -> Result<(), Fault> {
        if matches!(self.connection, Connection::Sqlite(_)) {
            let forget = "insert into search_words (search_words, rowid, words) values ('delete', $1, $2)";
            self.execute(forget, vec![Value::Int(entry), Value::Text(before.into())])?;
            let insert = "insert into search_words (rowid, words) values ($1, $2)";
            self.execute(insert, vec![Value::Int(entry), Value::Text(after.clone().into())])?;
        }
        let update = "update search_entries set words = $1 where entry = $2";
        self.execute(update, vec![Value::Text(after.into()), Value::Int(entry)]).map(drop)
    }

    /// Lets the messages of one case be found in another.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn merge_index(&mut self, from: CaseId, to: CaseId) -> Result<(), Fault> {
        let update = "update search_entries set case_id = $1 where case_id = $2";
        self.execute(update, vec![text(to), text(from)]).map(drop)
    }

    /// Lets one message be found in another case than before.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn index_in(&mut self, message: MessageId, case: CaseId) -> Result<(), Fault> {
        let update = "update search_entries set case_id = $1 where message_id = $2";
        self.execute(update, vec![text(case), text(message)]).map(drop)
    }

    /// The newest messages of these engagements that hold every one of the words, older than entry `before`.
    /// Each word is a list of alternatives of which one is enough.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn search(
        &mut self,
        engagements: &[EngagementId],
        words: &[Vec<String>],
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Found>, Fault> {
        let wanted = words.iter().filter(|alternatives| !alternatives.is_empty());
        let mut groups: Vec<Vec<&str>> = wanted.map(|alternatives| keepable(alternatives)).collect();
        if groups.is_empty() || groups.iter().any(Vec::is_empty) || engagements.is_empty() {
            return Ok(Vec::new());
        }
        // The newest hits of all usually hold enough of this reach, or there are no more at all.
        let newest = self.matching(&groups, before, limit)?;
        let limit_of = usize::try_from(limit).unwrap_or(usize::MAX);
        let are_all = newest.len() < limit_of;
        let within = newest.into_iter().filter(|(_, engagement)| engagements.contains(engagement));
        let found: Vec<Found> = within.map(|(found, _)| found).take(limit_of).collect();
        if are_all || found.len() == limit_of {
            return Ok(found);
        }
        let marks: Vec<String> = engagements.iter().map(|engagement| mark(*engagement)).collect();
        groups.push(keepable(&marks));
        Ok(self.matching(&groups, before, limit)?.into_iter().map(|(found, _)| found).collect())
    }

    /// The newest messages that match every group, each with its engagement.
    fn matching(
        &mut self,
        groups: &[Vec<&str>],
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<(Found, EngagementId)>, Fault> {
        let rows = match self.connection {
            Connection::Sqlite(_) => {
                let query = spoken(groups, '"', " OR ", " AND ");
                self.ask(SQLITE, asked(query, before, limit))?
            }
            Connection::Postgres(_) => {
                self.newest_first(&spoken(groups, '\'', " | ", " & "), before, limit)?
            }
        };
        rows.into_iter().map(found).collect()
    }

    /// PostgreSQL's index of words knows no order: all that match would have to be read to find the newest. So it is asked for the
    /// newest few hundred entries first; how many of them match tells how far back to look next.
    fn newest_first(&mut self, query: &str, before: Option<i64>, limit: i64) -> Result<Vec<Values>, Fault> {
        let newest = match before {
            Some(before) => before - 1,
            None => {
                first_number(self.ask("select max(entry) from search_entries", vec![])?).unwrap_or_default()
            }
        };
        let mut entries = FIRST_LOOK;
        while let Some(lots) = lots(newest, entries) {
            let rows = self.ask(POSTGRES, asked(format!("{query} & ({lots})"), before, limit))?;
            let matched = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            if matched >= limit {
                return Ok(rows);
            }
            let in_all = (matched + 1) * newest / entries;
            if entries > FIRST_LOOK && in_all < QUICKLY_READ {
                break;
            }
            // Never too far at once: what is missing among the newest may be everywhere before.
            entries = (entries * limit / matched.max(1) * 4 / 3).min(entries * 8);
        }
        self.ask(POSTGRES, asked(query.to_owned(), before, limit))
    }
}

/// How many entries PostgreSQL looks at first.
const FIRST_LOOK: i64 = 512;
/// So many entries are read and put in order sooner than a long list of lots is compared with the words.
const QUICKLY_READ: i64 = 3000;

/// Each entry on PostgreSQL carries words for the lots that it is in: of 256 entries, 2,048 and 16,384.
const LOTS: [(&str, i64); 3] = [("__s", 256), ("__m", 2048), ("__l", 16384)];

/// A query for the newest entries, by the lots that hold them; `None` when that would be too many lots.
fn lots(newest: i64, entries: i64) -> Option<String> {
    let (name, size) = LOTS.iter().find(|(_, size)| entries <= 8 * size)?;
    let lots = (newest - entries).max(0) / size..=newest / size;
    Some(lots.map(|lot| format!("'{name}{lot}'")).collect::<Vec<_>>().join(" | "))
}

fn asked(query: String, before: Option<i64>, limit: i64) -> Vec<Value<'static>> {
    vec![Value::Text(query.into()), Value::Int(before.unwrap_or(i64::MAX)), Value::Int(limit)]
}

/// No prepared word is longer, in bytes; PostgreSQL takes none beyond 2,046.
const LONGEST: usize = 1000;

const SQLITE: &str =
    "select e.entry, e.case_id, e.message_id, e.engagement_id from search_words w join search_entries e on e.entry = w.rowid
     where w.search_words match $1 and w.rowid < $2 order by w.rowid desc limit $3";

/// The sums keep bound and order from inviting a walk through all entries.
const POSTGRES: &str = "select entry, case_id, message_id, engagement_id from search_entries
     where search_vector(words, entry) @@ cast($1::text as tsquery) and entry + 0 < $2 order by entry + 0 desc limit $3";

/// The alternatives that can stand in an entry at all: prepared words are letters, digits and `_`. Others would be punctuation of a
/// query, and are found in no message.
fn keepable(alternatives: &[String]) -> Vec<&str> {
    let fits = |letter: char| letter.is_alphanumeric() || letter == '_' || !letter.is_ascii();
    let is_word = |word: &&str| !word.is_empty() && word.len() <= LONGEST && word.chars().all(fits);
    alternatives.iter().map(String::as_str).filter(is_word).collect()
}

/// A query in the engine's words: alternatives in brackets, joined so that all groups must match.
fn spoken(groups: &[Vec<&str>], quote: char, or: &str, and: &str) -> String {
    let quoted = |word: &&str| format!("{quote}{word}{quote}");
    let group = |words: &Vec<&str>| format!("({})", words.iter().map(quoted).collect::<Vec<_>>().join(or));
    groups.iter().map(group).collect::<Vec<_>>().join(and)
}

/// The word that stands for an engagement. No prepared word looks like it.
fn mark(engagement: EngagementId) -> String {
    format!("__e{engagement}")
}

fn text(id: impl ToString) -> Value<'static> {
    Value::Text(id.to_string().into())
}

fn first_number(rows: Vec<Vec<Value<'static>>>) -> Option<i64> {
    i64::from_value(rows.into_iter().next()?.into_iter().next()?)
}

fn found(row: Vec<Value<'static>>) -> Result<(Found, EngagementId), Fault> {
    let mut columns = row.into_iter();
    let mut parts = || {
        let entry = i64::from_value(columns.next()?)?;
        let case = Column::from_value(columns.next()?)?;
        let message = Column::from_value(columns.next()?)?;
        Some((Found { entry, case, message }, Column::from_value(columns.next()?)?))
    };
    parts().ok_or_else(|| Fault::new("a search entry can't be read"))
}
