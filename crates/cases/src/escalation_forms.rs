//! Rule: the forms that go with an escalation: which fields there are, who fills them in, and what is wrong with what was typed.

use crate::escalation::FormKind;
use jiff::civil::Date;
use kernel::EmailAddress;
use serde::{Deserialize, Serialize};

/// The longest that a field of one line may be, in characters.
const LONGEST_LINE: usize = 200;
/// The longest that a field of several lines may be, in characters.
const LONGEST_TEXT: usize = 20_000;

/// The fields that were filled in, by their keys, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Form(Vec<(String, String)>);

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the store and in forms.
    pub key: &'static str,
    /// What stands above it.
    pub label: &'static str,
    /// What stands below it; may be empty.
    pub hint: &'static str,
    /// Who fills it in.
    pub by: FilledBy,
    /// What may stand in it.
    pub holds: Holds,
    /// Whether it may stay empty.
    pub needed: Needed,
}

/// Who fills a field in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilledBy {
    /// Those who hand it over; whoever has it reads it.
    Givers,
    /// Whoever has it; those who handed it over read it, and can fill it in from a mail.
    Holder,
    /// Those who hand it over; it stays with them.
    Us,
}

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A line.
    Line,
    /// Several lines.
    Text,
    /// A day, as `2026-11-23`.
    Day,
    /// One of these: word in the store and word on a page.
    OneOf(&'static [(&'static str, &'static str)]),
    /// E-mail addresses with commas between.
    Addresses,
}

/// Whether a field may stay empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// It is filled in when the escalation is handed over.
    AtOnce,
    /// It may stay empty.
    Perhaps,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub key: &'static str,
    /// What is wrong, in a sentence that names the field.
    pub sentence: String,
}

const ENTITLEMENTS: &[(&str, &str)] = &[
    ("warranty", "Warranty"),
    ("contract", "Service contract"),
    ("goodwill", "Goodwill"),
    ("none", "None: it has to be paid"),
    ("unknown", "Not known yet"),
];
const REMEDIES: &[(&str, &str)] = &[("repair", "Repair"), ("swap", "Exchange")];
const YES_NO: &[(&str, &str)] = &[("yes", "Yes"), ("no", "No")];

const fn field(
    key: &'static str,
    label: &'static str,
    hint: &'static str,
    by: FilledBy,
    holds: Holds,
    needed: Needed,
) -> Field {
    Field { key, label, hint, by, holds, needed }
}

use FilledBy::{Givers, Holder, Us};
use Holds::{Addresses, Day, Line, OneOf, Text};
use Needed::{AtOnce, Perhaps};

static HARDWARE: [Field; 15] = [
    field("serial_number", "Serial number", "", Givers, Line, AtOnce),
    field("entitlement", "Entitlement", "", Givers, OneOf(ENTITLEMENTS), AtOnce),
    field("fault_code", "Fault code", "As the device shows it.", Givers, Line, Perhaps),
    field("rma_number", "RMA number", "", Holder, Line, Perhaps),
    field("remedy", "Repair or exchange", "", Holder, OneOf(REMEDIES), Perhaps),
    field("out_carrier", "Sent out with", "The carrier.", Givers, Line, Perhaps),
    field("out_number", "Tracking number out", "", Givers, Line, Perhaps),
    field("out_day", "Sent out on", "", Givers, Day, Perhaps),
    field("back_carrier", "Sent back with", "The carrier.", Holder, Line, Perhaps),
    field("back_number", "Tracking number back", "", Holder, Line, Perhaps),
    field("back_day", "Sent back on", "", Holder, Day, Perhaps),
    field("replacement_serial", "Serial number of the replacement", "", Holder, Line, Perhaps),
    field(
        "loan_unit",
        "Loan unit",
        "What the customer has meanwhile, with its serial number.",
        Givers,
        Line,
        Perhaps,
    ),
    field("loan_back_on", "Loan unit came back on", "", Us, Day, Perhaps),
    field(
        "closing_scan",
        "Closing scan",
        "What was scanned when the device came back: it has to be its serial number or the replacement's.",
        Us,
        Line,
        Perhaps,
    ),
];

static SOFTWARE: [Field; 7] = [
    field("version", "Version", "", Givers, Line, AtOnce),
    field("steps", "Steps that show it", "One a line.", Givers, Text, AtOnce),
    field("logs_attached", "Logs are there", "Send them as files of a mail.", Givers, OneOf(YES_NO), Perhaps),
    field("vendor_number", "Your number for it", "", Holder, Line, Perhaps),
    field("workaround", "Workaround", "", Holder, Text, Perhaps),
    field("fix_version", "Fixed in version", "", Holder, Line, Perhaps),
    field(
        "notify",
        "Who is told when it is fixed",
        "E-mail addresses with commas between. They aren’t handed over.",
        Us,
        Addresses,
        Perhaps,
    ),
];

/// The fields of a form, in their order.
pub fn fields(kind: FormKind) -> &'static [Field] {
    match kind {
        FormKind::Hardware => &HARDWARE,
        FormKind::Software => &SOFTWARE,
        FormKind::Other => &[],
    }
}

/// Who fills a form in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Those who hand it over, for the first time: what is needed at once has to be there.
    Opening,
    /// Those who handed it over, later.
    Givers,
    /// Whoever has it.
    Holder,
}

impl Hand {
    /// They may fill this field in.
    pub fn fills(self, field: &Field) -> bool {
        self != Self::Holder || field.by == Holder
    }
}

impl Field {
    /// Whoever has the escalation may read it.
    pub fn is_handed_over(&self) -> bool {
        self.by != Us
    }
}

impl Form {
    /// A field; empty when it wasn't filled in.
    pub fn text(&self, key: &str) -> &str {
        self.0.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value)
    }

    /// The form after somebody filled in what they may. Fields that were not on their page stay as they are.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn filled_in(
        &self,
        kind: FormKind,
        hand: Hand,
        typed: &[(String, String)],
    ) -> Result<Self, Vec<Problem>> {
        let typed_in =
            |key: &str| typed.iter().find(|(known, _)| known == key).map(|(_, value)| value.trim());
        let value = |field: &Field| match typed_in(field.key).filter(|_| hand.fills(field)) {
            Some(typed) => typed.to_owned(),
            None => self.text(field.key).to_owned(),
        };
        let values: Vec<(&Field, String)> = fields(kind).iter().map(|field| (field, value(field))).collect();
        let wrong = |(field, value): &(&Field, String)| {
            let is_missing = value.is_empty() && field.needed == AtOnce && hand == Hand::Opening;
            if is_missing {
                Some(format!("“{}” is missing.", field.label))
            } else {
                problem(field, value)
            }
            .map(|sentence| Problem { key: field.key, sentence })
        };
        let mut problems: Vec<Problem> = values.iter().filter_map(wrong).collect();
        let filled = values.into_iter().filter(|(_, value)| !value.is_empty());
        let form = Self(filled.map(|(field, value)| (field.key.to_owned(), value)).collect());
        problems.extend(if problems.is_empty() { form.contradiction() } else { None });
        if problems.is_empty() { Ok(form) } else { Err(problems) }
    }

    /// Fields that can't both be right.
    fn contradiction(&self) -> Option<Problem> {
        let problem = |key, sentence: &str| Some(Problem { key, sentence: sentence.to_owned() });
        let (out, back) = (self.text("out_day").parse::<Date>(), self.text("back_day").parse::<Date>());
        if matches!((out, back), (Ok(out), Ok(back)) if back < out) {
            return problem("back_day", "“Sent back on” is before “Sent out on”.");
        }
        let scan = self.text("closing_scan");
        let is_known = [self.text("serial_number"), self.text("replacement_serial")]
            .iter()
            .any(|serial| same_serial(serial, scan));
        if !scan.is_empty() && !is_known {
            let sentence = "“Closing scan” is neither the device’s serial number nor the replacement’s: this may be somebody else’s device.";
            return problem("closing_scan", sentence);
        }
        None
    }

    /// What is filled in of the fields that whoever has the escalation may read.
    pub fn handed_over(&self, kind: FormKind) -> Vec<(&'static Field, &str)> {
        self.shown(kind).into_iter().filter(|(field, _)| field.is_handed_over()).collect()
    }

    /// What is filled in.
    pub fn shown(&self, kind: FormKind) -> Vec<(&'static Field, &str)> {
        let filled = fields(kind).iter().map(|field| (field, self.text(field.key)));
        filled.filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// People type serial numbers with and without hyphens, and scanners read them in capitals.
fn same_serial(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect::<String>()
    };
    !plain(one).is_empty() && plain(one) == plain(other)
}

fn problem(field: &Field, value: &str) -> Option<String> {
    let longest = if field.holds == Text { LONGEST_TEXT } else { LONGEST_LINE };
    let label = field.label;
    if value.chars().count() > longest && field.holds != Addresses {
        return Some(format!("“{label}” is longer than {longest} characters."));
    }
    if value.is_empty() {
        return None;
    }
    match field.holds {
        Text => None,
        Line => value.contains(['\n', '\r']).then(|| format!("“{label}” has to be one line.")),
        Day => value.parse::<Date>().is_err().then(|| format!("“{label}” has to be a day, as 2026-11-23.")),
        OneOf(words) => {
            let is_known = words.iter().any(|(word, _)| *word == value);
            (!is_known).then(|| format!("“{label}” has to be one of the list."))
        }
        Addresses => addresses(value, label),
    }
}

fn addresses(value: &str, label: &str) -> Option<String> {
    let all: Vec<&str> = value.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    if all.len() > 50 {
        return Some(format!("“{label}” has more than 50 addresses."));
    }
    let wrong = all.iter().find(|one| one.parse::<EmailAddress>().is_err())?;
    let shown: String = wrong.chars().take(60).collect();
    Some(format!("“{label}” holds “{shown}”, which is no e-mail address."))
}

/// The word on a page for what a field holds.
pub fn shown_value<'a>(field: &Field, value: &'a str) -> &'a str {
    let OneOf(words) = field.holds else { return value };
    words.iter().find(|(word, _)| *word == value).map_or(value, |(_, shown)| shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(typed(fields))
    }

    #[track_caller]
    fn check(kind: FormKind, hand: Hand, before: &Form, filled: &[(&str, &str)], problems: &[&str]) {
        let found = match before.filled_in(kind, hand, &typed(filled)) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(|problem| problem.key).collect(),
        };
        assert_eq!(found, problems, "{filled:?}");
    }

    #[test]
    fn what_is_wrong_is_told_by_field() {
        use FormKind::{Hardware, Other, Software};
        let empty = Form::default();
        let good = [("serial_number", "AB-12"), ("entitlement", "warranty")];
        let with = |more: &[(&'static str, &'static str)]| [&good[..], more].concat();
        check(Hardware, Hand::Opening, &empty, &good, &[]);
        check(Hardware, Hand::Opening, &empty, &[], &["serial_number", "entitlement"]);
        check(Hardware, Hand::Opening, &empty, &with(&[("out_day", "23.11.2026")]), &["out_day"]);
        check(Hardware, Hand::Opening, &empty, &with(&[("out_day", "2026-02-30")]), &["out_day"]);
        check(Hardware, Hand::Opening, &empty, &with(&[("remedy", "burn it")]), &["remedy"]);
        check(Hardware, Hand::Opening, &empty, &with(&[("fault_code", "E1\nE2")]), &["fault_code"]);
        let swapped = with(&[("out_day", "2026-11-23"), ("back_day", "2026-11-22")]);
        check(Hardware, Hand::Opening, &empty, &swapped, &["back_day"]);
        check(Hardware, Hand::Givers, &form(&good), &[("closing_scan", "ab12")], &[]);
        check(Hardware, Hand::Givers, &form(&good), &[("closing_scan", "XY-99")], &["closing_scan"]);
        let exchanged = form(&with(&[("replacement_serial", "XY99")]));
        check(Hardware, Hand::Givers, &exchanged, &[("closing_scan", "XY-99")], &[]);
        check(Software, Hand::Opening, &empty, &[("version", "4.2"), ("steps", "Open.\nPrint.")], &[]);
        check(Software, Hand::Opening, &empty, &[("version", "4.2")], &["steps"]);
        let notify = |list| [("version", "4.2"), ("steps", "Open."), ("notify", list)];
        check(Software, Hand::Opening, &empty, &notify("a@x.example, b@x.example"), &[]);
        check(Software, Hand::Opening, &empty, &notify("a@x.example, nobody"), &["notify"]);
        check(Other, Hand::Opening, &empty, &[("serial_number", "\n\n")], &[]);
    }

    #[test]
    fn whoever_has_it_changes_their_own_fields_only() {
        let before = form(&[("serial_number", "AB-12"), ("entitlement", "warranty")]);
        let by_vendor =
            typed(&[("serial_number", "FAKE"), ("rma_number", " R-77 "), ("closing_scan", "AB-12")]);
        let after = before.filled_in(FormKind::Hardware, Hand::Holder, &by_vendor).unwrap();
        assert_eq!(
            after,
            form(&[("serial_number", "AB-12"), ("entitlement", "warranty"), ("rma_number", "R-77")])
        );
        let cleared =
            after.filled_in(FormKind::Hardware, Hand::Holder, &typed(&[("rma_number", "")])).unwrap();
        assert_eq!(cleared, before, "an emptied field is empty");
    }

    #[test]
    fn what_stays_with_us_is_not_handed_over() {
        let filled = form(&[("version", "4.2"), ("steps", "Open."), ("notify", "eva@customer.example")]);
        let handed: Vec<&str> =
            filled.handed_over(FormKind::Software).iter().map(|(field, _)| field.key).collect();
        assert_eq!(handed, ["version", "steps"]);
        assert_eq!(filled.shown(FormKind::Software).len(), 3);
    }

    #[test]
    fn every_key_stands_once_in_its_form() {
        for kind in [FormKind::Hardware, FormKind::Software, FormKind::Other] {
            let mut keys: Vec<&str> = fields(kind).iter().map(|field| field.key).collect();
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), all);
        }
    }
}
