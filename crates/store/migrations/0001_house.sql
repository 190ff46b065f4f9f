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
create table engagement_terms (
  engagement_id text not null references engagements (id),
  version bigint not null,
  from_on text not null,
  state text not null check (state in ('proposed', 'agreed', 'withdrawn')),
  terms text not null,
  why text not null,
  proposed_by text references persons (id),
  proposed_at bigint not null,
  client_agreed_by text references persons (id),
  client_agreed_at bigint,
  partner_agreed_by text references persons (id),
  partner_agreed_at bigint,
  withdrawn_by text references persons (id),
  withdrawn_at bigint,
  primary key (engagement_id, version)
);
create table holidays (
  list text not null,
  held_on text not null,
  name text not null,
  primary key (list, held_on, name)
);
create table vendors (
  id text primary key,
  client_id text not null references clients (id),
  name text not null,
  address text not null,
  language text not null,
  country text not null,
  made_at bigint not null,
  removed_at bigint
);
create index vendors_by_client on vendors (client_id);
create table person_sites (
  person_id text primary key references persons (id),
  country text not null,
  city text not null,
  zone text not null,
  set_by text references persons (id),
  set_at bigint not null
);
create table case_matters (
  case_id text primary key references cases (id),
  intent text not null,
  product text not null,
  country text not null,
  tier text not null check (tier in ('L0', 'L1', 'L2', 'L3')),
  set_by text references persons (id),
  set_at bigint not null
);
create table turns (
  case_id text not null references cases (id),
  position bigint not null,
  from_at bigint not null,
  party text not null check (party in ('customer', 'representative', 'client_resolver', 'vendor')),
  code text not null,
  sentence text not null,
  primary key (case_id, position)
);
create table clocks (
  case_id text not null references cases (id),
  metric text not null check (metric in ('first_reply', 'next_reply', 'resolution', 'explanation', 'place')),
  started_at bigint not null,
  engagement_id text not null references engagements (id),
  terms_version bigint,
  clause text not null,
  allowed_seconds bigint not null,
  counted text not null check (counted in ('service', 'elapsed')),
  paused_for text not null,
  done_at bigint,
  standing text not null check (standing in ('running', 'paused', 'met', 'missed', 'over')),
  due_at bigint,
  read_at bigint not null,
  primary key (case_id, metric, started_at)
);
create index clocks_due on clocks (due_at) where done_at is null and due_at is not null;
create index clocks_by_engagement on clocks (engagement_id, done_at);
create table shifts (
  id text primary key,
  person_id text not null references persons (id),
  from_at bigint not null,
  until_at bigint not null,
  breaks text not null,
  source text not null check (source in ('csv', 'icalendar', 'drawn', 'plan')),
  entered_by text references persons (id),
  entered_at bigint not null
);
create index shifts_by_person on shifts (person_id, from_at);
create index shifts_by_end on shifts (until_at);
create table leaves (
  id text primary key,
  person_id text not null references persons (id),
  from_at bigint not null,
  until_at bigint not null,
  kind text not null check (kind in ('ill', 'holiday', 'training', 'other')),
  entered_by text references persons (id),
  entered_at bigint not null
);
create index leaves_by_person on leaves (person_id, from_at);
create table on_call_duties (
  id text primary key,
  engagement_id text not null references engagements (id),
  level bigint not null,
  person_id text not null references persons (id),
  from_at bigint not null,
  until_at bigint not null,
  entered_by text references persons (id),
  entered_at bigint not null
);
create index on_call_duties_by_engagement on on_call_duties (engagement_id, from_at);
create table call_addresses (
  person_id text not null references persons (id),
  way text not null check (way in ('mail', 'webhook', 'push')),
  address text not null,
  sealed_secret text not null,
  made_at bigint not null,
  trouble text not null,
  primary key (person_id, way, address)
);
create table pages (
  id text primary key,
  case_id text not null references cases (id),
  engagement_id text not null references engagements (id),
  because text not null,
  begun_by text references persons (id),
  begun_at bigint not null,
  levels text not null,
  next_at bigint
);
create index pages_by_case on pages (case_id);
create index pages_going_on on pages (next_at) where next_at is not null;
create table page_steps (
  page_id text not null references pages (id),
  position bigint not null,
  kind text not null check (kind in ('called', 'acknowledged', 'unanswered')),
  level bigint,
  person_id text references persons (id),
  at bigint not null,
  primary key (page_id, position)
);
create table presences (
  person_id text primary key references persons (id),
  state text not null check (state in ('available', 'busy', 'away')),
  since_at bigint not null
);
create table capacities (
  person_id text not null references persons (id),
  channel text not null,
  most bigint not null,
  primary key (person_id, channel)
);
create table hand_overs (
  id text primary key,
  case_id text not null references cases (id),
  seam text not null check (seam in ('shift_end', 'take_over', 'hand_back', 'by_hand')),
  giver_id text references persons (id),
  taker_id text references persons (id),
  lead_id text references persons (id),
  from_engagement_id text not null references engagements (id),
  to_engagement_id text not null references engagements (id),
  note text not null,
  warmth text not null check (warmth in ('warm', 'cold')),
  because text not null,
  offered_at bigint not null,
  late_at bigint,
  led_at bigint,
  talk text check (talk in ('talked', 'not_reached')),
  accepted_by text references persons (id),
  accepted_at bigint,
  ended_at bigint
);
create index hand_overs_by_case on hand_overs (case_id, offered_at);
create index hand_overs_open on hand_overs (to_engagement_id, offered_at) where accepted_at is null and ended_at is null;
create index hand_overs_given on hand_overs (giver_id, offered_at);
create table skills (
  person_id text not null references persons (id),
  skill text not null,
  entered_by text references persons (id),
  entered_at bigint not null,
  until_on text,
  primary key (person_id, skill)
);
create table permits (
  id text primary key,
  person_id text not null references persons (id),
  client_id text not null references clients (id),
  intent text not null,
  stage text not null check (stage in ('every_reply', 'sample', 'free')),
  evidence text not null,
  granted_by text references persons (id),
  granted_at bigint not null,
  until_on text,
  ended_at bigint,
  ended_by text references persons (id),
  ended_because text not null
);
create index permits_by_person on permits (person_id, client_id);
create index permits_by_client on permits (client_id);
create table routings (
  id text primary key,
  case_id text not null references cases (id),
  at bigint not null,
  engagement_id text not null references engagements (id),
  person_id text references persons (id),
  way text not null,
  how text not null check (how in ('push', 'pull', 'again', 'hand')),
  reasons text not null
);
create index routings_by_case on routings (case_id, at);
create index routings_by_person on routings (person_id, at);
create table overflows (
  engagement_id text primary key references engagements (id),
  is_on boolean not null,
  since_at bigint not null,
  day_on text not null,
  sent_today bigint not null,
  capped_at bigint
);
create table approvals (
  message_id text primary key,
  case_id text not null references cases (id),
  author_id text not null references persons (id),
  because text not null,
  closes boolean not null,
  state text not null check (state in ('asked', 'approved', 'edited', 'returned')),
  asked_at bigint not null,
  decided_by text references persons (id),
  decided_at bigint,
  advice text not null
);
create index approvals_asked on approvals (asked_at) where state = 'asked';
create index approvals_by_case on approvals (case_id, author_id, asked_at);
create table escalations (
  id text primary key,
  case_id text not null references cases (id),
  party text not null check (party in ('client_resolver', 'vendor')),
  person_id text references persons (id),
  vendor_id text references vendors (id),
  address text not null,
  kind text not null check (kind in ('hardware', 'software', 'other')),
  state text not null check (state in ('open', 'needs_information', 'accepted', 'rejected', 'answered', 'closed')),
  asked text not null,
  tried text not null,
  shared text not null,
  form text not null,
  answer text not null,
  needed_at bigint,
  opened_by text references persons (id),
  opened_at bigint not null,
  closed_at bigint,
  bounces bigint not null,
  token_hash text unique,
  token_until bigint,
  overdue_at bigint
);
create index escalations_by_case on escalations (case_id);
create index escalations_open on escalations (person_id) where closed_at is null;
create table escalation_steps (
  escalation_id text not null references escalations (id),
  position bigint not null,
  at bigint not null,
  act text not null,
  state text not null,
  person_id text references persons (id),
  name text not null,
  words text not null,
  message_id text references messages (id),
  primary key (escalation_id, position)
);
create index escalation_steps_by_message on escalation_steps (message_id) where message_id is not null;
create table outstanding_items (
  kind text not null check (kind in ('case', 'escalation', 'place_request')),
  subject_id text not null,
  case_id text not null references cases (id),
  party text not null check (party in ('customer', 'representative', 'client_resolver', 'vendor')),
  owner_id text references persons (id),
  owner text not null,
  next_at bigint not null,
  what text not null,
  is_chosen boolean not null,
  primary key (kind, subject_id)
);
create index outstanding_items_by_case on outstanding_items (case_id);
create index outstanding_items_by_next on outstanding_items (next_at);
create table place_requests (
  id text primary key,
  case_id text not null references cases (id),
  country text not null,
  how text not null check (how in ('button', 'words', 'hand')),
  words text not null,
  asked_at bigint not null,
  state text not null check (state in ('asked', 'honoured', 'declined')),
  person_id text references persons (id),
  decided_at bigint,
  because text not null
);
create index place_requests_by_case on place_requests (case_id);
create index place_requests_asked on place_requests (asked_at) where state = 'asked';
