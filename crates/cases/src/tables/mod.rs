//! The tables of cases, messages, drafts and raw mails.

mod approvals;
mod cases;
mod conversing;
mod corrections;
mod drafts;
mod escalations;
mod holding;
mod kinship;
mod leaving;
mod lists;
mod matters;
mod messages;
mod outstanding;
mod paces;
mod place_requests;
mod plans;
mod raw_mails;
mod sending;
mod topics;
mod translations;
mod understandings;

pub use approvals::{
    approval, approvals_asked, ask_approval, decide_approval, note_answer, returned, rewrite, unapproved,
};
pub use cases::{
    Moved, add_case, all_of_customer, assign, case, case_by_reference, find, find_unmerged,
    found_by_email_id, found_by_message, hand_to, live_in, note_message, note_withdrawal, of_customer,
    open_count, open_in, open_of_customer, open_of_forgers, set_language, set_priority, set_state,
    through_mailbox, unanswered_since,
};
pub use conversing::{
    absences, add_absence, add_misunderstanding, correspondence, explain, explain_replies, misunderstandings,
    set_correspondence, set_sharing, sharing_of,
};
pub use corrections::{
    corrections, earlier_languages, is_newest_of, keep_correction, set_message_language, thread_languages,
};
pub use drafts::{draft, drafts, drop_draft, move_drafts, save_draft};
pub use escalations::{
    add_escalation, add_escalation_step, change_escalation, escalation, escalation_linked, escalation_steps,
    escalation_told_by, escalations_held, escalations_of, link, note_overdue, open_at_vendor,
    open_escalations, step_told_by, was_escalated_to,
};
pub use holding::{counts_held, give, held_by, held_in, waiting_for_somebody};
pub use kinship::{
    Before, before_merge, followers, merged_in, move_back, move_index, move_messages, note_grown, note_merge,
    note_parting, survivor, writers,
};
pub use leaving::{Leaving, leaving};
pub use lists::{Counted, count, languages, list, list_before, list_due, rows};
pub use matters::{Came, came, matter, matters, set_matter};
pub use messages::{
    add_attachment, add_message, answers_chosen, attachment, attachments, attachments_of, choose_answers,
    claim_for_sending, deliver, hold, message, message_in, messages, messages_before, newest_by, received_as,
    withdraw,
};
pub use outstanding::{
    Narrowing, OutstandingRow, drop_outstanding, keep_outstanding, outstanding, outstanding_of,
    own_outstanding, planned_at,
};
pub use paces::{
    automatic_since, forged_since, note_flood, note_quiet_message, same_words_since, written_since,
};
pub use place_requests::{
    Placed, add_place_request, decide_place_request, place_requests, place_requests_since, place_wishes,
    set_place_country,
};
pub use plans::{
    add_copies, add_download, back_beside_draft, copies, copies_of, downloads, downloads_of, draft_files,
    drop_draft_files, held_when_answered, note_fetched, plan, plans, revoke, set_draft_files, set_plan,
};
pub use raw_mails::{
    add_raw_mail, discard, in_no_case, is_released, keep_in_blob, mark_read, park, parked, parked_count,
    raw_mail, raw_mail_standing, raw_mail_state, release,
};
pub use sending::{add_step, count_one, counted, end_pause, paused, pauses, set_pause, steps, steps_in};
pub use topics::{
    add_template, add_topic, approved_templates, ask_native_check, choose_topics, decide_native_check,
    drop_template, drop_topic, native_check, native_checks, native_checks_asked, risky_topics, topics,
};
pub use translations::{
    approved_words, ask_translation, draft_translation, drop_draft_translation, drop_translations,
    is_translated, keep_draft_translation, keep_translation, original_of, translations,
};
pub use understandings::{
    Counts, Grouping, changed_between, counted_understandings, dismiss_signal, handlings, keep_handling,
    keep_signals, keep_understanding, misunderstood_cases, signals,
};
