//! Rule: where a link of a mail leads, and whether that must stand beside it because its words say or hide something else.

use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Destination {
    pub kind: Kind,
    /// The host, the addresses or the number, plainly: hosts in ASCII.
    pub told: String,
    pub telling: Telling,
}

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Opens a page of a host.
    Page,
    /// Writes to addresses.
    Letter,
    /// Calls a number.
    Call,
}

/// When its reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// Always: the words name another place, or the place could be taken for another.
    Always,
    /// When they point at the link.
    OnRequest,
}

impl Destination {
    /// What stands behind the link, if something must.
    pub fn warning(&self) -> Option<String> {
        let what = match self.kind {
            Kind::Page => "true host",
            Kind::Letter => "true address",
            Kind::Call => "true number",
        };
        (self.telling == Telling::Always).then(|| format!("({what}: {})", self.told))
    }

    /// What is told to whoever points at the link.
    pub fn title(&self) -> String {
        match self.kind {
            Kind::Page => format!("Leads to {}", self.told),
            Kind::Letter => format!("Writes to {}", self.told),
            Kind::Call => format!("Calls {}", self.told),
        }
    }
}

/// Where a link with these words leads. Addresses are read as browsers read them; none for what leads nowhere.
pub(super) fn destination(words: &str, href: &str) -> Option<Destination> {
    let url = Url::parse(href).ok()?;
    let is_turned = words.chars().any(|c| TURNING.contains(&c));
    let words = plain(words);
    let (kind, told, deceives) = match url.scheme() {
        "http" | "https" => page(&words, &url)?,
        "mailto" => letter(&words, &url),
        "tel" => call(&words, &url),
        _ => return None,
    };
    let telling = if deceives || is_turned { Telling::Always } else { Telling::OnRequest };
    (!told.is_empty()).then_some(Destination { kind, told, telling })
}

fn page(words: &str, url: &Url) -> Option<(Kind, String, bool)> {
    let host = url.host_str()?.trim_end_matches('.');
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let named = named_within(url).filter(|named| !agrees(host, named));
    let said = hosts_said(words);
    let is_number = !matches!(url.host(), Some(Host::Domain(_)));
    let is_international = host.split('.').any(|label| label.starts_with("xn--"));
    let has_login = !url.username().is_empty() || url.password().is_some();
    let differs = said.iter().any(|said| !agrees(said, host));
    let hands_on =
        named.as_ref().is_some_and(|named| !said.is_empty() && said.iter().any(|said| !agrees(said, named)));
    let on = named.map(|named| format!(", which names {named}")).unwrap_or_default();
    let deceives = differs || hands_on || is_number || is_international || has_login;
    Some((Kind::Page, format!("{host}{port}{on}"), deceives))
}

fn letter(words: &str, url: &Url) -> (Kind, String, bool) {
    let queried = url
        .query_pairs()
        .filter(|(name, _)| ["to", "cc", "bcc"].iter().any(|field| name.eq_ignore_ascii_case(field)));
    let path = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let lists = std::iter::once(path).chain(queried.map(|(_, value)| value.into_owned()));
    let written_to: Vec<String> = lists
        .flat_map(|list| {
            list.split([',', ';']).map(|each| plain(each).trim().to_lowercase()).collect::<Vec<_>>()
        })
        .filter(|address| !address.is_empty())
        .collect();
    let fits = |said: &str| written_to.iter().all(|address| address == said);
    let addressed = |said: &String| match said.contains('@') {
        true => fits(said),
        false => written_to.iter().all(|to| to.rsplit('@').next().is_some_and(|host| agrees(said, host))),
    };
    let said = tokens(words).filter_map(|token| address_said(token).or_else(|| host_said(token)));
    let deceives = !said.collect::<Vec<_>>().iter().all(addressed);
    (Kind::Letter, written_to.join(", "), deceives)
}

fn call(words: &str, url: &Url) -> (Kind, String, bool) {
    let told = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let number = digits(&told);
    let said = words.replace("(0)", "");
    let looks_like_one = said.chars().all(|c| c.is_ascii_digit() || " +-()/.\u{a0}".contains(c))
        && digits(&said).len() >= FEWEST_DIGITS;
    let (short, long) = {
        let (said, number) = (digits(&said), number);
        if said.len() < number.len() { (said, number) } else { (number, said) }
    };
    // A number may be said without the code of its country.
    let short = short.trim_start_matches('0');
    let same = short.len() >= FEWEST_DIGITS - 1 && long.ends_with(short);
    let leads_elsewhere = !hosts_said(words).is_empty() || tokens(words).any(|token| token.contains('@'));
    (Kind::Call, told, (looks_like_one && !same) || leads_elsewhere)
}

const FEWEST_DIGITS: usize = 7;

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Signs that turn the direction of the text behind them.
const TURNING: [char; 2] = ['\u{202d}', '\u{202e}'];

/// The words without what nobody sees, and with the dots that only look like one as dots.
fn plain(words: &str) -> String {
    let unseen = |c: &char| {
        !matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let dotted = |c: char| match c {
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{2024}' | '\u{fe52}' => '.',
        '\u{ff1a}' => ':',
        '\u{ff0f}' => '/',
        '\u{ff20}' | '\u{fe6b}' => '@',
        c => c,
    };
    words.chars().filter(unseen).map(dotted).collect()
}

/// Whether what was said is kept by this host: the same, one below it, or one of the two with `www.`.
fn agrees(said: &str, host: &str) -> bool {
    let plain = |name: &str| name.trim_end_matches('.').trim_start_matches("www.").to_ascii_lowercase();
    let (said, host) = (plain(said), plain(host));
    let is_below = host.strip_suffix(said.as_str()).is_some_and(|front| front.ends_with('.'));
    said == host || (said.contains('.') && is_below)
}

fn tokens(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|c: char| c.is_whitespace() || "<>\"“”„«»()[]{}|,;".contains(c))
        .filter(|token| !token.is_empty())
}

/// The hosts that the words name, in ASCII. Spaces inside an address that begins as one are none.
fn hosts_said(words: &str) -> Vec<String> {
    let mut said: Vec<String> = tokens(words).flat_map(hosts_of).collect();
    let begins = words.trim_start().to_lowercase();
    if ["http:", "https:", "www."].iter().any(|start| begins.starts_with(start)) {
        let closed: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(host) = hosts_of(&closed).into_iter().next().filter(|_| said.is_empty()) {
            said.push(host);
        }
    }
    said
}

/// What a reader takes for the host of a word: of an address with a login both sides of the `@`.
fn hosts_of(token: &str) -> Vec<String> {
    let after_scheme = token.split_once("://").map_or(token, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.split('@').filter_map(|part| host_said(&token.replace(after_scheme, part))).collect()
}

/// The host that one word names, if it looks like a web address.
fn host_said(token: &str) -> Option<String> {
    let token = token.trim_matches(|c: char| ".:!?'’*_".contains(c));
    let (scheme, rest) = token.split_once("://").map_or((None, token), |(scheme, rest)| (Some(scheme), rest));
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
        if port.chars().all(|c| c.is_ascii_digit()) { host } else { authority }
    });
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let is_number = host.split('.').filter(|part| part.parse::<u8>().is_ok()).count() == 4;
    let is_name = host.contains('.')
        && !host.contains("..")
        && last.chars().count() >= 2
        && (last.starts_with("xn--") || last.chars().all(char::is_alphabetic))
        && !ENDINGS_OF_FILES.contains(&last.to_lowercase().as_str());
    if scheme.is_none() && !is_name && !is_number {
        return None;
    }
    let url = Url::parse(&format!("http://{host}/")).ok()?;
    url.host_str().map(|host| host.trim_end_matches('.').to_owned())
}

/// The mail address that one word is.
fn address_said(token: &str) -> Option<String> {
    let token = token.trim_matches(|c: char| ".:!?'’*".contains(c));
    let token = token.strip_prefix("mailto:").unwrap_or(token);
    let (local, host) = token.rsplit_once('@')?;
    let looks = !local.is_empty() && !local.contains('/') && host_said(host).is_some();
    looks.then(|| token.to_lowercase())
}

/// The host of an address inside an address, as those have that hand their visitors on.
fn named_within(url: &Url) -> Option<String> {
    let named = url.query_pairs().find_map(|(_, value)| {
        let inner =
            Url::parse(value.trim()).ok().filter(|inner| ["http", "https"].contains(&inner.scheme()))?;
        inner.host_str().map(str::to_owned)
    });
    named.map(|host| host.trim_end_matches('.').to_owned())
}

/// Last parts of names of files that are no domains.
const ENDINGS_OF_FILES: [&str; 30] = [
    "avi", "bat", "bmp", "css", "csv", "doc", "docx", "eml", "exe", "gif", "htm", "html", "ics", "jpeg",
    "jpg", "json", "mp3", "mp4", "odt", "pdf", "php", "png", "ppt", "pptx", "rar", "rtf", "txt", "xls",
    "xlsx", "xml",
];

#[cfg(test)]
mod tests;
