//! Rule: what the DNS is asked about a sending domain, and what its answers mean.

use super::{DomainName, Record, RecordKind, spf};
use kernel::Because;

/// How many domains above one may have the policy for it.
const MOST_ABOVE: usize = 4;

/// A question to the DNS.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// About which name.
    pub name: String,
    /// What is sought there.
    pub sought: Sought,
}

/// What is sought at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sought {
    /// Texts (TXT).
    Texts,
    /// The names of servers that receive mail (MX).
    MailServers,
}

/// What the DNS answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This.
    Found(Vec<String>),
    /// Nothing stands there.
    Nothing,
    /// Nobody answered, for this reason.
    Silent(String),
}

/// How a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should.
    Right,
    /// It isn't there.
    Missing,
    /// Something else stands there.
    Different,
    /// It can't be looked at.
    Unknown,
}

impl Verdict {
    const ALL: [Self; 4] = [Self::Right, Self::Missing, Self::Different, Self::Unknown];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Missing => "missing",
            Self::Different => "different",
            Self::Unknown => "unknown",
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Verdict {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|one| one.as_str() == word).ok_or(())
    }
}

store::text_column!(Verdict);
store::text_param!(Verdict);

/// What was found where a record should stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What the record is for.
    pub kind: RecordKind,
    /// How it stands.
    pub verdict: Verdict,
    /// Why, and what to do.
    pub because: Because,
    /// What stands there, a line each; empty when nothing does.
    pub found: String,
}

/// What to ask for these records of a domain, and for the servers that receive its mail. Some names are asked because people put
/// records there by mistake.
pub fn questions(domain: &DomainName, records: &[Record]) -> Vec<Question> {
    let texts = records.iter().flat_map(|record| {
        let others = match record.kind {
            RecordKind::Dkim(_) => vec![doubled(record, domain)],
            RecordKind::Dmarc => above(domain).chain([doubled(record, domain)]).collect(),
            RecordKind::Spf | RecordKind::Mx => Vec::new(),
        };
        std::iter::once(record.name.clone()).chain(others)
    });
    let texts = texts.map(|name| Question { name, sought: Sought::Texts });
    texts.chain([Question { name: domain.to_string(), sought: Sought::MailServers }]).collect()
}

/// Where a record ends up when a provider adds the domain to a name that has it already.
fn doubled(record: &Record, domain: &DomainName) -> String {
    format!("{}.{domain}", record.name)
}

/// Where the policy of the domains above stands: `_dmarc.aurora.example` for `mail.aurora.example`.
fn above(domain: &DomainName) -> impl Iterator<Item = String> {
    let labels: Vec<&str> = domain.as_str().split('.').collect();
    let parents = (1..labels.len().saturating_sub(1)).take(MOST_ABOVE);
    let names =
        parents.filter_map(|from| labels.get(from..).map(|rest| format!("_dmarc.{}", rest.join("."))));
    names.collect::<Vec<_>>().into_iter()
}

/// What the answers mean for each record, and for the servers that receive.
pub fn judge(
    domain: &DomainName,
    records: &[Record],
    terms: &[String],
    answer: &dyn Fn(&Question) -> Answer,
) -> Vec<Finding> {
    let texts = |name: &str| answer(&Question { name: name.to_owned(), sought: Sought::Texts });
    let mut findings: Vec<Finding> = records
        .iter()
        .map(|record| match record.kind {
            RecordKind::Dkim(_) => dkim(record, domain, &texts),
            RecordKind::Dmarc => dmarc(record, domain, &texts),
            RecordKind::Spf | RecordKind::Mx => senders(record, terms, &texts),
        })
        .collect();
    let mx = Question { name: domain.to_string(), sought: Sought::MailServers };
    findings.push(receivers(domain, answer(&mx)));
    findings
}

fn finding(kind: &RecordKind, verdict: Verdict, code: &str, sentence: String, found: &[String]) -> Finding {
    let because = Because::new(code, sentence);
    Finding { kind: kind.clone(), verdict, because, found: found.join("\n") }
}

fn silent(kind: &RecordKind, name: &str, why: &str) -> Finding {
    let sentence = format!("{name} can’t be looked up: {why} Check again later.");
    finding(kind, Verdict::Unknown, "record.unanswered", sentence, &[])
}

/// Where nothing stands: it was put at a doubled name, or nowhere.
fn absent(record: &Record, domain: &DomainName, texts: &dyn Fn(&str) -> Answer, begins: &str) -> Finding {
    let place = doubled(record, domain);
    let misplaced = match texts(&place) {
        Answer::Found(found) => found.into_iter().filter(|text| is_record(text, begins)).collect(),
        Answer::Nothing | Answer::Silent(_) => Vec::new(),
    };
    if misplaced.is_empty() {
        let sentence = format!(
            "Nothing stands at {} yet. It can take some hours until a new record is seen.",
            record.name
        );
        return finding(&record.kind, Verdict::Missing, "record.missing", sentence, &[]);
    }
    let short = record.name.strip_suffix(domain.as_str()).unwrap_or_default().trim_end_matches('.');
    let sentence = format!(
        "The record stands at {place}: your provider adds the domain by itself. Enter only {short} as its name."
    );
    finding(&record.kind, Verdict::Missing, "record.misplaced", sentence, &misplaced)
}

fn dkim(record: &Record, domain: &DomainName, texts: &dyn Fn(&str) -> Answer) -> Finding {
    let found = match texts(&record.name) {
        Answer::Found(found) => found,
        Answer::Nothing => return absent(record, domain, texts, "v=DKIM1"),
        Answer::Silent(why) => return silent(&record.kind, &record.name, &why),
    };
    let different =
        |code, sentence: &str| finding(&record.kind, Verdict::Different, code, sentence.to_owned(), &found);
    let [text] = found.as_slice() else {
        return different(
            "record.several",
            "Several records stand there, so that servers can’t tell which counts. Keep the one below.",
        );
    };
    let (tags, wanted) = (Tags::of(text), Tags::of(&record.value));
    if tags.get("p").is_some_and(str::is_empty) {
        return different(
            "record.revoked",
            "The record says that the key was withdrawn. Replace it by the one below.",
        );
    }
    let same_method = tags.get("k").unwrap_or("rsa") == wanted.get("k").unwrap_or("rsa");
    if same_method
        && tags.get("p") == wanted.get("p")
        && tags.get("v").is_none_or(|version| version == "DKIM1")
    {
        return finding(
            &record.kind,
            Verdict::Right,
            "record.right",
            "The record is right.".to_owned(),
            &found,
        );
    }
    let sentence = "Another text stands there, so that signatures don’t fit. Replace it by the one below: whole, and without quotes in it.";
    different("record.different", sentence)
}

/// `k=v` pairs between semicolons, without blanks (RFC 6376, 3.2).
struct Tags(Vec<(String, String)>);

impl Tags {
    fn of(text: &str) -> Self {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let pairs = text.split(';').filter_map(|tag| tag.split_once('='));
        Self(pairs.map(|(name, value)| (bare(name), bare(value))).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The text is a record that begins with this version.
fn is_record(text: &str, version: &str) -> bool {
    let text = text.trim_start();
    let head = text.get(..version.len());
    let ends = text.get(version.len()..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    ends && head.is_some_and(|head| head.eq_ignore_ascii_case(version))
}

fn senders(record: &Record, terms: &[String], texts: &dyn Fn(&str) -> Answer) -> Finding {
    let found: Vec<String> = match texts(&record.name) {
        Answer::Found(found) => found.into_iter().filter(|text| is_record(text, "v=spf1")).collect(),
        Answer::Nothing => Vec::new(),
        Answer::Silent(why) => return silent(&record.kind, &record.name, &why),
    };
    let said = |verdict, code, sentence: String| finding(&record.kind, verdict, code, sentence, &found);
    match found.as_slice() {
        [] => said(
            Verdict::Missing,
            "record.missing",
            "No record says which servers send for this domain.".to_owned(),
        ),
        [one] => match spf::lacking(one, terms).as_slice() {
            [] => said(Verdict::Right, "record.right", "The record is right.".to_owned()),
            lacking => {
                let lacking = lacking.join(" ");
                let sentence = format!(
                    "The record doesn’t say {lacking}. If no other word of it covers that server, change it to the one below."
                );
                said(Verdict::Different, "record.lacks_server", sentence)
            }
        },
        _ => {
            let sentence =
                "Several SPF records stand there, so that servers take none of them. Put all words into one.";
            said(Verdict::Different, "record.several", sentence.to_owned())
        }
    }
}

fn dmarc(record: &Record, domain: &DomainName, texts: &dyn Fn(&str) -> Answer) -> Finding {
    for name in std::iter::once(record.name.clone()).chain(above(domain)) {
        let found: Vec<String> = match texts(&name) {
            Answer::Found(found) => found.into_iter().filter(|text| is_record(text, "v=DMARC1")).collect(),
            Answer::Nothing => Vec::new(),
            Answer::Silent(why) => return silent(&record.kind, &name, &why),
        };
        match found.as_slice() {
            [] => {}
            [one] => {
                let tags = Tags::of(one);
                let own = if name == record.name { None } else { tags.get("sp") };
                let policy = own.or(tags.get("p")).unwrap_or("none");
                let sentence =
                    format!("{name} says what others do with letters that prove nothing: {}.", done(policy));
                return finding(&record.kind, Verdict::Right, "record.right", sentence, &found);
            }
            _ => {
                let sentence = format!(
                    "Several DMARC records stand at {name}, so that servers take none of them. Keep one."
                );
                return finding(&record.kind, Verdict::Different, "record.several", sentence, &found);
            }
        }
    }
    absent(record, domain, texts, "v=DMARC1")
}

fn done(policy: &str) -> &str {
    match policy {
        "reject" => "they refuse them (reject)",
        "quarantine" => "they take them for spam (quarantine)",
        _ => "nothing (none)",
    }
}

fn receivers(domain: &DomainName, answer: Answer) -> Finding {
    let kind = RecordKind::Mx;
    match answer {
        Answer::Silent(why) => silent(&kind, domain.as_str(), &why),
        Answer::Found(servers) if servers.iter().any(|server| !matches!(server.as_str(), "" | ".")) => {
            let sentence = format!("Mail to {domain} goes to {}.", servers.join(", "));
            finding(&kind, Verdict::Right, "record.right", sentence, &servers)
        }
        Answer::Found(servers) => {
            let sentence = format!("{domain} says that it takes no mail at all (an MX record of a dot).");
            finding(&kind, Verdict::Different, "record.takes_no_mail", sentence, &servers)
        }
        Answer::Nothing => {
            let sentence = format!(
                "No MX record says which server takes mail to {domain}, so that answers of customers may not arrive."
            );
            finding(&kind, Verdict::Missing, "record.missing", sentence, &[])
        }
    }
}
