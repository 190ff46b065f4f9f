//! The schema as it stands in the database: which tables, which columns.

use crate::{Column, Tx, Value, tx::Connection};
use kernel::Fault;

/// Every table that holds something of the installation's, each after those it refers to.
pub const TABLES: &[&str] = &[
    "installation",
    "clients",
    "partners",
    "teams",
    "persons",
    "language_levels",
    "seats",
    "sessions",
    "invitations",
    "engagements",
    "mailboxes",
    "customers",
    "customer_addresses",
    "raw_mails",
    "cases",
    "messages",
    "attachments",
    "drafts",
    "events",
    "postbox",
    "jobs",
    "identities",
    "signatures",
    "smarthosts",
    "sending_counts",
    "sending_pauses",
    "delivery_steps",
    "reply_plans",
    "reply_copies",
    "draft_files",
    "downloads",
    "mail_accounts",
    "fetchings",
    "left_mails",
    "pending_consents",
    "merges",
    "merged_messages",
    "correspondence",
    "case_sharings",
    "absences",
    "translations",
    "draft_translations",
    "misunderstandings",
    "language_corrections",
    "risky_topics",
    "case_topics",
    "approved_templates",
    "native_checks",
    "handlings",
    "signals",
    "understandings",
    "termbases",
    "terms",
    "term_forms",
    "memories",
    "remembered",
    "signing_keys",
    "record_checks",
    "engines",
    "engine_permissions",
    "engine_uses",
    "engagement_terms",
    "holidays",
    "vendors",
    "person_sites",
    "case_matters",
    "turns",
    "clocks",
    "shifts",
    "leaves",
    "on_call_duties",
    "call_addresses",
    "pages",
    "page_steps",
    "presences",
    "capacities",
    "hand_overs",
    "skills",
    "permits",
    "routings",
    "overflows",
    "approvals",
    "escalations",
    "escalation_steps",
    "outstanding_items",
    "place_requests",
    "search_entries",
];

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaColumn {
    /// The table.
    pub table: String,
    /// The column.
    pub name: String,
    /// Its kind: text, bigint, boolean, double, blob.
    pub kind: String,
    /// It may be without a value.
    pub may_be_null: bool,
}

impl Tx<'_> {
    /// The columns of every table in [`TABLES`], in the order of the tables and then of the names, as the engine reports them.
    ///
    /// # Errors
    /// A fault when the engine refuses to tell.
    pub fn schema(&mut self) -> Result<Vec<SchemaColumn>, Fault> {
        let mut columns = Vec::new();
        for table in TABLES {
            columns.extend(self.columns_of(table)?);
        }
        Ok(columns)
    }

    /// The names of the indexes that were made by name, each behind its table, in the order of the tables and then of the names.
    ///
    /// # Errors
    /// A fault when the engine refuses to tell.
    pub fn indexes(&mut self) -> Result<Vec<String>, Fault> {
        let text = match self.connection {
            Connection::Sqlite(_) => {
                "select name from sqlite_master where type = 'index' and tbl_name = $1 and sql is not null order by name"
            }
            Connection::Postgres(_) => {
                "select indexname::text from pg_indexes where schemaname = current_schema() and tablename = $1
                   and indexname not like '%\\_key' and indexname not like '%\\_pkey' and indexname <> 'search_words'
                 order by indexname collate \"C\""
            }
        };
        let mut indexes = Vec::new();
        for table in TABLES {
            let rows = self.ask(text, vec![Value::Text((*table).into())])?;
            let names = rows.into_iter().flatten().filter_map(String::from_value);
            indexes.extend(names.map(|name| format!("{table} {name}")));
        }
        Ok(indexes)
    }

    /// The table is there.
    pub(crate) fn has_table(&mut self, table: &str) -> Result<bool, Fault> {
        let text = match self.connection {
            Connection::Sqlite(_) => "select name from sqlite_master where type = 'table' and name = $1",
            Connection::Postgres(_) => {
                "select table_name::text from information_schema.tables
                 where table_schema = current_schema() and table_name = $1"
            }
        };
        Ok(!self.ask(text, vec![Value::Text(table.into())])?.is_empty())
    }

    /// The columns of a table, in the order of their names.
    pub(crate) fn columns_of(&mut self, table: &str) -> Result<Vec<SchemaColumn>, Fault> {
        // Primary keys of SQLite don't say `not null` although they are.
        let text = match self.connection {
            Connection::Sqlite(_) => {
                "select name, lower(type), case when \"notnull\" = 1 or pk > 0 then 0 else 1 end
                 from pragma_table_info($1)"
            }
            Connection::Postgres(_) => {
                "select column_name::text, data_type::text, case when is_nullable = 'NO' then 0 else 1 end
                 from information_schema.columns
                 where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'"
            }
        };
        let rows = self.ask(text, vec![Value::Text(table.into())])?;
        let mut columns: Vec<SchemaColumn> = rows.into_iter().filter_map(|row| column(table, row)).collect();
        columns.sort();
        Ok(columns)
    }
}

fn column(table: &str, row: Vec<Value<'static>>) -> Option<SchemaColumn> {
    let mut row = row.into_iter();
    let name = String::from_value(row.next()?)?;
    let kind = match String::from_value(row.next()?)?.as_str() {
        "integer" => "bigint".to_owned(),
        "bytea" => "blob".to_owned(),
        "double precision" => "double".to_owned(),
        kind => kind.to_owned(),
    };
    Some(SchemaColumn {
        table: table.to_owned(),
        name,
        kind,
        may_be_null: i64::from_value(row.next()?)? != 0,
    })
}
