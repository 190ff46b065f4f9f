create table installation (
  key text primary key,
  value text not null
);
create table clients (
  id text primary key,
  name text not null,
  slug text not null unique,
  colour text not null,
  language text not null,
  zone text not null,
  created_at bigint not null
);
create table partners (
  id text primary key,
  name text not null unique,
  city text not null,
  country text not null,
  zone text not null,
  created_at bigint not null
);
create table teams (
  id text primary key,
  name text not null,
  client_id text references clients (id),
  partner_id text references partners (id),
  created_at bigint not null,
  check ((client_id is null) <> (partner_id is null))
);
create index teams_by_client on teams (client_id);
create index teams_by_partner on teams (partner_id);
create table persons (
  id text primary key,
  name text not null,
  email text not null unique,
  password_hash text,
  owns_installation boolean not null,
  languages text not null,
  uses_shortcuts boolean not null,
  created_at bigint not null,
  disabled_at bigint
);
create table seats (
  id text primary key,
  person_id text not null references persons (id),
  role text not null check (role in ('support_owner', 'resolver', 'team_lead', 'representative')),
  client_id text references clients (id),
  team_id text references teams (id),
  created_at bigint not null,
  check ((client_id is null) <> (team_id is null))
);
create unique index seats_at_client on seats (person_id, role, client_id) where client_id is not null;
create unique index seats_in_team on seats (person_id, role, team_id) where team_id is not null;
create index seats_by_client on seats (client_id);
create index seats_by_team on seats (team_id);
create table sessions (
  token_hash text primary key,
  person_id text not null references persons (id),
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  device text not null
);
create index sessions_by_person on sessions (person_id);
create table invitations (
  token_hash text primary key,
  person_id text not null references persons (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create table engagements (
  id text primary key,
  client_id text not null references clients (id),
  team_id text not null references teams (id),
  name text not null,
  zone text not null,
  from_on text not null,
  until_on text,
  ended_at bigint,
  created_at bigint not null
);
create index engagements_by_client on engagements (client_id);
create index engagements_by_team on engagements (team_id);
create table mailboxes (
  id text primary key,
  address text not null unique,
  display_name text not null,
  client_id text not null references clients (id),
  engagement_id text not null references engagements (id),
  created_at bigint not null
);
create index mailboxes_by_client on mailboxes (client_id);
create table customers (
  id text primary key,
  client_id text not null references clients (id),
  name text not null,
  language text not null,
  created_at bigint not null
);
create table customer_addresses (
  client_id text not null references clients (id),
  address text not null,
  customer_id text not null references customers (id),
  bounced_because text not null default '',
  unsubscribed_because text not null default '',
  primary key (client_id, address)
);
create index customer_addresses_by_customer on customer_addresses (customer_id);
create table raw_mails (
  id text primary key,
  received_at bigint not null,
  intake_key text not null unique,
  sender text not null,
  recipient text not null,
  peer text not null,
  trace text not null,
  size bigint not null,
  bytes blob,
  blob_hash text,
  state text not null check (state in ('received', 'read', 'parked', 'discarded')),
  because text not null
);
create index raw_mails_parked on raw_mails (received_at) where state = 'parked';
create table cases (
  id text primary key,
  client_id text not null references clients (id),
  engagement_id text not null references engagements (id),
  customer_id text not null references customers (id),
  mailbox_id text not null references mailboxes (id),
  reference text not null unique,
  subject text not null,
  subject_key text not null,
  state text not null check (state in ('new', 'open', 'waiting', 'closed')),
  is_open boolean not null,
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  language text not null,
  assignee_id text references persons (id),
  last_word text not null check (last_word in ('customer', 'us')),
  snippet text not null,
  message_count bigint not null,
  opened_at bigint not null,
  updated_at bigint not null,
  closed_at bigint,
  follows_id text,
  merged_into_id text,
  flooded_at bigint
);
create index cases_by_engagement on cases (engagement_id, is_open, updated_at, id);
create index cases_by_assignee on cases (assignee_id, engagement_id, is_open, updated_at, id);
create index cases_by_language on cases (engagement_id, is_open, language);
create index cases_counted on cases (engagement_id, is_open, assignee_id);
create index cases_by_customer on cases (customer_id, opened_at);
create index cases_by_follows on cases (follows_id) where follows_id is not null;
create index cases_by_merged_into on cases (merged_into_id) where merged_into_id is not null;
create table messages (
  id text primary key,
  case_id text not null references cases (id),
  client_id text not null references clients (id),
  kind text not null check (kind in ('customer', 'reply', 'note')),
  channel text not null,
  person_id text references persons (id),
  at bigint not null,
  sender_name text not null,
  sender_address text not null,
  recipients text not null,
  subject text not null,
  new_text text not null,
  quoted_text text not null,
  signature text not null,
  html_hash text,
  language text not null,
  spans text not null,
  email_id text,
  answers_email_id text,
  references_list text not null,
  raw_mail_id text references raw_mails (id),
  automatic text,
  because text not null,
  problems text not null,
  delivery text not null check (delivery in ('none', 'waiting', 'held', 'sending', 'sent', 'delivered', 'retrying', 'failed')),
  delivery_note text not null,
  send_at bigint,
  sent_at bigint,
  writer_id text references customers (id),
  trust text not null default 'not_checked' check (trust in ('not_checked', 'proven', 'unproven', 'failed')),
  trust_domain text not null default '',
  trust_because text not null default '[]',
  trust_marks text not null default '[]',
  reply_to text not null default '',
  answers_to text not null default 'to_sender' check (answers_to in ('to_sender', 'to_reply_to')),
  answers_chosen text check (answers_chosen in ('to_sender', 'to_reply_to'))
);
create index messages_by_case on messages (case_id, at);
create index messages_by_email_id on messages (client_id, email_id) where email_id is not null;
create index messages_on_their_way on messages (at, id) where delivery in ('waiting', 'held', 'sending', 'retrying');
create index messages_replied on messages (client_id, at) where kind = 'reply';
create index messages_by_writer on messages (writer_id, at) where writer_id is not null;
create unique index messages_by_raw_mail on messages (raw_mail_id) where raw_mail_id is not null;
create table attachments (
  message_id text not null references messages (id),
  position bigint not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  blob_hash text not null,
  is_inline boolean not null,
  content_id text,
  primary key (message_id, position)
);
create table drafts (
  case_id text not null references cases (id),
  person_id text not null references persons (id),
  kind text not null check (kind in ('reply', 'note')),
  text text not null,
  updated_at bigint not null,
  primary key (case_id, person_id, kind)
);
create table events (
  id text primary key,
  at bigint not null,
  kind text not null,
  client_id text,
  engagement_id text,
  case_id text,
  person_id text,
  sentence text not null
);
create index events_by_case on events (case_id, at) where case_id is not null;
create index events_by_client on events (client_id, at);
create table postbox (
  id text primary key,
  at bigint not null,
  direction text not null check (direction in ('to_customer', 'from_customer')),
  customer_address text not null,
  mailbox_address text not null,
  subject text not null,
  blob_hash text not null
);
create index postbox_by_time on postbox (at, id);
create table jobs (
  id text primary key,
  kind text not null,
  subject text not null,
  state text not null check (state in ('ready', 'running', 'stuck')),
  run_at bigint not null,
  attempts bigint not null,
  leased_until bigint,
  because text not null,
  created_at bigint not null
);
create index jobs_by_run on jobs (kind, state, run_at);
create index jobs_by_subject on jobs (kind, subject);
create table identities (
  mailbox_id text primary key references mailboxes (id),
  sender_name text not null check (sender_name in ('person_and_company', 'first_name', 'company')),
  letters_a_day bigint not null check (letters_a_day > 0)
);
create table signatures (
  mailbox_id text not null references mailboxes (id),
  language text not null,
  markdown text not null,
  primary key (mailbox_id, language)
);
create table smarthosts (
  mailbox_id text primary key references mailboxes (id),
  host text not null,
  port bigint not null,
  security text not null check (security in ('starttls', 'tls', 'plain')),
  user_name text not null,
  sealed_password text not null
);
create table sending_counts (
  scope text not null,
  began_at bigint not null,
  letters bigint not null,
  primary key (scope, began_at)
);
create table sending_pauses (
  server text not null,
  domain text not null,
  until_at bigint not null,
  times bigint not null,
  because text not null,
  primary key (server, domain)
);
create table delivery_steps (
  id text primary key,
  message_id text not null references messages (id),
  at bigint not null,
  kind text not null check (kind in ('accepted', 'left_out', 'delayed', 'refused', 'late', 'returned', 'relayed', 'delivered', 'read')),
  recipient text not null,
  sentence text not null,
  words text not null
);
create index delivery_steps_by_message on delivery_steps (message_id, at);
create table reply_plans (
  message_id text primary key references messages (id),
  scheduled_at bigint not null,
  when_answered text not null check (when_answered in ('hold', 'send'))
);
create table reply_copies (
  message_id text not null references messages (id),
  position bigint not null,
  address text not null,
  name text not null,
  primary key (message_id, position)
);
create table draft_files (
  case_id text not null references cases (id),
  person_id text not null references persons (id),
  position bigint not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  blob_hash text not null,
  primary key (case_id, person_id, position)
);
create table downloads (
  message_id text not null references messages (id),
  position bigint not null,
  until_at bigint not null,
  revoked_at bigint,
  fetched bigint not null,
  primary key (message_id, position)
);
create table mail_accounts (
  mailbox_id text primary key references mailboxes (id),
  host text not null,
  port bigint not null,
  security text not null check (security in ('plain', 'starttls', 'tls')),
  user_name text not null,
  sign_in text not null check (sign_in in ('password', 'google', 'microsoft')),
  sealed_secret text not null,
  folder text not null,
  first_fetch text not null check (first_fetch in ('from_now', 'everything')),
  after_intake text not null check (after_intake in ('leave', 'mark_read', 'move', 'delete')),
  move_to text not null,
  is_on boolean not null,
  edition bigint not null
);
create table fetchings (
  mailbox_id text primary key references mail_accounts (mailbox_id),
  began_at bigint not null,
  uid_validity bigint,
  last_uid bigint not null,
  compared_until bigint not null,
  set_out_at bigint,
  standing text not null check (standing in ('new', 'waiting', 'fetching', 'failed')),
  sentence text not null,
  done bigint not null,
  total bigint not null,
  tries bigint not null,
  stumbled_uid bigint not null,
  stumbles bigint not null,
  next_try_at bigint,
  taken bigint not null,
  last_taken_at bigint,
  leased_by text not null,
  leased_until bigint not null
);
create table left_mails (
  mailbox_id text not null references mail_accounts (mailbox_id),
  uid_validity bigint not null,
  uid bigint not null,
  because text not null,
  is_wanted boolean not null,
  at bigint not null,
  primary key (mailbox_id, uid_validity, uid)
);
create table merges (
  case_id text primary key references cases (id),
  state text not null check (state in ('new', 'open', 'waiting', 'closed')),
  last_word text not null check (last_word in ('customer', 'us')),
  closed_at bigint
);
create table merged_messages (
  case_id text not null references cases (id),
  message_id text not null references messages (id),
  primary key (case_id, message_id)
);
create index merged_messages_by_message on merged_messages (message_id);
create table correspondence (
  client_id text primary key references clients (id),
  sharing text not null check (sharing in ('own', 'whole')),
  reopens_for_days bigint not null check (reopens_for_days >= 0),
  same_subject_for_days bigint not null check (same_subject_for_days >= 0)
);
create table case_sharings (
  case_id text primary key references cases (id),
  sharing text not null check (sharing in ('own', 'whole'))
);
create table absences (
  message_id text primary key references messages (id),
  day_on text,
  is_back_then boolean not null,
  substitute text not null,
  words text not null
);
create table translations (
  message_id text not null references messages (id),
  language text not null,
  is_original boolean not null,
  engine text not null,
  text text not null,
  segments text not null,
  because text not null,
  asked_at bigint not null,
  done_at bigint,
  primary key (message_id, language)
);
create table draft_translations (
  case_id text not null references cases (id),
  person_id text not null references persons (id),
  own text not null,
  own_language text not null,
  text text not null,
  language text not null,
  engine text not null,
  back text not null,
  at bigint not null,
  primary key (case_id, person_id)
);
create table misunderstandings (
  message_id text not null references messages (id),
  signal text not null check (signal in ('pressed', 'second_reader')),
  person_id text references persons (id),
  at bigint not null,
  explained_at bigint,
  primary key (message_id, signal)
);
create table signing_keys (
  domain text not null,
  selector text not null,
  method text not null check (method in ('rsa', 'ed25519')),
  public_key text not null,
  sealed_private_key text not null,
  standing text not null check (standing in ('prepared', 'signing', 'retired')),
  since_at bigint not null,
  made_at bigint not null,
  primary key (domain, selector)
);
create unique index signing_keys_in_use on signing_keys (domain, method) where standing = 'signing';
create table record_checks (
  domain text not null,
  record text not null,
  verdict text not null check (verdict in ('right', 'missing', 'different', 'unknown')),
  because text not null,
  found text not null,
  checked_at bigint not null,
  primary key (domain, record)
);
create table pending_consents (
  state_hash text primary key,
  mailbox_id text not null references mail_accounts (mailbox_id),
  session text not null,
  sealed_verifier text not null,
  begun_at bigint not null
);
create table language_levels (
  person_id text not null references persons (id),
  language text not null,
  entered_at bigint not null,
  reading text not null,
  writing text not null,
  speaking text not null,
  evidence text not null check (evidence in ('test', 'certificate', 'native', 'lead', 'own_word')),
  dated_on text not null,
  until_on text,
  entered_by text references persons (id),
  primary key (person_id, language, entered_at)
);
create table language_corrections (
  message_id text primary key references messages (id),
  said text not null,
  corrected text not null,
  person_id text not null references persons (id),
  at bigint not null
);
create table risky_topics (
  client_id text not null references clients (id),
  topic text not null check (topic in ('money', 'safety', 'legal', 'cancellation')),
  primary key (client_id, topic)
);
create table case_topics (
  case_id text not null references cases (id),
  topic text not null check (topic in ('money', 'safety', 'legal', 'cancellation')),
  message_id text references messages (id),
  words text not null,
  person_id text references persons (id),
  at bigint not null,
  primary key (case_id, topic)
);
create table approved_templates (
  client_id text not null references clients (id),
  language text not null,
  name text not null,
  text text not null,
  approved_by text not null references persons (id),
  approved_at bigint not null,
  primary key (client_id, language, name)
);
create table native_checks (
  case_id text not null references cases (id),
  author_id text not null references persons (id),
  own text not null,
  own_language text not null,
  text text not null,
  language text not null,
  state text not null check (state in ('asked', 'same', 'returned')),
  reader_id text references persons (id),
  words text not null,
  asked_at bigint not null,
  decided_at bigint,
  primary key (case_id, author_id)
);
create index native_checks_asked on native_checks (asked_at) where state = 'asked';
create table handlings (
  message_id text primary key references messages (id),
  handling text not null check (handling in ('native', 'bilingual', 'own_level', 'machine', 'other_language')),
  own_language text not null,
  customer_language text not null
);
create table signals (
  message_id text not null references messages (id),
  kind text not null,
  case_id text not null references cases (id),
  side text not null check (side in ('customer', 'us')),
  confidence double not null,
  because text not null,
  words text not null,
  at bigint not null,
  dismissed_by text references persons (id),
  dismissed_at bigint,
  primary key (message_id, kind)
);
create index signals_by_case on signals (case_id);
create table understandings (
  case_id text primary key references cases (id),
  engagement_id text not null references engagements (id),
  customer_language text not null,
  own_language text not null,
  handling text not null check (handling in ('native', 'bilingual', 'own_level', 'machine', 'other_language')),
  topic text not null check (topic in ('money', 'safety', 'legal', 'cancellation', 'other')),
  answered_at bigint not null,
  is_misunderstood boolean not null,
  is_unresolved boolean not null,
  is_repeated boolean not null,
  asks_for_person boolean not null,
  clarifications bigint not null
);
create index understandings_by_engagement on understandings (engagement_id, answered_at);
create index understandings_counted on understandings (engagement_id, customer_language, own_language, handling, topic, answered_at,
  is_misunderstood, is_unresolved, is_repeated, asks_for_person, clarifications);
create index cases_by_update on cases (updated_at);
create table termbases (
  client_id text primary key references clients (id),
  revision bigint not null
);
create table terms (
  id text primary key,
  client_id text not null references clients (id),
  name text not null,
  kind text not null check (kind in ('translate', 'keep')),
  sense text not null,
  note text not null,
  subject text not null,
  label text not null,
  words text not null,
  changed_at bigint not null
);
create unique index terms_by_name on terms (client_id, name);
create index terms_by_label on terms (client_id, label, id);
create table term_forms (
  term_id text not null references terms (id),
  position bigint not null,
  language text not null,
  text text not null,
  part_of_speech text,
  status text not null check (status in ('preferred', 'allowed', 'forbidden')),
  note text not null,
  primary key (term_id, position)
);
create table memories (
  client_id text not null references clients (id),
  source_language text not null,
  target_language text not null,
  entries bigint not null,
  primary key (client_id, source_language, target_language)
);
create table remembered (
  id text primary key,
  client_id text not null references clients (id),
  source_language text not null,
  target_language text not null,
  exact_key text not null,
  near_key text not null,
  source text not null,
  target text not null,
  words text not null,
  message_id text references messages (id),
  approved_by text not null,
  approved_at bigint not null,
  was_read boolean not null
);
create unique index remembered_once on remembered (client_id, source_language, target_language, exact_key);
create index remembered_alike on remembered (client_id, source_language, target_language, near_key, approved_at);
create index remembered_by_client on remembered (client_id, approved_at, id);
create table engines (
  id text primary key,
  name text not null,
  kind text not null check (kind in ('libretranslate', 'deepl', 'openai')),
  address text not null,
  sealed_key text not null,
  model text not null,
  country text not null,
  within_seconds bigint not null,
  monthly_characters bigint not null,
  is_enabled boolean not null,
  languages text not null,
  trouble text not null,
  troubled_at bigint,
  rests_until bigint,
  tested_at bigint,
  made_at bigint not null,
  removed_at bigint
);
create table engine_permissions (
  client_id text not null references clients (id),
  engine_id text not null references engines (id),
  preference text not null check (preference in ('first', 'after_local')),
  form_of_address text not null check (form_of_address in ('unsaid', 'formal', 'informal')),
  monthly_characters bigint not null,
  host text not null,
  country text not null,
  allowed_by text not null references persons (id),
  allowed_at bigint not null,
  primary key (client_id, engine_id)
);
create table engine_uses (
  client_id text not null references clients (id),
  engine_id text not null references engines (id),
  month text not null,
  characters bigint not null,
  calls bigint not null,
  failures bigint not null,
  primary key (client_id, engine_id, month)
);
