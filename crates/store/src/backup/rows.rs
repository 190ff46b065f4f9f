//! Rows as lines of JSON: the same line for the same row on either engine.

use super::archive::{Summing, TableSum};
use crate::{SchemaColumn, Tx, Value, tx::Connection};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::Fault;
use serde_json::{Value as Json, json};

/// The columns of a table, by name, and how its rows are put in order.
pub(super) struct Columns {
    table: &'static str,
    columns: Vec<SchemaColumn>,
    select: String,
    insert: String,
}

impl Columns {
    pub(super) fn of(tx: &mut Tx<'_>, table: &'static str) -> Result<Self, Fault> {
        let columns = tx.columns_of(table)?;
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let names = names.join(", ");
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("${place}")).collect();
        let order = order(tx, table, &columns);
        Ok(Self {
            table,
            select: format!("select {names} from {table} order by {order}"),
            insert: format!("insert into {table} ({names}) values ({})", places.join(", ")),
            columns,
        })
    }

    /// Hands over each row as a line, in the order of the primary key.
    pub(super) fn each(
        &self,
        tx: &mut Tx<'_>,
        take: &mut dyn FnMut(String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        tx.each(&self.select, &mut |row| {
            let cells = row.into_iter().zip(&self.columns).map(|(value, column)| cell(value, &column.kind));
            take(Json::Array(cells.collect()).to_string())
        })
    }

    /// Writes the row that a line says. `None` when the line says no row of this table.
    pub(super) fn insert(&self, tx: &mut Tx<'_>, line: &str) -> Result<Option<()>, Fault> {
        let Some(row) = self.row(line) else { return Ok(None) };
        tx.execute(&self.insert, row.clone())?;
        if self.table == "search_entries" && matches!(tx.connection, Connection::Sqlite(_)) {
            self.insert_words(tx, &row)?;
        }
        Ok(Some(()))
    }

    /// The row that a line says.
    pub(super) fn row(&self, line: &str) -> Option<Vec<Value<'static>>> {
        let Ok(Json::Array(cells)) = serde_json::from_str(line) else { return None };
        if cells.len() != self.columns.len() {
            return None;
        }
        cells.into_iter().zip(&self.columns).map(|(cell, column)| value(cell, column)).collect()
    }

    /// SQLite keeps the words of search a second time, in its full-text table.
    fn insert_words(&self, tx: &mut Tx<'_>, row: &[Value<'static>]) -> Result<(), Fault> {
        let named = |name: &str| {
            let at = self.columns.iter().position(|column| column.name == name);
            at.and_then(|at| row.get(at)).cloned().unwrap_or(Value::Null)
        };
        let insert = "insert into search_words (rowid, words) values ($1, $2)";
        tx.execute(insert, vec![named("entry"), named("words")]).map(drop)
    }
}

/// The primary key, compared byte by byte on both engines.
fn order(tx: &Tx<'_>, table: &str, columns: &[SchemaColumn]) -> String {
    let is_text = |name: &str| columns.iter().any(|column| column.name == name && column.kind == "text");
    let bytewise = |name: &&str| match tx.connection {
        Connection::Postgres(_) if is_text(name) => format!("{name} collate \"C\""),
        _ => (*name).to_owned(),
    };
    key(table).iter().map(bytewise).collect::<Vec<_>>().join(", ")
}

fn key(table: &str) -> &'static [&'static str] {
    match table {
        "installation" => &["key"],
        "sessions" | "invitations" => &["token_hash"],
        "customer_addresses" => &["client_id", "address"],
        "attachments" => &["message_id", "position"],
        "drafts" => &["case_id", "person_id", "kind"],
        "identities" | "smarthosts" | "mail_accounts" | "fetchings" => &["mailbox_id"],
        "signatures" => &["mailbox_id", "language"],
        "sending_counts" => &["scope", "began_at"],
        "sending_pauses" => &["server", "domain"],
        "reply_plans" | "absences" | "language_corrections" => &["message_id"],
        "risky_topics" => &["client_id", "topic"],
        "case_topics" => &["case_id", "topic"],
        "approved_templates" => &["client_id", "language", "name"],
        "native_checks" => &["case_id", "author_id"],
        "handlings" => &["message_id"],
        "signals" => &["message_id", "kind"],
        "understandings" => &["case_id"],
        "language_levels" => &["person_id", "language", "entered_at"],
        "misunderstandings" => &["message_id", "signal"],
        "translations" => &["message_id", "language"],
        "draft_translations" => &["case_id", "person_id"],
        "merges" | "case_sharings" => &["case_id"],
        "merged_messages" => &["case_id", "message_id"],
        "correspondence" => &["client_id"],
        "reply_copies" | "downloads" => &["message_id", "position"],
        "draft_files" => &["case_id", "person_id", "position"],
        "termbases" => &["client_id"],
        "term_forms" => &["term_id", "position"],
        "memories" => &["client_id", "source_language", "target_language"],
        "left_mails" => &["mailbox_id", "uid_validity", "uid"],
        "signing_keys" => &["domain", "selector"],
        "record_checks" => &["domain", "record"],
        "pending_consents" => &["state_hash"],
        "engine_permissions" => &["client_id", "engine_id"],
        "engine_uses" => &["client_id", "engine_id", "month"],
        "engagement_terms" => &["engagement_id", "version"],
        "holidays" => &["list", "held_on", "name"],
        "person_sites" => &["person_id"],
        "case_matters" => &["case_id"],
        "turns" => &["case_id", "position"],
        "clocks" => &["case_id", "metric", "started_at"],
        "call_addresses" => &["person_id", "way", "address"],
        "page_steps" => &["page_id", "position"],
        "presences" => &["person_id"],
        "capacities" => &["person_id", "channel"],
        "skills" => &["person_id", "skill"],
        "overflows" => &["engagement_id"],
        "approvals" => &["message_id"],
        "escalation_steps" => &["escalation_id", "position"],
        "outstanding_items" => &["kind", "subject_id"],
        "search_entries" => &["entry"],
        _ => &["id"],
    }
}

fn cell(value: Value<'_>, kind: &str) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Text(text) => Json::String(text.into_owned()),
        Value::Int(number) if kind == "boolean" => Json::Bool(number != 0),
        Value::Int(number) => json!(number),
        Value::Bool(truth) => Json::Bool(truth),
        // As text, because it is then read back to the last bit.
        Value::Double(number) => json!({ "double": number.to_string() }),
        Value::Blob(bytes) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

fn value(cell: Json, column: &SchemaColumn) -> Option<Value<'static>> {
    match (cell, column.kind.as_str()) {
        (Json::Null, _) if column.may_be_null => Some(Value::Null),
        (Json::String(text), "text") => Some(Value::Text(text.into())),
        (Json::Number(number), "bigint") => number.as_i64().map(Value::Int),
        (Json::Bool(truth), "boolean") => Some(Value::Bool(truth)),
        (Json::Object(cell), "double") => cell.get("double")?.as_str()?.parse().ok().map(Value::Double),
        (Json::Object(cell), "blob") => {
            let bytes = STANDARD.decode(cell.get("base64")?.as_str()?).ok()?;
            Some(Value::Blob(bytes.into()))
        }
        _ => None,
    }
}

/// The number of rows and the hash of a table as it stands.
pub(super) fn sum(tx: &mut Tx<'_>, table: &'static str) -> Result<TableSum, Fault> {
    let mut summing = Summing::default();
    Columns::of(tx, table)?.each(tx, &mut |line| {
        summing.add(&line);
        Ok(())
    })?;
    Ok(summing.sum(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: &str) -> SchemaColumn {
        SchemaColumn {
            table: "jobs".to_owned(),
            name: "x".to_owned(),
            kind: kind.to_owned(),
            may_be_null: true,
        }
    }

    #[test]
    fn values_survive_a_line() {
        let check = |kind: &str, value: Value<'static>, line: &str| {
            let cell = cell(value.clone(), kind);
            assert_eq!(cell.to_string(), line);
            assert_eq!(super::value(cell, &column(kind)), Some(value), "{line}");
        };
        check("text", Value::Text("a\n\"ł\u{fffd}".into()), "\"a\\n\\\"ł\u{fffd}\"");
        check("bigint", Value::Int(i64::MIN), "-9223372036854775808");
        check("boolean", Value::Bool(true), "true");
        check("double", Value::Double(0.1 + 0.2), "{\"double\":\"0.30000000000000004\"}");
        check("blob", Value::Blob(vec![0, 255].into()), "{\"base64\":\"AP8=\"}");
        check("blob", Value::Null, "null");
    }

    #[test]
    fn a_boolean_is_the_same_line_on_both_engines() {
        assert_eq!(cell(Value::Int(1), "boolean"), cell(Value::Bool(true), "boolean"));
    }

    #[test]
    fn a_line_of_another_kind_is_no_row() {
        let check = |cell: Json, kind: &str| assert_eq!(value(cell.clone(), &column(kind)), None, "{cell}");
        check(json!("1"), "bigint");
        check(json!(1.5), "bigint");
        check(json!({ "base64": "%" }), "blob");
        check(json!({ "base46": "AA==" }), "blob");
        let strict = SchemaColumn { may_be_null: false, ..column("text") };
        assert_eq!(value(Json::Null, &strict), None);
    }
}
