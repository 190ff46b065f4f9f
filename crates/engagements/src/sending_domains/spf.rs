//! Rule: which words of an SPF record (RFC 7208) let the servers send through which letters leave.

/// Mail providers whose senders have other names than the server that takes letters, and the record with which they name them.
const PROVIDERS: [(&str, &str); 12] = [
    ("gmail.com", "_spf.google.com"),
    ("google.com", "_spf.google.com"),
    ("office365.com", "spf.protection.outlook.com"),
    ("outlook.com", "spf.protection.outlook.com"),
    ("amazonaws.com", "amazonses.com"),
    ("sendgrid.net", "sendgrid.net"),
    ("mailgun.org", "mailgun.org"),
    ("postmarkapp.com", "spf.mtasv.net"),
    ("mailjet.com", "spf.mailjet.com"),
    ("fastmail.com", "spf.messagingengine.com"),
    ("zoho.com", "zoho.com"),
    ("zoho.eu", "zoho.eu"),
];

/// The words for these servers, each once. A server on this machine has none: its public name can't be known here.
pub fn spf_terms<'a>(hosts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut terms: Vec<String> = hosts.into_iter().filter_map(term).collect();
    terms.sort();
    terms.dedup();
    terms
}

fn term(host: &str) -> Option<String> {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    if host.contains(':') {
        return (host != "::1").then(|| format!("ip6:{host}"));
    }
    if host.split('.').all(|part| part.parse::<u8>().is_ok()) {
        return (!host.starts_with("127.")).then(|| format!("ip4:{host}"));
    }
    if host == "localhost" || !host.contains('.') {
        return None;
    }
    let of = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    let provider = PROVIDERS.iter().find(|(domain, _)| of(domain));
    Some(provider.map_or_else(|| format!("a:{host}"), |(_, record)| format!("include:{record}")))
}

/// The record with these words, for a domain that has none.
pub(super) fn fresh(terms: &[String]) -> String {
    let terms = if terms.is_empty() { "mx".to_owned() } else { terms.join(" ") };
    format!("v=spf1 {terms} ~all")
}

/// The words that a record lacks.
pub(super) fn lacking<'a>(record: &str, terms: &'a [String]) -> Vec<&'a str> {
    let words: Vec<String> = record.split_whitespace().map(str::to_ascii_lowercase).collect();
    let has = |term: &str| words.iter().any(|word| word.trim_start_matches('+') == term);
    terms.iter().map(String::as_str).filter(|term| !has(term)).collect()
}

/// The record with the words that it lacks, before those that decide about everybody else.
pub(super) fn amended(record: &str, terms: &[String]) -> String {
    let (last, mut words): (Vec<&str>, Vec<&str>) = record.split_whitespace().partition(|word| is_last(word));
    words.extend(lacking(record, terms));
    words.extend(last);
    words.join(" ")
}

fn is_last(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.trim_start_matches(['+', '-', '~', '?']) == "all" || word.starts_with("redirect=")
}
