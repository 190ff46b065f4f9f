create table search_entries (
  entry integer primary key autoincrement,
  case_id text not null references cases (id),
  message_id text not null unique references messages (id),
  engagement_id text not null,
  words text not null
);
create index search_entries_by_case on search_entries (case_id);
create virtual table search_words using fts5 (
  words, content = 'search_entries', content_rowid = 'entry', detail = 'none',
  tokenize = "ascii tokenchars '_'"
);
